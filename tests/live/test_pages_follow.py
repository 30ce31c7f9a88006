"""What others change shows on every open page that displays it, as it does on one that is opened afterwards.

Every page of a workshop is opened, something is changed, and the page is opened again. Where the two differ must be a
part that the stream sends, or one that is fetched anew on what the stream says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from partners.canvases import operations as sheets
from partners.events import reads
from partners.facilitation import operations as facilitation
from partners.history import operations as history
from partners.hypotheses import operations as testing
from partners.live.doors import admit, asked_in
from partners.live.render import news
from partners.outcome import operations as outcomes
from partners.value_fit import operations as comparing
from partners.value_fit.models import Pair
from partners.workspaces import operations
from tests.doors.sweeping import addresses
from tests.hypotheses.conftest import Ideas
from tests.live.pages import Element, follows, read_page
from tests.outcome.conftest import Outcome, outcome, table

__all__ = ["outcome", "table"]

Change = Callable[["Workshop"], object]

AS_OPENED = re.compile(
    r"/ideas/[^/]+/(?:tests|learning)/(?:[^/]+/)?|/p/[^/]+/ideas/new/|/w/[^/]+/find/"
    r"|.*/(?:restoration|emptying)/"
)
"""Forms, questions before something big, and what was searched for: they stay as they were opened, and whatever became
of the thing meanwhile is said when they are sent."""


class Workshop:
    """Two companies that have compared, agreed and begun to test, and all their pages as a facilitator opened them."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.cast, self.table = outcome, outcome.cast, outcome.table
        self.sentence = outcome.agreed()
        self.step = outcome.step()
        self.ideas = Ideas(outcome.table)
        self.idea = self.ideas.add()
        self.ideas.test(self.idea)
        self.ideas.card(self.idea)
        self.ana, self.bo = self.cast.viewer(self.cast.ana), self.table.seen(self.cast.bo)
        self.client: Client = self.cast.client(self.cast.ana)
        self.pages = dict(self._opened())
        self.cursor = reads.number_in(reads.cursor(self.cast.workspace.pk))

    def _opened(self) -> Iterator[tuple[str, Element]]:
        cast = self.cast
        sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
        only: dict[str, list[Any]] = {
            "partnership_id": [cast.with_delonghi.pk],
            "organisation_id": [cast.delonghi.pk],
            "organisation": [cast.delonghi.pk],
            "member_id": [cast.carla.pk],
            "canvas_id": [sheet.pk],
            "note_id": [self.table.licence.pk],
            "what": ["start", "fit"],
            "side": ["start"],
        }
        for address in addresses(cast, "", only):
            path, _, query = address.partition("?")
            if path.startswith("/api/") or AS_OPENED.fullmatch(path) or query.startswith(("sort", "filter", "step")):
                continue
            answer = self.client.get(address, headers={"accept": "text/html"})
            if answer.status_code == 200 and not answer.streaming and b"data-live=" in answer.content:
                yield address, read_page(answer.content.decode())

    def behind(self) -> dict[str, list[str]]:
        """By address, what a page that was open says otherwise than one that is opened now."""
        found = {}
        for address, before in self.pages.items():
            after = read_page(self.client.get(address, headers={"accept": "text/html"}).content.decode())
            fresh = follows(before, self._heard(before))
            if "names" in fresh and before.by_id("names").attributes != after.by_id("names").attributes:
                continue  # the whole page is opened anew (js/elements/again.js)
            then, now = Counter(before.says(without=fresh)), Counter(after.says(without=fresh))
            if differs := (then - now) + (now - then):
                found[re.sub(r"[0-9a-f]{8}(-[0-9a-f]+)+", "…", address)] = sorted(differs)
        return found

    def _heard(self, page: Element) -> list[str]:
        """What the stream tells an open page."""
        body = next(each for each in page if "data-live" in each.attributes)
        path, _, query = unescape(body.attributes["data-live"]).partition("?")
        cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in self.client.cookies.items())
        asked = asked_in(
            {"path": path, "query_string": query.encode(), "headers": [(b"cookie", cookies.encode())]}  # type: ignore[typeddict-item]  # all it looks at
        )
        assert asked
        scope = admit(asked).scope
        told = news(self.cast.workspace.pk, {scope: self.cursor})
        assert told
        return told.pieces[scope] or []


