"""What was read and written of notes lately: who changes one need not read it again to show it.

It is kept under the number that a note was drawn at. Nothing of its picture changes without a new one, so what was read
at the number under which somebody has locked the note is how it is, but for what they change. Its words are kept under
their version, for who has typed on them while others wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from partners.base.kept import Kept
from partners.base.together import Together
from partners.canvases.drawing import Attached, NoteRow
from partners.canvases.models import Note
from partners.canvases.queries import JOINED, NotesRead
from partners.workspaces.models import Workspace

_OWN = [name for name in NoteRow._fields if name not in JOINED and name != "drawn"]

known_rows: Kept[tuple[NoteRow, Attached]] = Kept()
known_words: Kept[str] = Kept(2_000)
_lately: Together[NotesRead] = Together()


def notes_now(note_ids: Collection[UUID], workspace: Workspace) -> NotesRead:
    """Read notes as they are."""
    notes = NotesRead(note_ids)
    epoch = workspace.log_head.epoch.hex  # from before the notes are read
    for row, attached in notes:
        known_rows.keep((epoch, row.pk, row.drawn), (row, attached))
    return notes


def notes_after(number: int, note_ids: set[UUID], workspace: Workspace) -> NotesRead:
    """Return notes as they are after a number that the log has reached: once for an answer and the stream beside it."""
    epoch = workspace.log_head.epoch.hex

    def read() -> NotesRead:
        known = [found for note_id in note_ids if (found := known_rows.get((epoch, note_id, number)))]
        return NotesRead.of(known) if len(known) == len(note_ids) else notes_now(note_ids, workspace)

    return _lately.get((epoch, number, frozenset(note_ids)), read)


def know_changed(note: Note, *, epoch: str, number: int) -> None:
    """Know a note as a change has left it that has number `number` and did nothing else; call it once that stands.

    `note` was read under its lock, and written.
    """
    found = known_rows.get((epoch, note.pk, note.drawn))
    if found and _joins_the_same(note, found[0]):
        row = found[0]._replace(drawn=number, **{name: getattr(note, name) for name in _OWN})
        known_rows.keep((epoch, note.pk, number), (row, found[1]))


def know_words(note: Note, *, epoch: str) -> None:
    """Know the words of a note in its version; call it once that stands."""
    known_words.keep((epoch, note.pk, note.text_version), note.text)


def words_in(note: Note, version: int, *, epoch: str) -> str | None:
    """Return a note's words in a version of the log's epoch, if they are still known: no version is written twice."""
    return known_words.get((epoch, note.pk, version))


def _joins_the_same(note: Note, row: NoteRow) -> bool:
    """Whether a row joins what its note does: what is emptied from the trash is taken off notes without a number."""
    return (
        note.author_id == row.author_id
        and (note.source_note_id is None) == (row.source_block is None)
        and (note.confirmed_by_id is None) == (row.confirmed_by is None)
        and (note.joint_sentence_id is None) == (row.joint_partnership_id is None)
    )
