"""Joint sentences as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import TextField
from partners.canvases.api.serializers import MODEL_BLOCKS
from partners.canvases.models import TEXT_LIMIT
from partners.value_fit.models import JointSentence

BENEFICIARIES = list(JointSentence.Beneficiary.values)


class ConsentOut(serializers.Serializer[Any]):
    """One side’s *Yes, that is how it works* to a sentence as it reads now."""

    organisation = serializers.UUIDField()
    by = serializers.UUIDField(allow_null=True, help_text="The member who said it, if you may see them.")
    given_at = serializers.DateTimeField()


class SentenceOut(serializers.Serializer[Any]):
    """A joint sentence: how it gets across (`transfer`), or what becomes possible together (`created`)."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    kind = serializers.ChoiceField(JointSentence.Kind.choices)
    text = serializers.CharField(max_length=TEXT_LIMIT)
    text_version = serializers.IntegerField(min_value=1)
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    rank = serializers.CharField(help_text="Its place among those of its kind, in the order of text.")
    carries = serializers.ListField(
        child=serializers.UUIDField(), allow_null=True, help_text="Of a transfer: its pairs; null: all agreed ones."
    )
    beneficiary = serializers.ChoiceField(["", *BENEFICIARIES], help_text="Whom a created value is for.")
    organisation = serializers.UUIDField(allow_null=True, help_text="With the beneficiary `organisation`: which.")
    target_block = serializers.ChoiceField(["", *MODEL_BLOCKS], help_text="The business-model block it changes.")
    source_note = serializers.UUIDField(allow_null=True, help_text="The note it was begun from.")
    author = serializers.UUIDField(allow_null=True, help_text="The member who began it, if you may see them.")
    consents = ConsentOut(many=True)
    agreed = serializers.BooleanField(help_text="Whether both sides have said yes to it as it reads now.")
    accepted_at = serializers.DateTimeField(
        allow_null=True, help_text="When a created value was accepted to go on with."
    )
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SentenceFields(serializers.Serializer[Any]):
    """What a joint sentence says beside its words; only what is sent is changed."""

    carries = serializers.ListField(
        child=serializers.UUIDField(), max_length=200, allow_null=True, required=False, help_text="Of a transfer."
    )
    beneficiary = serializers.ChoiceField(BENEFICIARIES, required=False)
    organisation = serializers.UUIDField(allow_null=True, required=False)
    target_block = serializers.ChoiceField(["", *MODEL_BLOCKS], required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Call the organisation what the operations call it; naming one says that the value is for it."""
        if "organisation" in attrs:
            attrs["organisation_id"] = attrs.pop("organisation")
            if attrs["organisation_id"] is not None:
                attrs.setdefault("beneficiary", JointSentence.Beneficiary.ORGANISATION)
        return attrs


class NewSentence(SentenceFields):
    """A joint sentence to begin: in own words, or from a note of either sheet."""

    id = serializers.UUIDField(required=False)
    partnership = serializers.UUIDField()
    kind = serializers.ChoiceField(JointSentence.Kind.choices)
    text = TextField(max_length=TEXT_LIMIT, trim_whitespace=False, required=False, allow_blank=True, default="")
    source_note = serializers.UUIDField(
        required=False, allow_null=True, help_text="A note in `transfer_activities` or `created_value`."
    )


class SentenceChanges(SentenceFields):
    """Other words for a joint sentence (both sides must say yes again), or what it says beside them."""

    text = TextField(max_length=TEXT_LIMIT, trim_whitespace=False, required=False)


class Yes(serializers.Serializer[Any]):
    """The wording that was read; another one now is a conflict."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)
