"""The two companies at the end of the negotiating table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partners.canvases.models import Note
from partners.events.models import Event
from partners.history import operations as history
from partners.history.operations import Undone
from partners.outcome import operations
from partners.outcome.models import NextStep
from partners.value_fit import operations as comparing
from partners.value_fit.models import JointSentence
from partners.workspaces.models import Membership
from tests.value_fit.conftest import Table, table

__all__ = ["Outcome", "outcome", "table"]


class Outcome:
    """What the two companies write down, through the product's own operations."""

    def __init__(self, table: Table) -> None:
        self.table, self.cast = table, table.cast

    def step(self, what: str = "Ask ten shops", *, by: Membership | None = None, **more: Any) -> NextStep:
        """A next step, by Bo when nothing else is said."""
        return operations.add_step(seen=self.table.seen(by or self.cast.bo), what=what, **more)

    def created(self, text: str = "Each machine brings a repeat pod buyer", **more: Any) -> JointSentence:
        """A created value, for Nespresso when nothing else is said."""
        gains: dict[str, Any] = {"beneficiary": "organisation", "organisation_id": self.cast.nespresso.pk} | more
        return comparing.add_sentence(seen=self.table.seen(self.cast.bo), kind="created", text=text, **gains)

    def agreed(self, text: str = "Each machine brings a repeat pod buyer", **more: Any) -> JointSentence:
        """A created value that both companies said yes to, resting on an agreed pair each way."""
        self.table.agree(self.table.licence, self.table.system)
        self.table.agree(self.table.marketing, self.table.shelf)
        sentence = self.created(text, **more)
        self.both_say_yes(sentence)
        return sentence

    def both_say_yes(self, sentence: JointSentence) -> None:
        """Both companies' consent."""
        for member in (self.cast.bo, self.cast.carla):
            assert member.organisation_id
            comparing.consent(seen=self.table.seen(member), sentence=sentence, organisation_id=member.organisation_id)

    def accept(self, sentence: JointSentence, *, by: Membership | None = None, into: str = "") -> JointSentence:
        """Somebody accepts it, Carla when nothing else is said."""
        return operations.accept_created_value(
            seen=self.table.seen(by or self.cast.carla), sentence=sentence, into=into
        )

    def on_model(self, company: str, block: str) -> list[str]:
        """The words in a block of a company's business model."""
        model = self.cast.model(getattr(self.cast, company))
        return list(model.notes.filter(block=block, deleted_at=None).order_by("rank").values_list("text", flat=True))

    def landed(self, company: str, block: str) -> Note:
        """The only note in a block of a company's business model."""
        return self.cast.model(getattr(self.cast, company)).notes.get(block=block, deleted_at=None)

    def undo(self, who: Membership) -> Undone:
        """Somebody takes back what they did last."""
        return history.undo(viewer=self.cast.viewer(who))

    def redo(self, who: Membership) -> Undone:
        """And does it again."""
        return history.redo(viewer=self.cast.viewer(who))

    def told(self, after: int = 0) -> list[str]:
        """What the log tells since a number, by kind."""
        events = Event.objects.filter(workspace=self.cast.workspace, seq__gt=after).order_by("seq")
        return list(events.values_list("kind", flat=True))

    def last(self) -> int:
        """The number of the last event."""
        return int(
            Event.objects.filter(workspace=self.cast.workspace).order_by("-seq").values_list("seq", flat=True)[0]
        )


IN_MAY = date(2025, 5, 29)


@pytest.fixture
def outcome(table: Table) -> Outcome:
    """The two companies, with needs and offers on both sheets."""
    return Outcome(table)
