"""What people say about notes: comments, 👍, confirming, and taking one for their own side."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, Forbidden, Invalid, NotFound
from partners.canvases import events
from partners.canvases.access import CanvasInView
from partners.canvases.kinds import KINDS
from partners.canvases.locks import lock_sheets
from partners.canvases.models import Comment, Note, Thumb
from partners.canvases.operations.places import block_defaults, block_of, find_rank, make_room
from partners.canvases.operations.steps import alive, locked, record_added
from partners.canvases.operations.words import checked_text
from partners.events import log
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action


def add_comment(*, sheet: CanvasInView, note: Note, text: str, comment_id: UUID | None = None) -> Comment:
    """Say something about a note; the same `comment_id` twice is the same comment.

    Raises `Conflict` with both texts when the same `comment_id` comes with other words.
    """
    by = sheet.require(Action.COMMENT)
    text = checked_text(text)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = alive(locked(note))
        if comment_id and (made := Comment.objects.filter(pk=comment_id).first()):
            if made.note_id != note.pk or not sheet.viewer.audience.sees_person(made.author_id):
                raise NotFound
            if made.text != text:
                message = _("There is a comment with this id already, with other words.")
                raise Conflict(message, code="other_words", yours=text, theirs=made.text)
            return made
        comment = Comment.objects.create(pk=comment_id or uuid4(), note=note, author=by, text=text)
        record_comment(change, comment)
    return comment


def delete_comment(*, sheet: CanvasInView, comment: Comment) -> Comment:
    """Take back one's own comment; a facilitator may take down anybody's. Raises `Forbidden` for others."""
    by = sheet.require(Action.COMMENT)
    if comment.author_id != by.pk and not sheet.viewer.is_facilitator:
        raise Forbidden(_("Only the person who wrote this can take it back."))
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        if comment.deleted_at is None:
            record_comment_deletion(change, comment)
    return comment


def give_thumb(*, sheet: CanvasInView, note: Note, given: bool | None = None) -> bool:
    """Give a 👍 or take it back (None: the other of the two); returns whether it stands now."""
    by = sheet.require(Action.THUMB)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = alive(locked(note))
        stands = Thumb.objects.filter(note=note, member=by).exists()
        wanted = not stands if given is None else given
        if wanted != stands:
            record_thumb(change, note, by, given=wanted)
    return wanted


def confirm_note(*, sheet: CanvasInView, note: Note, confirmed: bool = True) -> Note:
    """Say, as a member of the organisation whose sheet it is, that a note is so; or take that back.

    Stand-ins never confirm: only somebody of that organisation has the right.
    """
    by = sheet.require(Action.CONFIRM)
    with log.change(sheet.canvas.workspace_id, by=by) as change:
        note = alive(locked(note))
        wanted = sheet.canvas.organisation_id if confirmed else None
        if note.confirmed_by_id != wanted:
            record_confirmation(change, note, wanted)
    return note


def take_note(*, source: CanvasInView, note: Note, into: CanvasInView, note_id: UUID | None = None) -> Note:
    """Make the linked note: *We can offer this* from one's own business model, *We want this* from the partner's.

    `into` is one's own Partnership Canvas. Taking the same note twice gives the note that was made first. Raises
    `Invalid` when the note is not from one of the two business models.
    """
    by = source.require(Action.TAKE)
    into.require(Action.WRITE)
    block = _landing_block(source, into)
    with log.change(into.canvas.workspace_id, by=by) as change:
        lock_sheets(into.canvas.pk)
        taken = Note.objects.filter(canvas=into.canvas, block=block, source_note=note, deleted_at=None)
        if made := taken.select_related("canvas", "author").first():
            return made
        note = alive(locked(note))
        make_room(into.canvas)
        linked = Note(
            pk=note_id or uuid4(), canvas=into.canvas, block=block, text=note.text, source_note=note, author=by
        )
        linked.stands_in = into.stands_in
        for name, value in block_defaults(linked, block_of(into.canvas, block)).items():
            setattr(linked, name, value)
        linked.rank = find_rank(into.canvas, block, None)
        linked.save(force_insert=True)
        record_added(change, linked)
    return linked


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_comment(change: log.Change, comment: Comment) -> None:
    """Record a comment that stands now: new, or said again by the person who took it back."""
    change.record(events.CommentAdded(**_about(comment.note), comment=str(comment.pk), said=comment.text))


def record_comment_deletion(change: log.Change, comment: Comment) -> None:
    """Take a comment down and record it."""
    comment.deleted_at = timezone.now()
    comment.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.CommentDeleted(**_about(comment.note), comment=str(comment.pk), said=comment.text))


def record_thumb(change: log.Change, note: Note, by: Membership, *, given: bool) -> None:
    """Give somebody's 👍 or take it back, and record it."""
    if given:
        Thumb.objects.create(note=note, member=by)
    else:
        Thumb.objects.filter(note=note, member=by).delete()
    change.record(events.NoteThumbed(**_about(note), given=given))


def record_confirmation(change: log.Change, note: Note, organisation_id: UUID | None) -> None:
    """Write which organisation confirms a note (None: none does), and record it."""
    before = str(note.confirmed_by_id) if note.confirmed_by_id else None
    note.confirmed_by_id = organisation_id
    note.save(update_fields=["confirmed_by", "updated_at"])
    change.record(events.NoteConfirmed(**_about(note), confirmed=organisation_id is not None, before=before))


def _landing_block(source: CanvasInView, into: CanvasInView) -> str:
    partnership = into.canvas.partnership
    lands = KINDS[source.canvas.kind].takes_into
    if partnership is None or source.canvas.organisation_id not in (partnership.first_id, partnership.second_id):
        raise Invalid(_("This note is from another partnership."), code="foreign_note")
    if not lands:
        raise Invalid(_("Only notes of a business model can be taken."), code="not_a_model")
    return lands["own" if source.canvas.organisation_id == into.canvas.organisation_id else "other"]


def _about(note: Note) -> dict[str, Any]:
    return {
        "thing_id": note.pk,
        "canvas_id": note.canvas_id,
        "partnership_id": note.canvas.partnership_id,
        "text": note.text,
    }
