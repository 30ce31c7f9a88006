"""What the tests of sheets and notes share."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from partners.events.models import Event, LogHead
from tests.factories import Cast


@dataclass
class Story:
    """What the log tells from here on."""

    cast: Cast
    start: int

    @property
    def events(self) -> list[Event]:
        """Everything recorded since."""
        return list(Event.objects.filter(workspace=self.cast.workspace, seq__gt=self.start).order_by("seq"))

    @property
    def kinds(self) -> list[str]:
        """The kinds of everything recorded since."""
        return [event.kind for event in self.events]

    def only(self) -> Event:
        """The one event recorded since; there must be exactly one."""
        (event,) = self.events
        return event

    def begin(self) -> None:
        """Forget what was told so far."""
        self.start = LogHead.objects.get(workspace=self.cast.workspace).seq


@pytest.fixture
def story(cast: Cast) -> Story:
    """The log of the cast's workshop, from now on."""
    told = Story(cast, 0)
    told.begin()
    return told
