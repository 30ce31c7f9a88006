"""Sheets and notes as REST tells them: the same sets as the pages', in a known number of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partners.canvases.access import visible_canvas_ids
from partners.canvases.kinds import KINDS
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.events.models import Event
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.gone import emptied_since, organisations_gone, partnerships_gone, still_there

Gone = tuple[UUID, datetime]
LEFT_ITS_PLACE = ("note_deleted", "note_moved")


def etag_of(note: Note) -> str:
    """Return the version of everything that is written out of a note (one of `notes_seen`).

    Not the log's number, which also grows when the note is taken to a sheet that is hidden from the asker.
    """
    counts: Any = (note.comment_count, note.thumb_count)  # type: ignore[attr-defined]  # counted by `notes_seen`
    seen = (note.updated_at.isoformat(), note.rank, *counts)
    return f'"{note.text_version}-{hashlib.sha256(repr(seen).encode()).hexdigest()[:16]}"'


def notes_seen(audience: Audience) -> QuerySet[Note]:
    """Return the living notes an audience sees, with what is written out of them loaded: two queries."""
    comments = Comment.objects.filter(note=OuterRef("pk"), deleted_at=None)
    thumbs = Thumb.objects.filter(note=OuterRef("pk"))
    if audience.people is not None:
        comments = comments.filter(Q(author=None) | Q(author_id__in=audience.people))
        thumbs = thumbs.filter(member_id__in=audience.people)
    return (
        Note.objects.filter(canvas_id__in=visible_canvas_ids(audience), deleted_at=None)
        .select_related("canvas", "source_note__canvas")
        .annotate(comment_count=_count(comments), thumb_count=_count(thumbs))
    )


def comments_seen_in(audience: Audience) -> QuerySet[Comment]:
    """Return the living comments on the notes an audience sees, by people it sees."""
    said = Comment.objects.filter(
        note__canvas_id__in=visible_canvas_ids(audience), note__deleted_at=None, deleted_at=None
    ).select_related("note")
    return said if audience.people is None else said.filter(Q(author=None) | Q(author_id__in=audience.people))


def blocks_of(canvases: Iterable[Canvas]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the blocks of some sheets in fill order, with the number of their notes: one query."""
    canvases = list(canvases)
    rows = Note.objects.filter(canvas__in=canvases, deleted_at=None).order_by()
    counts = {
        (canvas_id, block): number
        for canvas_id, block, number in rows.values_list("canvas_id", "block").annotate(number=Count("pk"))
    }
    return {
        canvas.pk: [
            {
                "canvas": canvas.pk,
                "key": block.key,
                "title": str(block.title),
                "questions": [str(question) for question in block.questions],
                "carries": sorted(block.fields),
                "notes": counts.get((canvas.pk, block.key), 0),
            }
            for block in KINDS[canvas.kind].blocks
        ]
        for canvas in canvases
    }


def canvases_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the sheets that went with their partnership or organisation since a moment.

    Of a partnership that went while it was sealed, only one's own side's.
    """
    partnerships = dict(partnerships_gone(viewer, since).values_list("pk", "deleted_at"))
    organisations = dict(organisations_gone(viewer, since).values_list("pk", "deleted_at"))
    rows = Canvas.objects.filter(workspace=viewer.workspace).filter(
        Q(partnership_id__in=partnerships) | Q(partnership=None, organisation_id__in=organisations)
    )
    rows = rows.exclude(~Q(organisation=viewer.organisation_id), partnership__sealed_at__isnull=False)
    found = rows.values_list("pk", "partnership_id", "organisation_id")
    gone = [(pk, partnerships.get(sheet_of) or organisations[owner]) for pk, sheet_of, owner in found]
    gone += emptied_since(viewer, "canvas", since).items()
    return sorted(((pk, at) for pk, at in gone if at), key=lambda row: (row[1], row[0]))


def notes_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the notes a viewer saw and does not see any more: deleted, moved to a hidden sheet, gone with theirs."""
    seen = visible_canvas_ids(viewer.audience)
    left = Event.objects.filter(
        workspace=viewer.workspace,
        kind__in=LEFT_ITS_PLACE,
        at__gte=since,
        canvas_id__in=seen,
    )
    moments = dict(left.order_by().values_list("thing_id").annotate(last=Max("at")))
    deleted = Note.objects.filter(canvas_id__in=seen, deleted_at__isnull=False, updated_at__gte=since)
    moments |= dict(deleted.order_by().values_list("pk", "updated_at"))  # while the sheet was private, for instance
    sheets = dict(canvases_gone(viewer, since))
    with_sheet = Note.objects.filter(still_there(since), canvas_id__in=sheets).order_by()
    moments |= {pk: sheets[canvas_id] for pk, canvas_id in with_sheet.values_list("pk", "canvas_id")}
    still = Note.objects.filter(pk__in=moments, canvas_id__in=seen, deleted_at=None).order_by()
    for pk in still.values_list("pk", flat=True):
        del moments[pk]
    moments |= emptied_since(viewer, "note", since, seen_canvases=seen)
    return sorted(moments.items(), key=lambda row: (row[1], row[0]))


def comments_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the comments that were taken back, or went with their note, since a moment."""
    audience = viewer.audience
    said = Comment.objects.filter(note__canvas__workspace=viewer.workspace)
    if audience.people is not None:
        said = said.filter(Q(author=None) | Q(author_id__in=audience.people))
    notes = dict(notes_gone(viewer, since))
    on_them = said.filter(still_there(since), note_id__in=notes).values_list("pk", "note_id", "created_at")
    # What was said of a note after it left their sight is nobody's business.
    gone = {pk: notes[note_id] for pk, note_id, made in on_them if made <= notes[note_id]}
    seen = visible_canvas_ids(audience)
    taken_back = said.filter(note__canvas_id__in=seen, deleted_at__isnull=False, updated_at__gte=since).order_by()
    gone |= dict(taken_back.values_list("pk", "updated_at"))
    return sorted(gone.items(), key=lambda row: (row[1], row[0]))


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("note").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
