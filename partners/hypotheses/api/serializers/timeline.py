"""The learning timeline as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.hypotheses.api.serializers.cards import LearningOut
from partners.hypotheses.api.serializers.rhythm import IterationOut, QuestionOut
from partners.hypotheses.past import AGED, COPIED, KINDS
from partners.hypotheses.rules import Claim, State
from partners.hypotheses.timeline import What
from partners.workspaces.events import WorkspaceChanged

STATES = [state.value for state in State]
CAUSES = [AGED, COPIED, *KINDS, WorkspaceChanged.kind]


class TurnOut(serializers.Serializer[Any]):
    """How an idea went from one state to another."""

    before = serializers.ChoiceField(STATES, allow_null=True, help_text="`null`: it came so, with a copy.")
    after = serializers.ChoiceField(STATES)
    because = serializers.ChoiceField(
        CAUSES, help_text="The kind of event that brought it; `aged`: a day passed, and evidence was too old."
    )
    why = serializers.CharField(allow_blank=True, help_text="What people said, when they dropped it or went on.")
    claims = serializers.ListField(
        child=serializers.ChoiceField([claim.value for claim in Claim]),
        help_text="What must be true, and stands otherwise since.",
    )


class LineOut(serializers.Serializer[Any]):
    """One line of a timeline; `what` says which of `learning`, `turn`, `iteration` and `question` it holds."""

    id = serializers.CharField(help_text="The same for the same line, in every answer.")
    at = serializers.DateTimeField()
    what = serializers.ChoiceField([what.value for what in What])
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    hypothesis = serializers.UUIDField(allow_null=True, help_text="The idea it is about.")
    by = serializers.UUIDField(allow_null=True, help_text="The member who did it, if you may see them.")
    learning = LearningOut(allow_null=True, help_text="What was learned, as it reads now.")
    turn = TurnOut(allow_null=True, help_text="How an idea went.")
    iteration = IterationOut(allow_null=True, help_text="The iteration that was closed, with its review.")
    question = QuestionOut(allow_null=True, help_text="The big question that was answered.")
