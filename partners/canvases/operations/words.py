"""A note's words: made safe to keep, and put together with what others wrote meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.merging import merged_words
from partners.base.prepared import Prepared
from partners.base.text import clean_text
from partners.canvases.models import TEXT_LIMIT, Note
from partners.canvases.reading import words_in
from partners.events.models import Event
from partners.events.reads import told_number


def checked_text(text: str) -> str:
    """Return a note's words made safe to keep; raises `Invalid` when there are none or too many."""
    cleaned = clean_text(text)
    if not cleaned:
        raise Invalid(_("Write something first."), code="empty", fields={"text": [_("Write something first.")]})
    if len(cleaned) > TEXT_LIMIT:
        message = _("A note holds at most %(limit)s characters; this has %(length)s. Make two of it.") % {
            "limit": TEXT_LIMIT,
            "length": len(cleaned),
        }
        raise Invalid(message, code="too_long", fields={"text": [message]})
    return cleaned


def put_together(
    note: Note, text: str, base_version: int | None, base_text: str | None = None, *, epoch: str
) -> tuple[str, bool]:
    """Return a note's new words, and whether others' are among them; `epoch` is the log's.

    Raises `Conflict` with both versions in `details` when both changed the same words since `base_version`, or since
    `base_text`, which outranks it.
    """
    if base_text is None and (base_version is None or base_version >= note.text_version):
        return text, False
    base = text_at(note, base_version or 1, epoch=epoch) if base_text is None else base_text
    if base == note.text:
        return text, False
    merged = merged_words(text, base=base, theirs=note.text, version=note.text_version, limit=TEXT_LIMIT)
    return merged, True


def text_at(note: Note, version: int, *, epoch: str) -> str:
    """Return a note's words as they were in a version, from the log; the first known when it never had that one."""
    if (known := words_in(note, version, epoch=epoch)) is not None:
        return known
    told = _told_in(note_id=note.pk, version=version)
    return str(told[-1][0]) if told else note.text


@Prepared
def _told_in(*, note_id: UUID, version: int) -> QuerySet[Event, tuple[Any, ...]]:
    """The words that a note began with, and those of a version: not all that it ever had."""
    told = Event.objects.filter(thing_id=note_id).annotate(version=told_number("version"))
    wanted = Q(kind="note_added") | Q(kind="note_edited", version=version)
    return told.filter(wanted).order_by("seq").values_list("data__text")