def words(by: Workshop) -> None:
    note = by.table.licence
    sheet = by.cast.seen(by.cast.bo, note.canvas)
    sheets.edit_note(sheet=sheet, note=note, text="Other words")
    sheets.add_note(sheet=sheet, block=note.block, text="Another note")


def gone(by: Workshop) -> None:
    note = by.table.licence
    sheets.delete_note(sheet=by.cast.seen(by.cast.bo, note.canvas), note=note, confirmed=True)


def settings(by: Workshop) -> None:
    changes: dict[str, Any] = {
        "customer_segment": "Others",
        "about": "Something else",
        "fill_meanings": {"sun": "a new meaning"},
    }
    operations.change_workspace(viewer=by.ana, **changes)
    operations.archive_workspace(viewer=by.ana)


def companies(by: Workshop) -> None:
    operations.change_organisation(viewer=by.ana, organisation=by.cast.delonghi, sector="Toys", profile="Little ones")
    operations.add_organisation(viewer=by.ana, name="Miele")


def outcome_of_it(by: Workshop) -> None:
    outcomes.explain(seen=by.bo, text="It pays")
    outcomes.change_step(seen=by.bo, step=by.step, what="Ask twenty shops", who="Dora", by_when=date(2031, 1, 1))
    by.outcome.step("Another step")


def ideas_of_it(by: Workshop) -> None:
    testing.reword_idea(seen=by.bo, idea=by.idea, words={"new_value": "Another value"})
    by.ideas.test(by.idea, title="Another test")
    testing.ask_question(seen=by.bo, text="Another question?", ideas=[by.idea.pk])
    testing.plan_iteration(seen=by.bo, name="Another time", starts_on=date(2031, 1, 1), ends_on=date(2031, 2, 1))


CHANGES: dict[str, Change] = {
    "the workshop's title": lambda by: operations.change_workspace(viewer=by.ana, title="Other machines"),
    "a company's name": lambda by: operations.change_organisation(
        viewer=by.ana, organisation=by.cast.delonghi, name="Another company", short_name="Another"
    ),
    "the workshop's settings": settings,
    "companies": companies,
    "somebody's side": lambda by: operations.change_member(
        viewer=by.ana, member=by.cast.carla, organisation=by.cast.nespresso
    ),
    "somebody is forgotten": lambda by: operations.forget_member(by.cast.carla),
    "a partnership's state": lambda by: operations.change_partnership(
        viewer=by.ana, partnership=by.cast.with_delonghi, state="testing", must_leave="Their shop"
    ),
    "a partnership goes": lambda by: operations.remove_partnership(viewer=by.ana, partnership=by.cast.with_breville),
    "the code": lambda by: operations.renew_code(viewer=by.ana),
    "the timer": lambda by: facilitation.start_timer(viewer=by.ana, minutes=5),
    "a note's words": words,
    "a note goes": gone,
    "a pair goes": lambda by: comparing.remove_pair(seen=by.bo, pair=Pair.objects.get(offer=by.table.licence)),
    "a joint sentence": lambda by: comparing.edit_sentence(seen=by.bo, sentence=by.sentence, text="Pods sell pods"),
    "the outcome": outcome_of_it,
    "ideas": ideas_of_it,
    "a moment": lambda by: history.keep_moment(
        sheet=by.cast.seen(by.cast.bo, by.table.licence.canvas), name="Before lunch"
    ),
}


@pytest.fixture
def workshop(outcome: Outcome) -> Workshop:
    """All pages, opened."""
    return Workshop(outcome)


def test_pages_show_what_others_changed(workshop: Workshop) -> None:
    assert len(workshop.pages) > 25
    behind: dict[tuple[str, str], list[str]] = {}
    for name, change in CHANGES.items():
        with transaction.atomic():
            change(workshop)
            behind |= {(name, address): said for address, said in workshop.behind().items()}
            transaction.set_rollback(True)
    assert behind == {}
