"""The ideas of a partnership and of a workshop: what is next and why, by state, as map and table; who sees which."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.hypotheses import operations
from partners.hypotheses.across import open_to
from partners.hypotheses.boards.board import IdeasBoard, draw_board
from partners.hypotheses.boards.filters import Asked
from partners.hypotheses.models import SynergyHypothesis
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import WORDS, Ideas, idea_with

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here(ideas: Ideas) -> str:
    """The page of the partnership."""
    return f"/p/{ideas.cast.with_delonghi.pk}/ideas/"


@pytest.fixture
def everywhere(ideas: Ideas) -> str:
    """The page of the workshop."""
    return f"/w/{ideas.cast.workspace.pk}/ideas/"


def browser(ideas: Ideas, who: Membership | None = None) -> Client:
    """Somebody's browser; Bo's when nobody is named."""
    return ideas.cast.client(who or ideas.cast.bo)


def page(ideas: Ideas, address: str, who: Membership | None = None) -> str:
    """What a page says to somebody, white space made one."""
    answer = browser(ideas, who).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def board(ideas: Ideas, address: str, who: Membership | None = None) -> IdeasBoard:
    """What a page draws for somebody."""
    viewer = ideas.cast.viewer(who or ideas.cast.bo)
    path, _, query = address.partition("?")
    shown = open_to(viewer.audience, viewer.workspace)
    is_workshop = path.startswith("/w/")
    here = shown if is_workshop else [each for each in shown if str(each.pk) in path]
    return draw_board(viewer, here, Asked.of(QueryDict(query)), is_workshop=is_workshop, today=timezone.localdate())


def named(ideas: Ideas, title: str, importance: int = 3, **more: Any) -> SynergyHypothesis:
    """An idea with a name."""
    return ideas.add(words=WORDS, title=title, importance=importance, **more)


def titles(board: IdeasBoard) -> list[str]:
    """The ideas of a board, in its order."""
    return [each.title for each in board.ideas]


class TestTheHeadLine:
    def test_counts_each_idea_once(self, ideas: Ideas, here: str) -> None:
        ideas.validated()
        half = ideas.add()
        ideas.test(half)
        only = {"customer": "supports", "transfer": "supports", "model_start": "supports"}
        ideas.accept(ideas.card(half, verdicts=only))
        ideas.started(ideas.add())
        for _ in range(2):
            ideas.add()
        ideas.add(flagged=False)
        assert board(ideas, here).headline == "1 holds for both, 1 only for Nespresso, 1 being tested, 2 to test next"

    def test_is_absent_while_nothing_counts(self, ideas: Ideas, here: str) -> None:
        ideas.add(flagged=False)
        assert board(ideas, here).headline == ""
        assert "ideas-headline" not in page(ideas, here)

    def test_one_side_alone_has_neither_green_nor_tick(self, ideas: Ideas, here: str) -> None:
        half = ideas.add()
        ideas.test(half)
        ideas.accept(
            ideas.card(half, verdicts={"customer": "supports", "transfer": "supports", "model_end": "supports"})
        )
        for view in ("board", "map", "table"):
            said = page(ideas, f"{here}?view={view}")
            main = said[said.index('id="idea-board"') : said.index("</main>")]
            assert "only for De&#39;Longhi so far" in main
            assert not re.findall(r"pill-ok|lucide-(?:circle|badge)-check|is-validated", main)


class TestAtHome:
    def test_the_workshops_home_says_it_and_leads_there(self, ideas: Ideas, everywhere: str) -> None:
        home = f"/w/{ideas.cast.workspace.pk}/"
        assert f'href="{everywhere}"' in page(ideas, home), "by its tab"
        assert "Joint ideas:" not in page(ideas, home)
        ideas.validated()
        idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana)
        assert "Joint ideas: 1 holds for both, 1 to test next</a>" in page(ideas, home)
        assert "Joint ideas: 1 holds for both</a>" in page(ideas, home, ideas.cast.carla)
        assert "Joint ideas: 1 to test next</a>" in page(ideas, home, ideas.cast.dan)

    def test_says_nothing_of_what_is_private(self, ideas: Ideas) -> None:
        ideas.add()
        seal(ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi)
        assert "Joint ideas:" not in page(ideas, f"/w/{ideas.cast.workspace.pk}/", ideas.cast.bo)

    @pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
    def test_costs_the_same_however_many_there_are(self, ideas: Ideas) -> None:
        home, counted = f"/w/{ideas.cast.workspace.pk}/", []
        for more in (1, 5):
            for _ in range(more):
                ideas.validated()
                idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana)
            client = browser(ideas, ideas.cast.ana)
            client.get(home)
            with CaptureQueriesContext(connection) as asked:
                client.get(home)
            counted.append(len(asked))
        assert counted[0] == counted[1]


class TestTestThisNext:
    def test_names_the_highest_score_and_says_why(self, ideas: Ideas, here: str) -> None:
        named(ideas, "Small", 2)
        named(ideas, "Large", 5)
        next_ = board(ideas, here).next
        assert next_ is not None
        assert (next_.idea.title, [each.title for each in next_.after]) == ("Large", ["Small"])
        assert next_.why == (
            "Importance 5 × 5 of 5 steps of evidence still missing makes 25. The next one, “Small”, comes to 10."
        )

    @pytest.mark.parametrize(
        ("first", "second", "why"),
        [
            ({"cost": 1}, {"cost": 2}, "this one is cheaper to test"),
            ({"cost": 1}, {}, "nobody has said yet what testing that costs"),
            ({"cost": 1, "time": 1}, {"cost": 1, "time": 2}, "this one is quicker to test"),
            ({"cost": 1, "time": 1}, {"cost": 1}, "nobody has said yet how long testing that takes"),
        ],
    )
    def test_of_equals_the_cheaper_then_the_quicker(
        self, ideas: Ideas, here: str, first: dict[str, Any], second: dict[str, Any], why: str
    ) -> None:
        ideas.test(named(ideas, "Second"), **second)
        ideas.test(named(ideas, "First"), **first)
        next_ = board(ideas, here).next
        assert next_ is not None
        assert next_.idea.title == "First"
        assert why in next_.why

    def test_says_when_it_makes_no_difference(self, ideas: Ideas, here: str) -> None:
        named(ideas, "One")
        assert "Nothing else waits for a test." in page(ideas, here)
        named(ideas, "Other")
        assert "take either" in page(ideas, here)

    def test_leaves_out_what_is_tested_drafted_dropped_or_shown(self, ideas: Ideas, here: str) -> None:
        ideas.validated()
        ideas.started(ideas.add())
        ideas.add(flagged=False)
        operations.retire_idea(seen=ideas.table.seen(ideas.cast.bo), idea=ideas.add(), why="Too dear")
        assert board(ideas, here).next is None
        assert "Test this next" not in page(ideas, here)


class TestWhatExpires:
    def test_lists_what_ages_within_a_month(self, ideas: Ideas, here: str) -> None:
        ideas.validated(observed_on=timezone.localdate() - timedelta(days=170))
        [ages] = board(ideas, here).expiring
        assert ages.claim == "Does the customer want it?"
        assert timezone.localdate() < ages.last < timezone.localdate() + timedelta(days=31)
        assert "Evidence that ages within a month" in page(ideas, here)

    def test_is_quiet_about_what_is_fresh(self, ideas: Ideas, here: str) -> None:
        ideas.validated()
        assert board(ideas, here).expiring == []
        assert "Evidence that ages" not in page(ideas, here)


class TestWaysOfLooking:
    def test_by_state_in_the_order_of_an_ideas_life(self, ideas: Ideas, here: str) -> None:
        ideas.validated()
        ideas.add(flagged=False)
        ideas.test(ideas.add())
        operations.retire_idea(seen=ideas.table.seen(ideas.cast.bo), idea=ideas.add(), why="Too dear")
        drawn = board(ideas, here)
        assert [group.words for group in drawn.groups] == ["draft", "test described", "holds for both"]
        assert [group.words for group in drawn.resting] == ["dropped"]
        assert "went on as another idea" in page(ideas, here)

    def test_on_the_map_by_importance_and_evidence(self, ideas: Ideas, here: str) -> None:
        ideas.validated()
        named(ideas, "Unknown", 5)
        gone = ideas.add()
        ideas.test(gone)
        ideas.accept(ideas.card(gone, verdicts={"customer": "refutes"}))
        spots = [(spot.importance, spot.level, len(spot.ideas)) for spot in board(ideas, f"{here}?view=map").spots]
        assert spots == [(5, 0, 1), (3, 4, 1)], "what did not hold lies nowhere"
        said = page(ideas, f"{here}?view=map")
        for words in ("Test now", "Share as known", "Defer", "Ignore", "cannot be moved by hand"):
            assert words in said

    @pytest.mark.parametrize(
        ("sort", "first"),
        [("title", "Ants"), ("-title", "Zebras"), ("importance", "Zebras"), ("-score", "Ants"), ("nonsense", "Ants")],
    )
    def test_as_a_table_that_sorts(self, ideas: Ideas, here: str, sort: str, first: str) -> None:
        named(ideas, "Zebras", 2)
        named(ideas, "Ants", 4)
        named(ideas, "Bees", 3)
        drawn = board(ideas, f"{here}?view=table&sort={sort}")
        assert drawn.rows[0].title == first
        sorted_ = [column.sorted for column in drawn.columns if column.sorted]
        assert sorted_ == ([] if sort == "nonsense" else ["descending" if sort.startswith("-") else "ascending"])

    def test_every_other_column_sorts_too(self, ideas: Ideas, everywhere: str) -> None:
        ideas.test(named(ideas, "Soon"), due_on=timezone.localdate())
        named(ideas, "Never")
        for sort in ("partner", "state", "evidence", "due"):
            assert set(titles(board(ideas, f"{everywhere}?view=table&sort={sort}"))) == {"Soon", "Never"}
        assert board(ideas, f"{everywhere}?view=table&sort=due").rows[0].title == "Soon"


class TestFilters:
    def test_by_partner(self, ideas: Ideas, everywhere: str) -> None:
        named(ideas, "Here")
        idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana, title="There")
        assert sorted(titles(board(ideas, everywhere))) == ["Here", "There"]
        assert titles(board(ideas, f"{everywhere}?partner={ideas.cast.with_breville.pk}")) == ["There"]

    def test_by_who_tests_it(self, ideas: Ideas, here: str) -> None:
        ideas.test(named(ideas, "Hers"), owner_end_id=ideas.cast.carla.pk)
        ideas.test(named(ideas, "His"), owner_start_id=ideas.cast.bo.pk)
        assert titles(board(ideas, f"{here}?owner={ideas.cast.carla.pk}")) == ["Hers"]

    def test_by_what_is_still_open(self, ideas: Ideas, here: str) -> None:
        ideas.validated()
        named(ideas, "Open")
        ideas.add(words=WORDS | {"must_environment": "The law stays"}, title="Lawful")
        assert sorted(titles(board(ideas, f"{here}?risk=viability"))) == ["Lawful", "Open"]
        assert titles(board(ideas, f"{here}?risk=adaptability")) == ["Lawful"]

    def test_by_when_a_test_is_due(self, ideas: Ideas, here: str) -> None:
        today = timezone.localdate()
        for title, days in (("Late", -1), ("Soon", 6), ("Later", 25), ("Far", 90)):
            ideas.started(named(ideas, title), due_on=today + timedelta(days=days))
        assert titles(board(ideas, f"{here}?due=late")) == ["Late"]
        assert set(titles(board(ideas, f"{here}?due=week"))) == {"Late", "Soon"}
        assert set(titles(board(ideas, f"{here}?due=month"))) == {"Late", "Soon", "Later"}
        assert "Overdue since" in page(ideas, here)

    def test_pass_over_what_they_do_not_know(self, ideas: Ideas, here: str) -> None:
        named(ideas, "Stays")
        odd = "?view=cube&partner=x&owner=&risk=doom&due=never&sort=%00"
        assert titles(board(ideas, here + odd)) == ["Stays"]

    def test_say_so_when_nothing_is_left(self, ideas: Ideas, here: str) -> None:
        named(ideas, "One")
        assert "No idea is one of these" in page(ideas, f"{here}?due=late")


class TestWhoSeesWhat:
    def test_an_empty_page_says_what_to_do(self, ideas: Ideas, here: str, everywhere: str) -> None:
        assert "No joint idea to test yet" in page(ideas, here)
        assert "Write one down" in page(ideas, here)
        assert "Ideas of Nespresso and Breville" in page(ideas, everywhere)
        assert "Breville" not in page(ideas, everywhere, ideas.cast.carla)

    def test_a_guest_sees_the_ideas_of_their_partnership_only(self, ideas: Ideas, here: str, everywhere: str) -> None:
        ideas.test(named(ideas, "Ours together"), owner_start_id=ideas.cast.bo.pk)
        idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana, title="With the rival")
        assert {"Ours together", "With the rival"} == set(titles(board(ideas, everywhere)))
        for who in (ideas.cast.carla, ideas.cast.eli):
            assert titles(board(ideas, everywhere, who)) == ["Ours together"]
            assert "rival" not in page(ideas, everywhere, who)
        dans = page(ideas, everywhere, ideas.cast.dan)
        assert "With the rival" in dans
        assert not re.findall("Ours together|Bo Keller|Longhi", dans[dans.index("<main") :])
        assert browser(ideas, ideas.cast.dan).get(here).status_code == 404
        assert ideas.cast.client(ideas.cast.finn).get(everywhere).status_code == 404

    def test_there_are_none_of_a_partnership_that_is_private(self, ideas: Ideas, here: str, everywhere: str) -> None:
        idea = named(ideas, "Hushed")
        idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana, title="Told")
        seal(ideas.cast.viewer(ideas.cast.ana), ideas.cast.with_delonghi)
        for who in (ideas.cast.ana, ideas.cast.bo, ideas.cast.carla):
            assert "Private until reveal" in page(ideas, here, who)
            assert "Hushed" not in page(ideas, here, who)
            assert "Hushed" not in page(ideas, everywhere, who)
            answer = browser(ideas, who).post(f"/ideas/{idea.pk}/importance/", {"importance": 5})
            assert answer.status_code == 404
        assert titles(board(ideas, everywhere)) == ["Told"]

    def test_who_watches_moves_nothing(self, ideas: Ideas, here: str) -> None:
        idea = named(ideas, "Seen")
        for view in ("board", "map", "table"):
            said = page(ideas, f"{here}?view={view}", ideas.cast.eli)
            assert "Seen" in said
            assert not re.findall("ideas-importance|map-importance|data-moves|Write one down", said)
        answer = browser(ideas, ideas.cast.eli).post(f"/ideas/{idea.pk}/importance/", {"importance": 5})
        assert answer.status_code == 403

    @pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
    def test_costs_the_same_however_much_there_is(self, ideas: Ideas, here: str, everywhere: str) -> None:
        costs: dict[str, list[int]] = {here: [], everywhere: []}
        for more in (1, 6):
            for _ in range(more):
                ideas.validated()
                ideas.started(ideas.add(), owner_end_id=ideas.cast.carla.pk, due_on=timezone.localdate())
                idea_with(ideas, ideas.cast.with_breville, by=ideas.cast.ana)
            bo = browser(ideas)
            for address, found in costs.items():
                bo.get(address)
                with CaptureQueriesContext(connection) as asked:
                    bo.get(f"{address}?view=map")
                found.append(len(asked))
        for few, many in costs.values():
            assert few == many
            assert many <= 15


class TestImportance:
    def test_is_set_and_goes_back_to_where_it_was_set(self, ideas: Ideas, here: str, everywhere: str) -> None:
        idea = named(ideas, "Moved")
        for back in (f"{here}?view=map&due=month", f"{everywhere}?view=table"):
            answer = browser(ideas).post(f"/ideas/{idea.pk}/importance/", {"importance": 5, "back": back})
            assert (answer.status_code, answer["Location"]) == (302, back)
        assert ideas.read(idea).row.importance == 5

    def test_goes_nowhere_else(self, ideas: Ideas, here: str) -> None:
        idea = named(ideas, "Moved")
        for back in ("", "//evil.example/", "https://evil.example/p/", "/workshops/", "/p/../", "/\x00", "x" * 5000):
            answer = browser(ideas).post(f"/ideas/{idea.pk}/importance/", {"importance": 4, "back": back})
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, here)

    def test_answers_with_the_ideas_as_they_are_now(self, ideas: Ideas, everywhere: str) -> None:
        idea = named(ideas, "Moved")
        fields = {"importance": 1, "back": f"{everywhere}?view=map"}
        answer = browser(ideas, ideas.cast.carla).post(f"/ideas/{idea.pk}/importance/", fields, headers=HTMX)
        assert answer.status_code == 200
        assert answer.content.decode().count('id="idea-board"') == 1
        assert 'data-importance="1" data-level="0"' in answer.content.decode()

    @pytest.mark.parametrize("wrong", ["0", "6", "", "many", "-1", "٣", "9" * 400])
    def test_refuses_what_is_no_importance(self, ideas: Ideas, wrong: str) -> None:
        idea = named(ideas, "Stays")
        answer = browser(ideas).post(f"/ideas/{idea.pk}/importance/", {"importance": wrong}, headers=HTMX)
        assert answer.status_code == 422
        assert "from 1 to 5" in answer.content.decode()
        assert ideas.read(idea).row.importance == 3

    def test_of_what_is_gone_is_not_found(self, ideas: Ideas) -> None:
        idea = named(ideas, "Gone")
        operations.remove_idea(seen=ideas.table.seen(ideas.cast.bo), idea=idea)
        assert browser(ideas).post(f"/ideas/{idea.pk}/importance/", {"importance": 5}).status_code == 404
        assert browser(ideas).get(f"/ideas/{idea.pk}/importance/").status_code == 405

    def test_is_taken_back_by_undo(self, ideas: Ideas) -> None:
        idea = named(ideas, "Moved")
        browser(ideas).post(f"/ideas/{idea.pk}/importance/", {"importance": 5})
        ideas.undo()
        assert ideas.read(idea).row.importance == 3
