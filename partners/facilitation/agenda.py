"""The partnership game as a suggested agenda: four steps, their minutes, and what each asks of whom.

Source: GAME (domain reference, 4). A suggestion: going to another step, back included, deletes and closes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.facilitation.models import Session


@dataclass(frozen=True)
class AgendaStep:
    """One step: how long it takes, where it happens, what the facilitator and the teams do."""

    key: str
    title: Any
    minutes: int
    place: str
    leads: Any
    teams: Any


AGENDA = (
    AgendaStep(
        Session.Step.INTENT,
        Session.Step.INTENT.label,
        15,
        "sketch",
        _("Open with everybody’s reasons. Keep intent apart from solutions."),
        _("Say why a partnership, list ideal partners and why, choose one, split into two teams."),
    ),
    AgendaStep(
        Session.Step.DESIGN,
        Session.Step.DESIGN.label,
        15,
        "sketch",
        _("Make both sheets private, and prompt block by block."),
        _("Mark what you want in the other model, then fill your own sheet."),
    ),
    AgendaStep(
        Session.Step.NEGOTIATE,
        Session.Step.NEGOTIATE.label,
        15,
        "compare",
        _("Reveal both, and ask of every need: clear fit?"),
        _("Present, put offers to needs, rate, agree how it gets across and what becomes possible."),
    ),
    AgendaStep(
        Session.Step.EVALUATE,
        Session.Step.EVALUATE.label,
        20,
        "outcome",
        _("Ask for next steps with names."),
        _("Does it clearly add to each business? Decide."),
    ),
)


def step_of(key: str) -> AgendaStep | None:
    """Return a step of the agenda by its key."""
    return next((step for step in AGENDA if step.key == key), None)
