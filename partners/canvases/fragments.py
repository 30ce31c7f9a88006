"""What changed on sheets, as pieces of HTML: the same for a page's answers and for the stream."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import cast
from uuid import UUID

from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from partners.canvases.access import visible_canvas_ids
from partners.canvases.models import Note
from partners.canvases.queries import DrawnNote, draw_notes
from partners.events import fragments, log
from partners.events.fragments import FeedScope, drawings
from partners.workspaces.access import Audience
from partners.workspaces.models import Workspace

_note_template = SimpleLazyObject(lambda: get_template("canvases/_note.html"))


def note_html(note: DrawnNote) -> str:
    """Return a note as it stands on every page of its audience."""
    return str(_note_template.render({"note": note}))


def gone_html(note_id: UUID, drawn: int) -> str:
    """Return the removal of a note, as of a log number."""
    return f'<del data-gone="note-{note_id}" data-drawn="{drawn}"></del>'


def note_pieces(note_ids: Iterable[UUID], audience: Audience, workspace: Workspace) -> dict[UUID, str]:
    """Return the present picture of some notes for an audience: each as it stands, or its removal."""
    ids = set(note_ids)
    visible = visible_canvas_ids(audience)
    notes = draw_notes(Note.objects.filter(pk__in=ids, deleted_at=None, canvas_id__in=visible), audience, workspace)
    found = {note.id: note_html(note) for note in notes}
    missing = ids - found.keys()
    drawn = dict(Note.objects.filter(pk__in=missing).values_list("pk", "drawn")) if missing else {}
    return found | {note_id: gone_html(note_id, drawn.get(note_id, 0)) for note_id in missing}


def stream_pieces(workspace_id: UUID, thing_ids: Collection[UUID], feed: FeedScope, upto: int) -> list[str]:
    """Return what a feed must hear about some notes; a note that left its sheets is a removal."""
    workspace = Workspace.objects.get(pk=workspace_id)
    with translation.override(feed.language):
        notes = draw_notes(
            Note.objects.filter(pk__in=thing_ids, deleted_at=None, canvas_id__in=feed.canvases),
            cast(Audience, feed.audience),
            workspace,
        )
        html = [drawings.once(note.id, note.drawn, feed, partial(note_html, note)) for note in notes]
    missing = set(thing_ids) - {note.id for note in notes}
    return html + [gone_html(note_id, upto) for note_id in sorted(missing)]


@log.stamps("note")
def stamp_notes(note_ids: set[UUID], seq: int) -> None:
    """Write the log number that last changed the notes' pictures."""
    Note.objects.filter(pk__in=note_ids).update(drawn=seq)


fragments.register("note", stream_pieces)
