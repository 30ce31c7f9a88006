"""A board in memory, as simple as can be: what everybody expects the real one to be after each thing they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from partners.canvases.models import Comment, Note, Thumb
from tests.factories import Cast

Place = tuple[UUID, str]
"""A sheet and a block of it."""


@dataclass(frozen=True)
class ShadowNote:
    """All of a note that people see or can bring back."""

    place: Place
    text: str
    fill: str = "plain"
    tags: tuple[str, ...] = ()
    is_there: bool = True
    thumbs: frozenset[UUID] = frozenset()
    comments: tuple[str, ...] = ()


@dataclass
class Shadow:
    """The notes by id, their former wordings, and the order in each block of those that are there."""

    notes: dict[UUID, ShadowNote] = field(default_factory=dict)
    wordings: dict[UUID, list[str]] = field(default_factory=dict)
    order: dict[Place, list[UUID]] = field(default_factory=dict)

    def put(self, pk: UUID, note: ShadowNote, after: UUID | str | None) -> None:
        """A new note, or one at a new place: behind another, first, or at the end."""
        self.take_out(pk)
        self.notes[pk] = note
        self.wordings.setdefault(pk, [note.text])
        there = self.order.setdefault(note.place, [])
        behind = there.index(after) + 1 if isinstance(after, UUID) and after in there else len(there)
        there.insert(0 if after == "first" else behind, pk)

    def change(self, pk: UUID, **fields: object) -> None:
        """Other fields; other words are a new wording."""
        note = self.notes[pk] = replace(self.notes[pk], **fields)  # type: ignore[arg-type]  # the fields of a note
        if note.text != self.wordings[pk][-1]:
            self.wordings[pk].append(note.text)
        if not note.is_there:
            self.take_out(pk)

    def take_out(self, pk: UUID) -> None:
        """Out of the order of its block."""
        for there in self.order.values():
            if pk in there:
                there.remove(pk)

    def follow(self, cast: Cast, touched: Iterable[UUID]) -> None:
        """Believe the real board about these notes, and about nothing else: the others keep their order."""
        notes, order = real(cast)
        found = set(touched)
        for pk in found:
            self.take_out(pk)
        standing = [pk for there in order.values() for pk in there if pk in found]
        for pk in [*standing, *found.difference(standing)]:
            note = notes[pk]
            if note.is_there:
                others = order[note.place]
                before = [other for other in others[: others.index(pk)] if other in self.order.get(note.place, ())]
                self.put(pk, note, before[-1] if before else "first")
            else:
                self.wordings.setdefault(pk, [note.text])
                self.notes[pk] = note
            if note.text != self.wordings[pk][-1]:
                self.wordings[pk].append(note.text)

    def seen(self) -> tuple[dict[UUID, ShadowNote], dict[Place, list[UUID]]]:
        """The same as `real`."""
        return self.notes, {place: there for place, there in self.order.items() if there}


def real(cast: Cast) -> tuple[dict[UUID, ShadowNote], dict[Place, list[UUID]]]:
    """What the database holds: every note, and the order in each block of those that are there."""
    mine = Note.objects.filter(canvas__workspace=cast.workspace)
    thumbs: dict[UUID, set[UUID]] = {}
    for note_id, member_id in Thumb.objects.values_list("note_id", "member_id"):
        thumbs.setdefault(note_id, set()).add(member_id)
    comments: dict[UUID, list[str]] = {}
    for note_id, text in Comment.objects.filter(deleted_at=None).order_by("text").values_list("note_id", "text"):
        comments.setdefault(note_id, []).append(text)
    notes: dict[UUID, ShadowNote] = {}
    order: dict[Place, list[UUID]] = {}
    for note in mine.order_by("rank", "pk"):
        place = (note.canvas_id, note.block)
        is_there = note.deleted_at is None
        notes[note.pk] = ShadowNote(
            place,
            note.text,
            note.fill,
            tuple(note.tags),
            is_there,
            frozenset(thumbs.get(note.pk, ())),
            tuple(comments.get(note.pk, ())),
        )
        if is_there:
            order.setdefault(place, []).append(note.pk)
    return notes, order
