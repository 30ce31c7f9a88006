"""Tables of joint ideas to test: the ideas, the tests of them, what was learned, and the rhythm they are tested in."""

from partners.hypotheses.models.ideas import SynergyHypothesis
from partners.hypotheses.models.learning import Acceptance, AcceptanceRequest, LearningCard
from partners.hypotheses.models.rhythm import BigQuestion, Iteration
from partners.hypotheses.models.testing import TestCard

__all__ = [
    "Acceptance",
    "AcceptanceRequest",
    "BigQuestion",
    "Iteration",
    "LearningCard",
    "SynergyHypothesis",
    "TestCard",
]
