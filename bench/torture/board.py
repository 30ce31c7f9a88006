"""The board as a browser composes it from a page, from answers and from the stream (`static/js/htmx/upsert.js`)."""

from __future__ import annotations

from collections.abc import Iterable

from bench.torture.pieces import Page, Piece

OTHERS = ("people-", "typing-", "own-")
"""Who is here and who types is gone with the next moment; `own-` stands in regions that a page fetches by itself."""


class Board:
    """One person's picture of a page."""

    def __init__(self, page: Page) -> None:
        self.lists: frozenset[str] = frozenset()
        self.there: dict[str, Piece] = {}
        self._gone: dict[str, int] = {}
        self.begin_afresh(page)

    def begin_afresh(self, page: Page) -> None:
        """Take a page as the truth, whatever was known."""
        self.lists = page.lists
        self.there = {piece.id: piece for piece in page.pieces}
        self._gone = {}

    def receive(self, pieces: Iterable[Piece]) -> None:
        """Apply pieces, in whatever order and however often they come."""
        for piece in pieces:
            known = self.there.get(piece.id)
            if self._gone.get(piece.id, -1) >= piece.drawn:
                continue
            if piece.gone:
                if known is None or known.drawn <= piece.drawn:
                    self._gone[piece.id] = piece.drawn
                    self.there.pop(piece.id, None)
            elif known is None:
                if piece.list in self.lists:
                    self.there[piece.id] = piece
            elif piece.drawn > known.drawn:
                if piece.list and piece.list not in self.lists:
                    del self.there[piece.id]
                else:
                    self.there[piece.id] = piece

    def notes(self) -> list[Piece]:
        """The notes that stand on it."""
        return [piece for piece in self.there.values() if piece.id.startswith("note-")]

    def differences(self, page: Page) -> list[str]:
        """Say where this board is not what a fresh page shows."""
        fresh = {piece.id: piece for piece in page.pieces if not piece.id.startswith(OTHERS)}
        mine = {name: piece for name, piece in self.there.items() if not name.startswith(OTHERS)}
        found = [f"{name} is missing" for name in fresh.keys() - mine.keys()]
        found += [f"{name} should be gone" for name in mine.keys() - fresh.keys()]
        found += [
            f"{name} looks different: {_first_difference(mine[name].html, fresh[name].html)}"
            for name in fresh.keys() & mine.keys()
            if mine[name].html != fresh[name].html
        ]
        if not found:
            found += [
                f"{place} is in another order"
                for place in page.lists
                if _order(self.there.values(), place) != [piece.id for piece in page.pieces if piece.list == place]
            ]
        return sorted(found)


def _order(pieces: Iterable[Piece], place: str) -> list[str]:
    own = (piece for piece in pieces if piece.list == place)
    return [piece.id for piece in sorted(own, key=lambda piece: (piece.rank, piece.id))]


def _first_difference(mine: str, fresh: str) -> str:
    at = next((place for place, (one, other) in enumerate(zip(mine, fresh, strict=False)) if one != other), 0)
    return f"…{mine[max(0, at - 20) : at + 40]}… instead of …{fresh[max(0, at - 20) : at + 40]}…"
