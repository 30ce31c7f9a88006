"""A joint sentence's words, put together with what others wrote meanwhile."""

from __future__ import annotations

from partners.base.merging import merged_words
from partners.canvases.models import TEXT_LIMIT
from partners.events.models import Event
from partners.value_fit.models import JointSentence

WRITTEN = ("sentence_added", "sentence_edited")  # the events that write them


def put_together(
    sentence: JointSentence, text: str, base_version: int | None, base_text: str | None = None
) -> tuple[str, bool]:
    """Return a sentence's new words, and whether others' are among them.

    Raises `Conflict` with both versions in `details` when both changed the same words since `base_version`, or since
    `base_text`, which outranks it.
    """
    if base_text is None and (base_version is None or base_version >= sentence.text_version):
        return text, False
    base = text_at(sentence, base_version or 1) if base_text is None else base_text
    if base == sentence.text:
        return text, False
    version = sentence.text_version
    return merged_words(text, base=base, theirs=sentence.text, version=version, limit=TEXT_LIMIT), True


def text_at(sentence: JointSentence, version: int) -> str:
    """Return a sentence's words as they were in a version, from the log; the words of now when it is not known."""
    told = Event.objects.filter(thing_id=sentence.pk, kind__in=WRITTEN).order_by("seq")
    texts = {int(data.get("version", 1)): str(data["text"]) for data in told.values_list("data", flat=True)}
    return texts.get(version, sentence.text)
