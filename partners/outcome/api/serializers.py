"""Outcomes as JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partners.base.rest.fields import LineField, PlaceField, TextField, TruthField
from partners.canvases.api.serializers import MODEL_BLOCKS
from partners.canvases.models import TEXT_LIMIT
from partners.outcome.models import STEP_LIMIT, WHO_LIMIT, WHY_LIMIT, Decision
from partners.outcome.rules import Lacks
from partners.value_fit.api.serializers.results import FINDINGS
from partners.value_fit.api.serializers.sentences import BENEFICIARIES

VERDICTS = list(Decision.Verdict.values)


class AssentOut(serializers.Serializer[Any]):
    """One side’s yes to the decision as it stands."""

    organisation = serializers.UUIDField()
    by = serializers.UUIDField(allow_null=True, help_text="The member who said it, if you may see them.")
    given_at = serializers.DateTimeField()


class DecisionOut(serializers.Serializer[Any]):
    """What was decided, and why."""

    verdict = serializers.ChoiceField(["", *VERDICTS], help_text="Empty: nothing is decided.")
    why = serializers.CharField(max_length=WHY_LIMIT)
    why_version = serializers.IntegerField(min_value=0)
    by = serializers.UUIDField(allow_null=True, help_text="The member who wrote it down, if you may see them.")
    decided_at = serializers.DateTimeField(allow_null=True)
    assents = AssentOut(many=True)
    agreed = serializers.BooleanField(help_text="Whether both sides have said yes to it as it stands.")


class MissingOut(serializers.Serializer[Any]):
    """What a created value lacks: the yes of a side, or an agreed pair that meets a need of it."""

    lacks = serializers.ChoiceField([each.value for each in Lacks])
    organisation = serializers.UUIDField()


class PlacedOut(serializers.Serializer[Any]):
    """A note on a business model."""

    note = serializers.UUIDField()
    organisation = serializers.UUIDField()
    block = serializers.CharField()


class CandidateOut(serializers.Serializer[Any]):
    """A created value: something to go on with, once both sides agree."""

    sentence = serializers.UUIDField(help_text="The joint sentence that says it.")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    beneficiary = serializers.ChoiceField(["", *BENEFICIARIES])
    organisation = serializers.UUIDField(allow_null=True, help_text="With the beneficiary `organisation`: which.")
    target_block = serializers.ChoiceField(["", *MODEL_BLOCKS], help_text="The block that it is said to change.")
    missing = MissingOut(many=True, help_text="What it lacks before it can be accepted; empty: nothing.")
    accepted_at = serializers.DateTimeField(allow_null=True, help_text="Null: it is not accepted.")
    notes = PlacedOut(many=True, help_text="What stands on the business models because it was accepted.")


class OutcomeOut(serializers.Serializer[Any]):
    """What comes out of a partnership’s comparison; next steps are a list of their own."""

    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    etag = serializers.CharField(help_text="The version of the decision: what to send as `If-Match`.")
    decision = DecisionOut()
    candidates = CandidateOut(many=True, help_text="All created values; none while the sheets are private.")


class OutcomeChanges(serializers.Serializer[Any]):
    """Another decision, or another reason: what both sides had said to the one before falls away."""

    verdict = serializers.ChoiceField(["", *VERDICTS], required=False)
    why = TextField(max_length=WHY_LIMIT, trim_whitespace=False, allow_blank=True, required=False)


class Assenting(serializers.Serializer[Any]):
    """The decision that was read; another one now is a conflict."""

    verdict = serializers.ChoiceField(VERDICTS, required=False, allow_null=True)
    why_version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, allow_null=True)


class Accepting(serializers.Serializer[Any]):
    """Where an accepted value lands, if anywhere yet."""

    into = serializers.ChoiceField(
        ["", *MODEL_BLOCKS],
        required=False,
        default="",
        help_text="A block of the organisation it is for; a value for the customer lands in both Value Propositions.",
    )


class Landing(serializers.Serializer[Any]):
    """Where an accepted value lands."""

    into = serializers.ChoiceField(
        MODEL_BLOCKS,
        help_text="A block of the organisation it is for; a value for the customer lands in both Value Propositions.",
    )


class StepOut(serializers.Serializer[Any]):
    """A next step: what, who, by when."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    what = serializers.CharField(max_length=STEP_LIMIT)
    what_version = serializers.IntegerField(min_value=1)
    etag = serializers.CharField(help_text="What to send as `If-Match` when changing it.")
    who = serializers.CharField(help_text="Who does it: the name of somebody here, or free words.")
    member = serializers.UUIDField(allow_null=True, help_text="The member who does it, if it is one.")
    by_when = serializers.DateField(allow_null=True)
    done_at = serializers.DateTimeField(allow_null=True, help_text="Null: it is still to be done.")
    finding = serializers.ChoiceField(["", *FINDINGS], help_text="What it answers, if it was made from a finding.")
    note = serializers.UUIDField(allow_null=True, help_text="The note it is about, if you see it.")
    rank = serializers.CharField(help_text="Its place among the steps of its partnership, in the order of text.")
    author = serializers.UUIDField(allow_null=True, help_text="The member who wrote it, if you may see them.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


@extend_schema_field(
    {
        "oneOf": [{"type": "string", "format": "uuid"}, {"type": "string", "enum": ["first"]}],
        "description": "The step it comes after, or `first`.",
    }
)
class StepPlaceField(PlaceField):
    """Where in the list: after a step, or `first`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_null = False


class NewStep(serializers.Serializer[Any]):
    """A next step to write down, at the end of the list."""

    id = serializers.UUIDField(required=False)
    partnership = serializers.UUIDField()
    what = TextField(max_length=STEP_LIMIT)
    who = LineField(
        max_length=WHO_LIMIT,
        required=False,
        allow_blank=True,
        help_text="The name of somebody here becomes that member; else free words.",
    )
    by_when = serializers.DateField(required=False, allow_null=True)
    finding = serializers.ChoiceField(["", *FINDINGS], required=False)
    note = serializers.UUIDField(required=False, allow_null=True, help_text="A note of either sheet.")


class StepChanges(serializers.Serializer[Any]):
    """What may be changed about a next step: all of what is sent, or nothing."""

    what = TextField(max_length=STEP_LIMIT, required=False)
    who = LineField(max_length=WHO_LIMIT, required=False, allow_blank=True)
    by_when = serializers.DateField(required=False, allow_null=True)
    done = TruthField(required=False)
    after = StepPlaceField()
