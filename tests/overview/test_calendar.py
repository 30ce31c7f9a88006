"""Somebody's deadlines, on their page and in the calendar that reads them by a secret link."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Component

from partners.hypotheses import operations as testing
from partners.outcome import operations as outcomes
from partners.workspaces.models import CalendarLink, Membership
from partners.workspaces.operations import seal
from partners.workspaces.operations.people import forget_member
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas, ideas
from tests.value_fit.conftest import table

__all__ = ["ideas", "table"]
pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=10)


def link_of(cast: Cast, member: Membership) -> str:
    """The address that the page shows once."""
    answer = cast.client(member).post(f"/w/{cast.workspace.pk}/calendar/link/")
    found = re.search(r'value="http://[^/]+(/calendar/[\w-]+\.ics)"', answer.content.decode())
    assert found
    return found[1]


def entries(path: str) -> list[Component]:
    """What a calendar program finds there, without being signed in."""
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def told(path: str) -> list[tuple[str, date]]:
    return [(str(entry["SUMMARY"]), entry.decoded("DTSTART")) for entry in entries(path)]


@pytest.fixture
def due(ideas: Ideas) -> Ideas:
    """Carla owns a test and has a next step; Bo owns another test."""
    idea = ideas.add()
    ideas.test(idea, title="Pilot; ten, shops", owner_end_id=ideas.cast.carla.pk, due_on=SOON)
    ideas.test(idea, title="Sums", owner_start_id=ideas.cast.bo.pk, due_on=SOON)
    seen = ideas.table.seen(ideas.cast.bo)
    outcomes.add_step(seen=seen, what="Call the payer", who="Carla Rossi", by_when=SOON - timedelta(days=1))
    outcomes.add_step(seen=seen, what="Some day", who="Carla Rossi")
    return ideas


class TestTheFeed:
    def test_holds_what_its_reader_has_to_do_by_a_day(self, due: Ideas) -> None:
        mine = [("Next step: Call the payer", SOON - timedelta(days=1)), ("Test: Pilot; ten, shops", SOON)]
        assert told(link_of(due.cast, due.cast.carla)) == mine
        assert told(link_of(due.cast, due.cast.bo)) == [("Test: Sums", SOON)]
        assert told(link_of(due.cast, due.cast.eli)) == []

    def test_is_what_calendar_programs_ask_for(self, due: Ideas) -> None:
        first, second = entries(link_of(due.cast, due.cast.carla))
        for entry in (first, second):
            assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL"} <= set(entry)
            assert entry.decoded("DTEND") - entry.decoded("DTSTART") == timedelta(days=1)
        assert first["UID"] != second["UID"]
        assert "Right if: 30 of 100 buyers order pods again" in str(second["DESCRIPTION"])
        assert Client().get(str(second["URL"]).removeprefix("http://testserver")).status_code in (302, 404)

    def test_follows_what_is_done_ended_and_dropped(self, due: Ideas) -> None:
        path, seen = link_of(due.cast, due.cast.carla), due.table.seen(due.cast.carla)
        step = due.cast.with_delonghi.next_steps.get(what="Call the payer")
        outcomes.tick_step(seen=seen, step=step)
        assert told(path) == [("Test: Pilot; ten, shops", SOON)]
        idea = due.all()[0].row
        testing.retire_idea(seen=seen, idea=idea, why="No shops")
        assert told(path) == []
        testing.take_idea_up(seen=seen, idea=idea)
        assert told(path) == [("Test: Pilot; ten, shops", SOON)]

    def test_ends_with_its_link_and_with_the_person(self, due: Ideas) -> None:
        path = link_of(due.cast, due.cast.carla)
        newer = link_of(due.cast, due.cast.carla)
        assert (Client().get(path).status_code, Client().get(newer).status_code) == (404, 200)
        due.cast.client(due.cast.carla).post(f"/w/{due.cast.workspace.pk}/calendar/link/", {"ended": "1"})
        assert Client().get(newer).status_code == 404
        last = link_of(due.cast, due.cast.carla)
        forget_member(due.cast.carla)
        assert Client().get(last).status_code == 404
        assert not CalendarLink.objects.exists()

    def test_holds_no_test_while_the_sheets_are_private(self, due: Ideas) -> None:
        path = link_of(due.cast, due.cast.carla)
        seen = due.table.seen(due.cast.ana)
        seal(viewer=due.cast.viewer(due.cast.ana), partnership=seen.partnership)
        assert told(path) == [("Next step: Call the payer", SOON - timedelta(days=1))]

    def test_opens_nothing_else(self, due: Ideas) -> None:
        path = link_of(due.cast, due.cast.carla)
        client = Client()
        assert client.get(path).cookies == {}
        assert client.get(f"/w/{due.cast.workspace.pk}/").status_code in (302, 404)
        for wrong in ("x", "x" * 500, "%00", "é"):
            assert client.get(f"/calendar/{wrong}.ics").status_code == 404


class TestThePage:
    def test_lists_the_same_and_shows_the_link_once(self, due: Ideas) -> None:
        path = link_of(due.cast, due.cast.carla)
        page = due.cast.client(due.cast.carla).get(f"/w/{due.cast.workspace.pk}/calendar/").content.decode()
        assert "Call the payer" in page
        assert "Pilot; ten, shops" in page
        assert "Sums" not in page
        assert path not in page

    def test_says_what_was_due(self, due: Ideas) -> None:
        step = due.cast.with_delonghi.next_steps.get(what="Call the payer")
        step.by_when = timezone.localdate() - timedelta(days=3)
        step.save()
        page = due.cast.client(due.cast.carla).get(f"/w/{due.cast.workspace.pk}/calendar/").content.decode()
        assert "was due" in page
