"""How an idea came from one state to another, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from partners.events.models import Event
from partners.hypotheses import events
from partners.hypotheses.boards.words import Names, claim_short
from partners.hypotheses.rules import Word
from partners.hypotheses.rules.turns import Turn
from partners.workspaces.events import WorkspaceChanged


def turn_words(turn: Turn, event: Event | None, names: Names) -> str:
    """Return what brought an idea from one state to another, in one sentence."""
    if event is not None:
        return _brought(event)
    if turn.number is None:
        claims = ", ".join(claim_short(claim, names) for claim in turn.changed)
        return _("Evidence has become too old: %(claims)s.") % {"claims": claims}
    return _("It was so when this workshop was copied.")


def _brought(event: Event) -> str:
    data = event.data
    if event.kind in (events.TestDesigned.kind, events.TestRan.kind, events.TestRemoved.kind):
        return _by_test(event.kind, data)
    if event.kind == events.IdeaSaid.kind:
        return data["why"] or _("It was taken up again.") if data["after"] != Word.DRAFT else _("It is a draft again.")
    if event.kind == events.IdeaReworded.kind:
        return _("The sentence was reworded: what was learned about the one before counts no more.")
    if event.kind == WorkspaceChanged.kind:
        return _("What evidence is held to in this workshop was changed.")
    if event.kind == events.IdeaAdded.kind:
        return _("It was written down.")
    return _by_card(event.kind, data)


def _by_test(kind: str, data: dict[str, Any]) -> str:
    if kind == events.TestDesigned.kind:
        words = _("The test “%(text)s” was described.")
    elif kind == events.TestRemoved.kind:
        words = _("The test “%(text)s” was deleted.") if data["removed"] else _("The test “%(text)s” came back.")
    elif data["after"] == "ended":
        words = _("The test “%(text)s” ended.")
    elif data["after"] == "running":
        words = _("The test “%(text)s” is running.")
    else:
        words = _("The test “%(text)s” has not started after all.")
    return words % {"text": data["text"]}


def _by_card(kind: str, data: dict[str, Any]) -> str:
    if kind == events.LearningAccepted.kind:
        words = (
            _("%(company)s accepted “%(text)s”.")
            if data["given"]
            else _("%(company)s took back the yes to “%(text)s”.")
        )
    elif kind == events.LearningRemoved.kind:
        words = _("“%(text)s” was deleted.") if data["removed"] else _("“%(text)s” came back.")
    elif kind == events.LearningChanged.kind:
        words = _("“%(text)s” was changed, and waits for both to accept it again.")
    else:
        words = _("“%(text)s” was written down.")
    return words % {"text": data["text"], "company": data.get("company", "")}
