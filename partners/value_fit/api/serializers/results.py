"""What a comparison comes to, and the rounds that were kept, as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import LineField
from partners.value_fit.api.serializers.pairs import StrengthField
from partners.value_fit.operations.rounds import NAME_LIMIT
from partners.value_fit.rules import FindingKind, State

FINDINGS = [kind.value for kind in FindingKind]
STATES = [state.value for state in State]


class NewRound(serializers.Serializer[Any]):
    """The round that ends. `after` is its number: when somebody else has ended it already, that is a conflict."""

    partnership = serializers.UUIDField()
    name = LineField(max_length=NAME_LIMIT, required=False, allow_blank=True, default="")
    after = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)


class TermOut(serializers.Serializer[Any]):
    """One need in the sum of a coverage: weight × strength ÷ 3."""

    need = serializers.UUIDField()
    weight = serializers.IntegerField(min_value=1, max_value=3)
    strength = StrengthField(help_text="The best of the pairs it takes part in; else 0.")


class CoverageOut(serializers.Serializer[Any]):
    """How far the needs of one side are met, and the sum it comes from."""

    organisation = serializers.UUIDField()
    value = serializers.FloatField(
        min_value=0, max_value=1, allow_null=True, help_text="From 0 to 1, to four places; null: it noted no needs."
    )
    terms = TermOut(many=True)


class NumbersOut(serializers.Serializer[Any]):
    """Scores without their sums."""

    fit = serializers.FloatField(min_value=0, max_value=1, allow_null=True, help_text="The lower coverage.")
    balance = serializers.FloatField(
        min_value=0, max_value=1, allow_null=True, help_text="1 − the difference of the coverages."
    )


class ScoresOut(NumbersOut):
    """Both coverages, fit and balance, by one way of counting; null means *not known*."""

    coverage = CoverageOut(many=True)


class FindingOut(serializers.Serializer[Any]):
    """One thing that the comparison shows."""

    kind = serializers.ChoiceField(FINDINGS)
    organisation = serializers.UUIDField(
        allow_null=True, help_text="Whose need or offer it is, or whom it pays; null: both alike."
    )
    notes = serializers.ListField(child=serializers.UUIDField())
    pairs = serializers.ListField(child=serializers.UUIDField())


class NeedOut(serializers.Serializer[Any]):
    """A need as it stood."""

    need = serializers.UUIDField()
    organisation = serializers.UUIDField()
    text = serializers.CharField()


class MovedOut(NeedOut):
    """A need that stands otherwise than at the end of the last round; null: it was not there, or is not any more."""

    before = serializers.ChoiceField(STATES, allow_null=True)
    after = serializers.ChoiceField(STATES, allow_null=True)


class FitOut(serializers.Serializer[Any]):
    """How two sheets compare now: numbers and findings, the same for everybody who may see the partnership."""

    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    rule_version = serializers.CharField(help_text="The rules that the numbers and findings follow.")
    round = serializers.IntegerField(min_value=1, help_text="The round that is going on.")
    agreed = ScoresOut(help_text="Of what both sides said themselves.")
    hoped = ScoresOut(help_text="If our guesses hold: counting what stand-ins said too.")
    findings = FindingOut(many=True)
    moved = MovedOut(many=True, help_text="What has moved since the last round ended.")


class KeptNeedOut(NeedOut):
    """A need as it stood when a round ended."""

    weight = serializers.IntegerField(min_value=1, max_value=3)
    state = serializers.ChoiceField(STATES)


class KeptPairOut(serializers.Serializer[Any]):
    """A pair as it stood when a round ended."""

    pair = serializers.UUIDField()
    offer = serializers.CharField(help_text="The offer’s words.")
    need = serializers.CharField(help_text="The need’s words.")
    agreed = StrengthField(allow_null=True)


class KeptCoverageOut(serializers.Serializer[Any]):
    """How far the needs of one side were met."""

    organisation = serializers.UUIDField()
    value = serializers.FloatField(min_value=0, max_value=1, allow_null=True)


class KeptScoresOut(NumbersOut):
    """Scores as they were kept, without their sums."""

    coverage = KeptCoverageOut(many=True)


class RoundOut(serializers.Serializer[Any]):
    """A round of comparing that has ended, with how everything stood then."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=NAME_LIMIT)
    rule_version = serializers.CharField()
    ended_by = serializers.UUIDField(allow_null=True, help_text="The member who ended it, if you may see them.")
    ended_at = serializers.DateTimeField()
    agreed = KeptScoresOut()
    hoped = KeptScoresOut()
    needs = KeptNeedOut(many=True)
    pairs = KeptPairOut(many=True)
