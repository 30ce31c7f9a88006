"""What happens to joint ideas, tests, learning cards and their rhythm. Each holds what its story and its undo need.

None is tied to a sheet: they belong to their partnership. Names of people are looked up, never stored.
"""

from partners.hypotheses.events.ideas import IdeaAdded, IdeaChanged, IdeaRemoved, IdeaReworded, IdeaSaid
from partners.hypotheses.events.learning import (
    AcceptanceAsked,
    AcceptanceDeferred,
    LearningAccepted,
    LearningChanged,
    LearningRemoved,
    LearningWritten,
)
from partners.hypotheses.events.rhythm import (
    IterationAdded,
    IterationChanged,
    IterationRemoved,
    IterationReviewed,
    QuestionAnswered,
    QuestionAsked,
    QuestionChanged,
    QuestionRemoved,
)
from partners.hypotheses.events.testing import TestChanged, TestCounted, TestDesigned, TestRan, TestRemoved
from partners.hypotheses.events.topics import IDEAS, THINGS

__all__ = [
    "IDEAS",
    "THINGS",
    "AcceptanceAsked",
    "AcceptanceDeferred",
    "IdeaAdded",
    "IdeaChanged",
    "IdeaRemoved",
    "IdeaReworded",
    "IdeaSaid",
    "IterationAdded",
    "IterationChanged",
    "IterationRemoved",
    "IterationReviewed",
    "LearningAccepted",
    "LearningChanged",
    "LearningRemoved",
    "LearningWritten",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionChanged",
    "QuestionRemoved",
    "TestChanged",
    "TestCounted",
    "TestDesigned",
    "TestRan",
    "TestRemoved",
]
