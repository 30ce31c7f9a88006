from uuid import uuid4

from partners.live.presence import Sighting, State, asker_in, decode, encode, question
from partners.live.present import KEPT_AWAY_S, KEPT_S, LEAVING_S, MOST_PAGES, Present

SOMEWHERE, SOMEBODY = uuid4(), uuid4()


def sighting(**more: object) -> Sighting:
    values: dict[str, object] = {
        "workspace_id": SOMEWHERE,
        "member_id": SOMEBODY,
        "organisation_id": None,
        "name": "Ana",
        "colour": 1,
        "page": "a",
        "canvas_id": None,
        "block": "",
        "note_id": None,
        "state": State.HERE,
    }
    return Sighting(**values | more)  # type: ignore[arg-type]  # a builder for tests


def states(present: Present) -> list[State]:
    return [each.state for each in present.in_workspace(SOMEWHERE)]


class TestMemory:
    def test_forgets_a_page_that_says_nothing_any_more(self) -> None:
        present = Present()
        assert present.saw(sighting(word=1), now=0)
        assert not present.saw(sighting(word=2), now=8), "nothing new to show"
        assert present.forget_old(KEPT_S) == set()
        assert present.forget_old(8 + KEPT_S) == {SOMEWHERE}
        assert states(present) == []

    def test_keeps_somebody_away_for_half_an_hour(self) -> None:
        present = Present()
        present.saw(sighting(state=State.AWAY), now=0)
        assert present.forget_old(KEPT_AWAY_S - 1) == set()
        assert present.forget_old(KEPT_AWAY_S) == {SOMEWHERE}

    def test_takes_the_hidden_pages_of_who_was_cut_off_with_the_one_in_sight(self) -> None:
        present = Present()
        present.saw(sighting(state=State.AWAY, page="hidden"), now=0)
        present.saw(sighting(state=State.AWAY, member_id=uuid4()), now=0)
        present.saw(sighting(page="in sight"), now=1)
        assert present.forget_old(1 + KEPT_S) == {SOMEWHERE}
        assert [each.member_id == SOMEBODY for each in present.in_workspace(SOMEWHERE)] == [False]

    def test_leaves_the_hidden_pages_of_who_said_goodbye(self) -> None:
        present = Present()
        present.saw(sighting(state=State.AWAY, page="hidden"), now=0)
        present.saw(sighting(page="in sight", word=1), now=1)
        present.saw(sighting(page="in sight", word=2, state=State.GONE), now=2)
        assert present.forget_old(2 + LEAVING_S) == {SOMEWHERE}
        assert states(present) == [State.AWAY]

    def test_keeps_who_says_goodbye_until_they_may_have_come_back(self) -> None:
        present = Present()
        present.saw(sighting(page="before the reload", word=1, state=State.TYPING), now=0)
        assert present.saw(sighting(page="before the reload", word=2, state=State.GONE), now=1), "types no more"
        assert states(present) == [State.HERE]
        present.saw(sighting(page="after it", word=1), now=3)
        assert present.forget_old(1 + LEAVING_S) == {SOMEWHERE}
        assert [each.page for each in present.in_workspace(SOMEWHERE)] == ["after it"]

    def test_a_goodbye_lets_nobody_stay_longer(self) -> None:
        present = Present()
        present.saw(sighting(word=1), now=0)
        present.saw(sighting(word=2, state=State.GONE), now=KEPT_S - 1)
        assert present.forget_old(KEPT_S) == {SOMEWHERE}

    def test_passes_over_what_was_overtaken_on_the_way(self) -> None:
        present = Present()
        present.saw(sighting(word=4, state=State.AWAY), now=0)
        assert not present.saw(sighting(word=3), now=0.1)
        present.saw(sighting(word=6, state=State.GONE), now=1)
        assert not present.saw(sighting(word=5), now=1.1)
        assert present.forget_old(1 + LEAVING_S) == {SOMEWHERE}
        assert not present.saw(sighting(page="never seen", state=State.GONE), now=8)
        assert states(present) == []

    def test_is_bounded_for_each_person(self) -> None:
        present = Present()
        for number in range(MOST_PAGES + 30):
            present.saw(sighting(page=f"{number}", state=State.AWAY), now=number)
        assert len(present.in_workspace(SOMEWHERE)) == MOST_PAGES


class TestAProcessThatHasJustBegun:
    def test_learns_from_another_what_that_one_knows_and_how_old_it_is(self) -> None:
        other, new = Present(), Present()
        other.saw(sighting(word=7), now=0)
        other.saw(sighting(member_id=uuid4(), state=State.AWAY), now=0)
        other.saw(sighting(member_id=uuid4(), word=1), now=0)
        told = [decode(encode(each)) for each in other.known(now=10)]
        assert all(new.saw(each, now=100) for each in told)
        assert new.in_workspace(SOMEWHERE) == other.in_workspace(SOMEWHERE)
        assert new.forget_old(100 + KEPT_S - 11) == set()
        assert new.forget_old(100 + KEPT_S - 9) == {SOMEWHERE}
        assert states(new) == [State.AWAY]

    def test_is_not_told_of_who_has_left(self) -> None:
        other = Present()
        other.saw(sighting(word=1), now=0)
        other.saw(sighting(word=2, state=State.GONE), now=1)
        assert list(other.known(now=2)) == []

    def test_believes_pages_more_than_other_processes(self) -> None:
        present = Present()
        present.saw(sighting(word=1, state=State.AWAY), now=0)
        assert not present.saw(sighting(word=1, age=3.0), now=1)
        assert states(present) == [State.AWAY]


class TestOnTheWayBetweenProcesses:
    def test_nothing_is_lost(self) -> None:
        whole = sighting(name="Zoë 王", note_id=uuid4(), canvas_id=uuid4(), block="channels", organisation_id=uuid4())
        assert decode(encode(whole)) == whole
        assert decode(encode(sighting(name=""))) == sighting(name="")
        assert decode(encode(sighting(word=12, age=2.5))).word == 12
        assert decode(encode(sighting(word=12, age=2.5))).age == 2.5

    def test_a_question_is_told_from_a_sighting(self) -> None:
        assert asker_in(question("a process")) == "a process"
        assert asker_in(encode(sighting())) is None
