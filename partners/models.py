"""Re-exports every feature's tables: Django looks for an app's models here and nowhere else."""

from partners.base.models import Attempts
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.events.models import Event, IdempotencyKey, LogHead
from partners.facilitation.models import Session
from partners.hypotheses.models import (
    Acceptance,
    AcceptanceRequest,
    BigQuestion,
    Iteration,
    LearningCard,
    SynergyHypothesis,
    TestCard,
)
from partners.outcome.models import Assent, Decision, NextStep
from partners.people.models import ApiToken, GuestPass, SignInLink, User
from partners.value_fit.models import Consent, Declaration, JointSentence, Pair, Rating, Round
from partners.workspaces.models import (
    CalendarLink,
    Invitation,
    Membership,
    Organisation,
    Partnership,
    SealedLook,
    Workspace,
)

__all__ = [
    "Acceptance",
    "AcceptanceRequest",
    "ApiToken",
    "Assent",
    "Attempts",
    "BigQuestion",
    "CalendarLink",
    "Canvas",
    "Comment",
    "Consent",
    "Decision",
    "Declaration",
    "Event",
    "GuestPass",
    "IdempotencyKey",
    "Invitation",
    "Iteration",
    "JointSentence",
    "LearningCard",
    "LogHead",
    "Membership",
    "NextStep",
    "Note",
    "Organisation",
    "Pair",
    "Partnership",
    "Rating",
    "Round",
    "SealedLook",
    "Session",
    "SignInLink",
    "SynergyHypothesis",
    "TestCard",
    "Thumb",
    "User",
    "Workspace",
]
