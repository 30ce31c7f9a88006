"""What the torture would notice: a bench that finds nothing must be able to find something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bench.torture.audit import Event, Held, audit
from bench.torture.board import Board
from bench.torture.journal import Journal, Sent
from bench.torture.pieces import read_page, read_pieces

NOTE = (
    '<li class="note" id="note-{id}" data-note="{id}" data-notes="sheet:intent" data-rank="{rank}" data-drawn="{drawn}"'
    ' data-version="1"><p class="text">{text}</p></li>'
)
PAGE = '<body data-cursor="e.3"><ul data-list="sheet:intent">{}</ul></body>'


def note(name: str, text: str, drawn: int, rank: str = "5") -> str:
    return NOTE.format(id=name, text=text, drawn=drawn, rank=rank)


class TestABoard:
    def test_takes_what_is_newer_in_any_order_and_is_as_a_fresh_page(self) -> None:
        board = Board(read_page(PAGE.format(note("one", "Club", 1))))
        for piece in (note("one", "Club feeling", 7), note("one", "Clubs", 4), note("two", "Brand", 5, "4")):
            board.receive(read_pieces(piece))
        fresh = PAGE.format(note("two", "Brand", 5, "4") + note("one", "Club feeling", 7))
        assert board.differences(read_page(fresh)) == []
        assert board.differences(read_page(PAGE.format(note("one", "Club feeling", 7) + note("two", "Brand", 5, "6"))))

    def test_remembers_what_is_gone(self) -> None:
        board = Board(read_page(PAGE.format(note("one", "Club", 1))))
        board.receive(read_pieces('<del data-gone="note-one" data-drawn="6"></del>'))
        board.receive(read_pieces(note("one", "Club", 4)))
        assert board.differences(read_page(PAGE.format(""))) == []
        assert board.differences(read_page(PAGE.format(note("one", "Club", 7)))) == ["note-one is missing"]


EDIT = Sent("edit", "/notes/n/", [], "Ana", adds=frozenset({"strong"}), key="k", outcome="done", status=200)
LOG = [
    Event("w", 1, "c0", "note_added", "n", None, {"text": "our brand"}),
    Event("w", 2, "c1", "note_edited", "n", None, {"before": "our brand", "text": "our strong brand", "version": 2}),
]
HELD = Held({"w": 2}, LOG, [("k", "c1")], {"n": ("our strong brand", 2)}, {})


def edited(**data: Any) -> list[Event]:
    return [LOG[0], LOG[1]._replace(data=LOG[1].data | data)]


class TestAnAudit:
    def test_of_what_was_kept_finds_nothing(self) -> None:
        assert audit(HELD, Journal([EDIT])) == []

    @pytest.mark.parametrize(
        ("held", "told"),
        [
            (replace(HELD, keys=[]), "is not in the log"),
            (replace(HELD, heads={"w": 3}), "gaps"),
            (replace(HELD, keys=[("k", "c1"), ("k", "c1")]), "stands twice"),
            (replace(HELD, notes={"n": ("our brand", 1)}), "is not what its log says"),
            (replace(HELD, events=edited(before="a brand")), "does not follow"),
            (
                replace(HELD, events=edited(text="our strong"), notes={"n": ("our strong", 2)}),
                "LOST: brand taken from note n by edit k of Ana",
            ),
            (
                replace(
                    HELD,
                    heads={"w": 4},
                    events=[
                        *LOG,
                        Event("w", 3, "c2", "note_edited", "n", "c1", LOG[1].data | {"text": "", "version": 3}),
                        Event("w", 4, "c3", "note_added", "n2", None, {"text": "strong"}),
                    ],
                ),
                "written [2] times",
            ),
        ],
    )
    def test_of_anything_else_says_so(self, held: Held, told: str) -> None:
        assert told in "\n".join(audit(held, Journal([EDIT])))

    def test_of_a_refused_change_that_was_made_says_so(self) -> None:
        refused = replace(EDIT, outcome="refused", status=409)
        assert "was refused with 409, and done" in "\n".join(audit(HELD, Journal([refused])))

    @pytest.mark.parametrize(("seen", "lost"), [("2", ""), ("1", "LOST: strong taken from note n by moment m of Bo")])
    def test_of_a_moment_that_was_brought_back_lets_go_what_was_known(self, seen: str, lost: str) -> None:
        back = Event(
            "w", 3, "c2", "note_edited", "n", None, {"before": "our strong brand", "text": "our", "version": 3}
        )
        held = replace(
            HELD, heads={"w": 3}, events=[*LOG, back], keys=[*HELD.keys, ("m", "c2")], notes={"n": ("our", 3)}
        )
        moment = Sent("moment", "/canvases/s/moments/1/restoration/", [("seen", seen)], "Bo", key="m", outcome="done")
        assert lost in "\n".join(audit(held, Journal([EDIT, moment])))
        assert bool(audit(held, Journal([EDIT, moment]))) == bool(lost)
