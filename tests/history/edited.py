"""Notes with a long past, straight into the tables, for benches only: by operations it would take minutes."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from partners.canvases.events import NoteEdited
from partners.canvases.models import Note
from partners.events.models import Event, LogHead
from partners.workspaces.models import Workspace


def edited(workspace: Workspace, notes: list[Note], times: int) -> list[Event]:
    """Edit the notes in turns, so many times together; returns what the log tells of it."""
    head = LogHead.objects.get(workspace=workspace)
    now = timezone.now()
    told = []
    for place in range(times):
        note = notes[place % len(notes)]
        before, note.text = note.text, f"{note.text.partition(' · ')[0]} · said anew as number {place}"
        note.text_version += 1
        event = NoteEdited(
            thing_id=note.pk,
            canvas_id=note.canvas_id,
            partnership_id=note.canvas.partnership_id,
            before=before,
            text=note.text,
            version=note.text_version,
        )
        head.seq += 1
        told.append(
            Event(
                workspace=workspace,
                seq=head.seq,
                change=uuid4(),
                kind=event.kind,
                thing_type=event.thing_type,
                thing_id=note.pk,
                canvas_id=note.canvas_id,
                partnership_id=event.partnership_id,
                actor_id=note.author_id,
                at=now,
                data=event.data(),
            )
        )
        note.drawn = head.seq
    Event.objects.bulk_create(told, batch_size=1000)
    Note.objects.bulk_update(notes, ["text", "text_version", "drawn"])
    head.save()
    return told
