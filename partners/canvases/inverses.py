"""How what was done to notes is taken back, on top of what others did since.

Each asks the rights of this moment, and leaves a note as it is, saying why, when others have gone on with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.errors import Conflict, NotFound
from partners.base.merge import merge
from partners.canvases import events
from partners.canvases.access import CanvasInView, canvas_in
from partners.canvases.locks import lock_notes, lock_sheets
from partners.canvases.models import TEXT_LIMIT, Canvas, Comment, Note, Thumb
from partners.canvases.operations.steps import (
    record_deletion,
    record_edit,
    record_look,
    record_move,
    record_restoration,
)
from partners.canvases.operations.talk import (
    record_comment,
    record_comment_deletion,
    record_confirmation,
    record_thumb,
)
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.workspaces.rules import Action


def hold_notes(told: Iterable[Event]) -> dict[UUID, Note]:
    """Lock and return the notes that some events are about, and their sheets."""
    about = [event for event in told if event.thing_type == "note"]
    ids = {event.thing_id for event in about}
    sheets = {UUID(event.data["from_canvas"]) for event in about if "from_canvas" in event.data}
    sheets.update(Note.objects.filter(pk__in=ids).order_by().values_list("canvas_id", flat=True))
    lock_sheets(*sheets)
    return lock_notes(ids, to_move=True)


@inverse(events.NoteAdded, _lazy("added “%(text)s”"), _lazy("added %(count)s notes"))
@inverse(events.NoteRestored, _lazy("brought back “%(text)s”"), _lazy("brought back %(count)s notes"))
def delete_again(undoing: Undoing, event: Event) -> None:
    """Put the note into the trash, where a redo finds it."""
    if note := _living(undoing, event, Action.WRITE):
        record_deletion(undoing.change, note)


@inverse(events.NoteDeleted, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s notes"))
def bring_back(undoing: Undoing, event: Event) -> None:
    """Bring the note back to its place."""
    note = _note(undoing, event, Action.WRITE)
    if note.deleted_at is None:
        undoing.leave(_("“%(text)s” is back already.") % {"text": note})
    else:
        record_restoration(undoing.change, note)


@inverse(events.NoteEdited, _lazy("changed “%(text)s”"), _lazy("changed the words of %(count)s notes"))
def put_back_words(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep what others wrote since; raises `Conflict` where theirs replaced mine."""
    note = _living(undoing, event, Action.WRITE)
    if note is None:
        return
    merged = merge(event.data["text"], event.data["before"], note.text).text
    if not merged or len(merged) > TEXT_LIMIT:
        raise Conflict(
            _("Somebody has changed the same words of “%(text)s” since, so it stays as it is.") % {"text": note},
            code="same_words",
            yours=event.data["before"],
            theirs=note.text,
        )
    if merged == note.text:
        undoing.leave(_("“%(text)s” says so already.") % {"text": note})
    record_edit(undoing.change, note, merged, merged=note.text != event.data["text"])


@inverse(events.NoteLooked, _lazy("marked “%(text)s”"), _lazy("marked %(count)s notes"))
def put_back_look(undoing: Undoing, event: Event) -> None:
    """Put back the fields that still are as I set them."""
    note = _living(undoing, event, Action.WRITE)
    if note is None:
        return
    mine = [name for name, value in event.data["after"].items() if getattr(note, name) == value]
    record_look(undoing.change, note, {name: event.data["before"][name] for name in mine})
    if len(mine) < len(event.data["after"]):
        undoing.leave(_("Somebody has marked “%(text)s” otherwise since.") % {"text": note})


@inverse(events.NoteMoved, _lazy("moved “%(text)s”"), _lazy("moved %(count)s notes"))
def move_back(undoing: Undoing, event: Event) -> None:
    """Move the note back to where it came from, if it still stands where I put it, without what its block gave it."""
    if not event.data["arrived"]:
        return  # told on the sheet that it left; the arrival is taken back
    note = _living(undoing, event, Action.WRITE)
    if note is None:
        return
    if not _stands_where_put(note, event):
        undoing.leave(_("Somebody has moved “%(text)s” on since.") % {"text": note})
        return
    home = _canvas(undoing, UUID(event.data["from_canvas"]))
    home.require(Action.WRITE)
    block, rank = event.data["from_block"], event.data["from_rank"]
    given = event.data["after"].items()
    look = {name: event.data["before"][name] for name, value in given if getattr(note, name) == value}
    record_move(undoing.change, note, to=home, block=block, rank=rank, look=look)


