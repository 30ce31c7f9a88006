"""Whatever is done, a page that follows the stream is what the same page fetched afresh would be."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import cast as known_as
from uuid import UUID

import pytest
from asgiref.typing import HTTPScope

from bench.torture.board import Board
from bench.torture.pieces import read_page, read_pieces
from partners.base.errors import DomainError
from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.history.operations import redo, restore_moment, undo
from partners.live.doors import admit, asked_in
from partners.live.render import news
from partners.live.wire import cursor_from
from partners.value_fit import operations as comparing
from partners.value_fit.access import PartnershipInView, comparison_in
from partners.value_fit.models import Pair
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.history.acts import head

BLOCKS = (NEEDS, NEEDS, OFFERS, OFFERS, "created_value", "key_resources")


class Follower:
    """A page of somebody that is open, and follows the stream."""

    def __init__(self, cast: Cast, who: Membership, path: str) -> None:
        self.name = f"{who.name} on {path}"
        self._client, self._path = cast.client(who), path
        page = read_page(self._client.get(path).content.decode())
        self.board = Board(page)
        self._address, _, self._query = page.body["data-live"].partition("?")
        self._cookies = "; ".join(f"{name}={value}" for name, value in cast.cookies(who).items())
        cursor = cursor_from(page.body["data-cursor"])
        assert cursor
        self._seq = cursor.seq

    def catch_up(self) -> None:
        """Hear what happened since, as the stream tells it."""
        headers = [(b"cookie", self._cookies.encode())]
        request = {"path": self._address, "query_string": self._query.encode(), "headers": headers}
        asked = asked_in(known_as(HTTPScope, request))
        assert asked
        scope = admit(asked).scope
        told = news(scope.workspace_id, {scope: self._seq})
        assert told
        self._seq = told.head
        for piece in told.pieces[scope] or ():
            self.board.receive(read_pieces(piece))

    def differences(self) -> list[str]:
        """Where this is not what a fresh page shows."""
        return self.board.differences(read_page(self._client.get(self._path).content.decode()))


class Room:
    """Two companies and a facilitator at work on models, sketches and their comparison, at random."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.dice = cast, Random(seed)
        here, there = cast.with_delonghi, cast.with_breville
        self.sketches = [cast.sheet(here, cast.nespresso), cast.sheet(here, cast.delonghi)]
        self.sheets = [*self.sketches, cast.model(cast.nespresso), cast.sheet(there, cast.nespresso)]
        for canvas in self.sketches:
            for place in range(3):
                for block in (NEEDS, OFFERS):
                    cast.note(f"{block} {place}", canvas=canvas, block=block)

    def act(self) -> None:
        """Do something; what cannot be done is left."""
        does = [self.move] * 4 + [self.rate, self.pair] * 3 + [self.back] * 4 + [self.write, self.delete, self.restore]
        does += [self.apart, self.declare, self.moment]
        with suppress(DomainError):
            self.dice.choice(does)()

    def note(self, *, deleted: bool = False) -> Note:
        notes = Note.objects.filter(canvas__in=self.sheets, deleted_at__isnull=not deleted).select_related("canvas")
        return self.dice.choice(list(notes.order_by("pk")) or [self.cast.note("Begin")])

    def who(self) -> Membership:
        return self.dice.choice([self.cast.ana, self.cast.ana, self.cast.bo, self.cast.carla])

    def move(self) -> None:
        who, note = self.who(), self.note()
        to = self.cast.seen(who, self.dice.choice(self.sheets))
        after = self.dice.choice(["first", None, self.note().pk])
        sheet = self.cast.seen(who, note.canvas)
        sheets.move_note(sheet=sheet, to=to, note=note, block=self.dice.choice(BLOCKS), after=after)

    def write(self) -> None:
        who, note = self.who(), self.note()
        sheets.edit_note(sheet=self.cast.seen(who, note.canvas), note=note, text=f"Words {head(self.cast)}")
        sheets.change_look(sheet=self.cast.seen(who, note.canvas), note=self.fresh(note), weight=3)

    def fresh(self, note: Note) -> Note:
        return Note.objects.select_related("canvas").get(pk=note.pk)

    def delete(self) -> None:
        who, note = self.who(), self.note()
        sheets.delete_note(sheet=self.cast.seen(who, note.canvas), note=note)

    def restore(self) -> None:
        who, note = self.who(), self.note(deleted=True)
        sheets.restore_note(sheet=self.cast.seen(who, note.canvas), note=note)

    def across(self) -> tuple[UUID, UUID]:
        """Some offer and some need of the two sketches."""
        found = [
            list(Note.objects.filter(canvas__in=self.sketches, block=block).order_by("pk")) for block in (OFFERS, NEEDS)
        ]
        offers, needs = (notes or [self.note()] for notes in found)
        return self.dice.choice(offers).pk, self.dice.choice(needs).pk

    def pair(self) -> None:
        offer, need = self.across()
        comparing.make_pair(seen=self.seen(self.who()), offer_id=offer, need_id=need)

    def rate(self) -> None:
        who = self.who()
        assert who.organisation_id
        offer, need = self.across()
        comparing.rate(
            seen=self.seen(who),
            organisation_id=who.organisation_id,
            strength=self.dice.randrange(4),
            offer_id=offer,
            need_id=need,
        )

    def apart(self) -> None:
        pairs = list(Pair.objects.order_by("pk"))
        if pairs:
            comparing.remove_pair(seen=self.seen(self.who()), pair=self.dice.choice(pairs))

    def declare(self) -> None:
        comparing.declare_unmatched(seen=self.seen(self.cast.ana), note_id=self.note().pk, stands=True)

    def moment(self) -> None:
        sheet = self.cast.seen(self.cast.ana, self.dice.choice(self.sheets))
        now = head(self.cast)
        restore_moment(sheet=sheet, moment=self.dice.randrange(now - 15, now), seen=now)

    def back(self) -> None:
        viewer = self.cast.viewer(self.who())
        undo(viewer=viewer)
        if self.dice.random() < 0.5:
            redo(viewer=viewer)

    def seen(self, who: Membership) -> PartnershipInView:
        return comparison_in(self.cast.viewer(who), self.cast.with_delonghi.pk)


@pytest.mark.parametrize("seed", range(2))
def test_a_page_that_follows_is_the_page_fetched_afresh(cast: Cast, seed: int) -> None:
    room = Room(cast, seed)
    here = f"/p/{cast.with_delonghi.pk}/"
    followers = [
        Follower(cast, who, f"{here}{page}")
        for who, page in (
            (cast.ana, "compare/"),
            (cast.carla, "compare/"),
            (cast.eli, "compare/"),
            (cast.bo, "sketch/start/"),
            (cast.carla, "models/start/"),
        )
    ]
    for step in range(15):
        for _act in range(room.dice.randrange(1, 4)):
            room.act()
        for follower in followers:
            follower.catch_up()
            assert follower.differences() == [], f"{follower.name} after step {step}"
