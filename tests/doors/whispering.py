"""A sealed partnership, what its companies write behind each other's back, and whether somebody hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from partners.workspaces import operations
from partners.workspaces.models import Invitation, Membership, Organisation
from tests.doors.sweeping import addresses, sweep
from tests.factories import Cast
from tests.remembering import remembered

WORDS = ("Secret", "Hushed")


@dataclass
class Talks:
    """The workshop with a sealed partnership, and everybody who may not look behind De'Longhi's back."""

    cast: Cast
    room: str
    people: dict[str, Membership]

    def client(self, who: str) -> Client:
        """The browser of one of the watchers; the room screen's has no cookies."""
        return self.cast.client(None if who == "room" else self.people[who])

    def sheet(self, company: Organisation) -> Canvas:
        """A company's sealed sheet."""
        return self.cast.sheet(self.cast.with_delonghi, company)

    @remembered
    def delonghi_whispers(self) -> list[UUID]:
        """Have De'Longhi do on its sealed sheet whatever can be done there; returns what must not be heard of."""
        return self._whisper(self.cast.carla, self.cast.delonghi, self.cast.nespresso)

    @remembered
    def nespresso_whispers(self) -> list[UUID]:
        """Have Nespresso do the same."""
        return self._whisper(self.cast.bo, self.cast.nespresso, self.cast.delonghi)

    @remembered
    def both_whisper(self) -> list[UUID]:
        """Have both of them do it."""
        cast = self.cast
        theirs = self._whisper(cast.carla, cast.delonghi, cast.nespresso)
        return [*theirs, *self._whisper(cast.bo, cast.nespresso, cast.delonghi)]

    def whisper_behind(self, who: str) -> list[UUID]:
        """Have each company whisper that somebody is not of; returns what they must not hear of."""
        cast = self.cast
        mine = None if who == "room" else self.people[who].organisation_id
        whispers: dict[UUID | None, Callable[[], list[UUID]]]
        whispers = {cast.nespresso.pk: self.delonghi_whispers, cast.delonghi.pk: self.nespresso_whispers}
        hidden = whispers.get(mine, self.both_whisper)()
        return hidden + [self.sheet(company).pk for company in (cast.delonghi, cast.nespresso) if company.pk != mine]

    def addresses(self, who: str) -> list[str]:
        """Every kind of address, with things of every kind: hidden and seen, of the one side and the other."""
        cast, companies = self.cast, (self.cast.nespresso, self.cast.delonghi)
        only: dict[str, list[Any]] = {
            # A rival's guest has a partnership of his own to look at.
            "partnership_id": [cast.with_delonghi.pk] + [cast.with_breville.pk] * (who == "dan"),
            "organisation_id": [company.pk for company in companies],
            "organisation": [company.pk for company in companies],
            "member_id": [cast.carla.pk],
            # Whoever whispers takes from both models, which both companies see: one is as good as the other.
            "canvas_id": [sheet.pk for sheet in (*map(self.sheet, companies), cast.model(cast.nespresso))],
            # One of each text: a copy stands for what it was copied from.
            "note_id": list({(note.text, note.source_note_id): note.pk for note in Note.objects.all()}.values()),
        }
        return addresses(cast, self.room, only)

    def reveal(self) -> None:
        """Open both."""
        operations.reveal(self.cast.viewer(self.cast.ana), self.cast.with_delonghi)

    def _whisper(self, by: Membership, company: Organisation, other: Organisation) -> list[UUID]:
        cast, sheet = self.cast, self.sheet(company)
        wish = cast.note("Secret wish", by=by, canvas=sheet, block="desired_value", tags=["Secret tag"])
        seen = cast.seen(by, sheet)
        said = sheets.add_comment(sheet=seen, note=wish, text="Hushed remark")
        sheets.give_thumb(sheet=seen, note=wish)
        sheets.edit_note(sheet=seen, note=wish, text="Secret wish, in other words")
        sheets.change_look(sheet=seen, note=wish, fill="sun")
        copied = sheets.copy_note(sheet=seen, note=wish)
        gone = cast.note("Secret regret", by=by, canvas=sheet, block="intent")
        sheets.delete_note(sheet=seen, note=gone)
        taken = []
        for model, words in ((company, f"{company.short_name} has it"), (other, f"{other.short_name} has it")):
            source = Note.objects.get(text=words, source_note=None)
            viewed = cast.seen(by, cast.model(model))
            taken.append(sheets.take_note(source=viewed, note=source, into=seen))
        sheets.delete_note(sheet=seen, note=taken[0])
        sheets.restore_note(sheet=seen, note=taken[0])
        return [wish.pk, copied.pk, gone.pk, said.pk, *(note.pk for note in taken)]


def lay_talks(cast: Cast) -> Talks:
    """A sealed partnership between two companies whose models have something to take."""
    for company, by in ((cast.nespresso, cast.bo), (cast.delonghi, cast.carla)):
        cast.note(f"{company.short_name} has it", by=by, canvas=cast.model(company), block="key_resources")
    facilitator = cast.viewer(cast.ana)
    noor, olga, third = (cast.join(name, None) for name in ("Noor Bakker", "Olga Weiss", "Theo Third"))
    wide, roles = Membership.Scope.WORKSPACE, Membership.Role
    operations.change_member(viewer=facilitator, member=noor, role=roles.FACILITATOR, scope=wide)
    operations.change_member(viewer=facilitator, member=olga, role=roles.OBSERVER, scope=wide)
    operations.change_member(viewer=facilitator, member=third, organisation=cast.breville, scope=wide)
    screen = operations.invite(viewer=facilitator, kind=Invitation.Kind.ROOM)
    operations.follow_in_room(viewer=facilitator, page=f"{cast.with_delonghi.pk}/sketch/end")
    operations.seal(facilitator, cast.with_delonghi)
    return Talks(cast, screen.code, {**cast.members, "noor": noor, "olga": olga, "third": third})


talks_again = remembered(lay_talks)


def heard(talks: Talks, who: str, hidden: list[UUID], at: tuple[str, ...] = ("/",)) -> list[str]:
    """What somebody is told of hidden things, at all kinds of addresses of the site or at some doors."""
    asked = [address for address in talks.addresses(who) if any(door in address for door in at)]
    return told_of(hidden, sweep(talks.client(who), asked))


def told_of(hidden: list[UUID], answers: Iterable[tuple[str, int, str]]) -> list[str]:
    """The answers that hold hidden words or ids, or that broke."""
    told = []
    for address, status, text in answers:
        path = address.partition("?")[0]
        told += [f"{address}: {status}"] if status >= 500 else []
        told += [f"{address}: {word}" for word in WORDS if word in text]
        told += [f"{address}: {pk}" for pk in hidden if str(pk) in text and str(pk) not in path]
    return told