@inverse(events.NoteThumbed, _lazy("👍 on “%(text)s”"), _lazy("👍 on %(count)s notes"))
def toggle_thumb(undoing: Undoing, event: Event) -> None:
    """Take my 👍 back, or give it again."""
    note = _living(undoing, event, Action.THUMB)
    member = undoing.viewer.member
    if note is None or member is None:
        return
    if Thumb.objects.filter(note=note, member=member).exists() == event.data["given"]:
        record_thumb(undoing.change, note, member, given=not event.data["given"])
    else:
        undoing.leave(_("Your 👍 on “%(text)s” is as it was already.") % {"text": note})


@inverse(events.NoteConfirmed, _lazy("confirming “%(text)s”"), _lazy("confirming %(count)s notes"))
def put_back_confirmation(undoing: Undoing, event: Event) -> None:
    """Take back that the organisation confirms the note, or say so again."""
    note = _living(undoing, event, Action.CONFIRM)
    if note is None:
        return
    if bool(note.confirmed_by_id) != event.data["confirmed"]:
        undoing.leave(_("Somebody else has confirmed “%(text)s” or taken it back since.") % {"text": note})
        return
    before = event.data["before"]
    record_confirmation(undoing.change, note, UUID(before) if before else None)


@inverse(events.CommentAdded, _lazy("a comment on “%(text)s”"), _lazy("%(count)s comments"))
def take_back_comment(undoing: Undoing, event: Event) -> None:
    """Take my comment back."""
    comment = _comment(undoing, event)
    if comment.deleted_at:
        undoing.leave(_("This comment is gone already."))
    else:
        record_comment_deletion(undoing.change, comment)


@inverse(events.CommentDeleted, _lazy("taking back a comment on “%(text)s”"), _lazy("taking back %(count)s comments"))
def say_again(undoing: Undoing, event: Event) -> None:
    """Bring my own comment back; nobody says again what another person said."""
    comment = _comment(undoing, event)
    if undoing.viewer.member is None or comment.author_id != undoing.viewer.member.pk:
        undoing.leave(_("Only the person who wrote this comment can say it again."))
    elif comment.deleted_at is None:
        undoing.leave(_("This comment is back already."))
    else:
        comment.deleted_at = None
        comment.save(update_fields=["deleted_at", "updated_at"])
        record_comment(undoing.change, comment)


def _note(undoing: Undoing, event: Event, action: Action) -> Note:
    """The note of an event, which this person may still see and do this to; raises what `access` raises."""
    note = undoing.held.get(event.thing_id)
    if not isinstance(note, Note):
        raise NotFound
    canvas_in(undoing.viewer, note.canvas).require(action)
    return note


def _living(undoing: Undoing, event: Event, action: Action) -> Note | None:
    """The same, or None (and said) when it is in the trash."""
    note = _note(undoing, event, action)
    if note.deleted_at is None:
        return note
    undoing.leave(_("“%(text)s” is in the trash.") % {"text": note})
    return None


def _comment(undoing: Undoing, event: Event) -> Comment:
    note = _note(undoing, event, Action.COMMENT)
    comment = Comment.objects.filter(pk=event.data["comment"], note=note).first()
    if comment is None:
        raise NotFound
    comment.note = note
    return comment


def _canvas(undoing: Undoing, canvas_id: UUID) -> CanvasInView:
    canvas = Canvas.objects.filter(pk=canvas_id).select_related("organisation", "partnership").first()
    if canvas is None:
        raise NotFound
    return canvas_in(undoing.viewer, canvas)


def _stands_where_put(note: Note, event: Event) -> bool:
    """Whether nobody else moved the note on."""
    if (note.canvas_id, note.block) != (event.canvas_id, event.data["block"]):
        return False
    if note.rank == event.data["rank"]:
        return True
    later = Event.objects.filter(thing_id=note.pk, seq__gt=event.seq, kind=event.kind)
    return not later.exclude(actor=event.actor_id).exists()
