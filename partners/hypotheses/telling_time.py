"""What a program is told of a line of the learning timeline."""

from __future__ import annotations

from typing import Any

from partners.hypotheses import events
from partners.hypotheses.past import cause_of
from partners.hypotheses.telling import told_card, told_iteration, told_question
from partners.hypotheses.timeline import Happening
from partners.value_fit.access import PartnershipInView


def told_line(seen: PartnershipInView, line: Happening) -> dict[str, Any]:
    """Return a line as a reader is told of it: of `learning`, `turn`, `iteration` and `question` one is there."""
    by = line.by.pk if line.by else line.card.author_id if line.card else None
    beside = {"workspace": line.partnership.workspace_id}
    return {
        "id": line.id,
        "at": line.at,
        "what": line.what.value,
        **beside,
        "partnership": line.partnership.pk,
        "hypothesis": line.read.row.pk if line.read else None,
        "by": by if seen.viewer.audience.sees_person(by) else None,
        "learning": told_card(seen, line.card, line.read.tests) | beside if line.card and line.read else None,
        "turn": _told_turn(line) if line.turn else None,
        "iteration": told_iteration(seen, line.iteration) | beside if line.iteration else None,
        "question": told_question(seen, line.question) | beside if line.question else None,
    }


def _told_turn(line: Happening) -> dict[str, Any]:
    turn, event = line.turn, line.event
    assert turn is not None
    said = event is not None and event.kind == events.IdeaSaid.kind
    return {
        "before": turn.before.value if turn.before else None,
        "after": turn.after.value,
        "because": cause_of(turn, event),
        "why": event.data["why"] if event is not None and said else "",
        "claims": [claim.value for claim in turn.changed],
    }
