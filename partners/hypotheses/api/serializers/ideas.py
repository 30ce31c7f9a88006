"""Joint ideas as JSON: what is sent, and what is told."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import LineField, TextField, TruthField
from partners.canvases.api.serializers import MODEL_BLOCKS
from partners.hypotheses.models.ideas import SLOT_LIMIT, TITLE_LIMIT, WHY_LIMIT
from partners.hypotheses.rules import BLOCKS, Check, Claim, Doubt, Label, Outcome, Quadrant, Slot, Standing, State
from partners.value_fit.api.serializers.results import FINDINGS

STATES = [state.value for state in State]
CLAIMS = [claim.value for claim in Claim]
OUTCOMES = [outcome.value for outcome in Outcome]
RESTS_ON_AT_MOST = 100


class WordsOut(serializers.Serializer[Any]):
    """What stands in the slots of the sentence; empty: nothing yet. `start` is the partnership's first company."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Have a field for each slot."""
        return {slot.value: serializers.CharField() for slot in Slot}


class WordsIn(serializers.Serializer[Any]):
    """Words for slots of the sentence; what is not sent stays, what is empty goes."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Have a field for each slot; two of them name a block of a business model."""
        return {
            slot.value: serializers.ChoiceField(["", *MODEL_BLOCKS], required=False)
            if slot in BLOCKS.values()
            else TextField(max_length=SLOT_LIMIT, required=False, allow_blank=True)
            for slot in Slot
        }


class ChecksOut(serializers.Serializer[Any]):
    """The synergy test, check by check."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Have a field for each check."""
        return {check.value: serializers.BooleanField() for check in Check}


class ClaimOut(serializers.Serializer[Any]):
    """One thing that must be true, and how far it is."""

    claim = serializers.ChoiceField(CLAIMS)
    organisation = serializers.UUIDField(allow_null=True, help_text="Of a business model: whose.")
    standing = serializers.ChoiceField([standing.value for standing in Standing])
    level = serializers.IntegerField(min_value=0, max_value=5, help_text="The strongest support that counts.")
    rests_on = serializers.UUIDField(allow_null=True, help_text="Supported: the learning card that holds it longest.")
    expires_on = serializers.DateField(allow_null=True, help_text="Supported: the first day on which it no longer is.")
    doubts = serializers.ListField(
        child=serializers.ChoiceField([doubt.value for doubt in Doubt]), help_text="What keeps it from being supported."
    )


class IdeaOut(serializers.Serializer[Any]):
    """A joint idea to test: its sentence, and how far it is today."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    title = serializers.CharField(max_length=TITLE_LIMIT)
    words = WordsOut()
    version = serializers.IntegerField(min_value=1, help_text="Of the sentence: evidence for another one is old.")
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    importance = serializers.IntegerField(min_value=1, max_value=5)
    assumed_level = serializers.IntegerField(
        min_value=0, max_value=1, help_text="What is known without a card: nothing (0), an opinion (1)."
    )
    vanishes_without_start = serializers.BooleanField(allow_null=True, help_text="Null: nobody has said.")
    vanishes_without_end = serializers.BooleanField(allow_null=True, help_text="Null: nobody has said.")
    notes = serializers.ListField(child=serializers.UUIDField(), help_text="The notes it rests on, of those you see.")
    pairs = serializers.ListField(child=serializers.UUIDField(), help_text="The pairs it rests on.")
    finding = serializers.ChoiceField(["", *FINDINGS], help_text="What it answers, if it was made from a finding.")
    sentence = serializers.UUIDField(allow_null=True, help_text="The joint sentence it was made from.")
    came_from = serializers.UUIDField(allow_null=True, help_text="The idea that it went on from.")
    why = serializers.CharField(max_length=WHY_LIMIT, help_text="Why it was dropped, or went on as another idea.")
    label_ = serializers.ChoiceField([label.value for label in Label], help_text="What it is as it stands.")
    checks = ChecksOut()
    state = serializers.ChoiceField(STATES)
    holds_only_for = serializers.UUIDField(
        allow_null=True, help_text="The organisation for which alone it holds so far; that is no success."
    )
    waits_for = serializers.ChoiceField(CLAIMS, allow_null=True, help_text="With it: what must still be shown.")
    expires_on = serializers.DateField(allow_null=True, help_text="Validated: the first day on which it no longer is.")
    claims = ClaimOut(many=True)
    level = serializers.IntegerField(min_value=0, max_value=5, help_text="That of its least known required claim.")
    score = serializers.IntegerField(min_value=0, max_value=25, help_text="Importance × (5 − level).")
    quadrant = serializers.ChoiceField([quadrant.value for quadrant in Quadrant])
    rule_version = serializers.CharField(help_text="The rules by which all this was worked out.")
    author = serializers.UUIDField(allow_null=True, help_text="The member who wrote it, if you may see them.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(help_text="Changes of its tests and learning cards included.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Call one field `label`, a name that is taken on serializers."""
        return {name.rstrip("_"): field for name, field in super().get_fields().items()}


class IdeaFields(serializers.Serializer[Any]):
    """What may be said of an idea; only what is sent is changed."""

    words = WordsIn(required=False)
    importance = serializers.IntegerField(min_value=1, max_value=5, required=False)
    assumed_level = serializers.IntegerField(min_value=0, max_value=1, required=False)
    vanishes_without_start = TruthField(allow_null=True, required=False)
    vanishes_without_end = TruthField(allow_null=True, required=False)
    notes = serializers.ListField(child=serializers.UUIDField(), max_length=RESTS_ON_AT_MOST, required=False)
    pairs = serializers.ListField(child=serializers.UUIDField(), max_length=RESTS_ON_AT_MOST, required=False)


class NewIdea(IdeaFields):
    """A joint idea to write down; what fails the synergy test is kept and named."""

    id = serializers.UUIDField(required=False)
    partnership = serializers.UUIDField()
    title = LineField(
        max_length=TITLE_LIMIT,
        required=False,
        allow_blank=True,
        help_text="Otherwise its new value, or what the two bring.",
    )
    draft = TruthField(required=False, default=False, help_text="Not yet said to be worth a test.")
    finding = serializers.ChoiceField(["", *FINDINGS], required=False, default="")
    sentence = serializers.UUIDField(required=False, allow_null=True, help_text="The joint sentence it is made from.")


class IdeaChanges(IdeaFields):
    """Other words (another version: evidence for the one before is old), or what is said beside them."""

    title = LineField(max_length=TITLE_LIMIT, required=False)


class Why(serializers.Serializer[Any]):
    """The reason, which is kept."""

    why = TextField(max_length=WHY_LIMIT)


class GoingOn(Why):
    """The reason for going on with another idea, which begins with the words of this one."""

    id = serializers.UUIDField(required=False, help_text="Of the new idea.")
