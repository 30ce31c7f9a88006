"""A note's words: made safe to keep, and put together with what others wrote meanwhile."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.base.merging import merged_words
from partners.base.text import clean_text
from partners.canvases.models import TEXT_LIMIT, Note
from partners.events.models import Event


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


def put_together(note: Note, text: str, base_version: int | None, base_text: str | None = None) -> tuple[str, bool]:
    """Return a note's new words, and whether others' are among them.

    Raises `Conflict` with both versions in `details` when both changed the same words since `base_version`, or since
    `base_text`, which outranks it.
    """
    if base_text is None and (base_version is None or base_version >= note.text_version):
        return text, False
    base = text_at(note, base_version or 1) if base_text is None else base_text
    if base == note.text:
        return text, False
    merged = merged_words(text, base=base, theirs=note.text, version=note.text_version, limit=TEXT_LIMIT)
    return merged, True


def text_at(note: Note, version: int) -> str:
    """Return a note's words as they were in a version, from the log; the first known when it never had that one."""
    told = Event.objects.filter(thing_id=note.pk, kind__in=("note_added", "note_edited")).order_by("seq")
    texts = {int(data.get("version", 1)): str(data["text"]) for data in told.values_list("data", flat=True)}
    return texts.get(version) or texts.get(1, note.text)
