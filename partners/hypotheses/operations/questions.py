"""Big questions: asked, linked to ideas, answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import Written, write_fields
from partners.base.checking import checked_words
from partners.base.errors import Conflict, Invalid, NotFound
from partners.events import log
from partners.events.made_with import require_made_with
from partners.hypotheses import events
from partners.hypotheses.models import BigQuestion, SynergyHypothesis
from partners.hypotheses.models.rhythm import ANSWER_LIMIT, QUESTION_LIMIT
from partners.hypotheses.operations.shared import merged
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.operations.pairs import lock_comparison

AT_MOST = 100


def ask_question(
    *, seen: PartnershipInView, text: str, ideas: Collection[UUID] = (), question_id: UUID | None = None
) -> BigQuestion:
    """Ask a big question, linked to ideas; the same `question_id` twice is one.

    Raises `Invalid`, `NotFound`, and `Conflict` when the same `question_id` comes with other words.
    """
    by = seen.require_negotiating()
    require_open(seen)
    text = checked_words(text, QUESTION_LIMIT)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if question_id and (made := BigQuestion.objects.filter(pk=question_id).first()):
            if made.partnership_id != seen.partnership.pk:
                raise NotFound
            require_made_with(made.pk, {"text": text}, now={"text": made.text})
            return made
        if BigQuestion.objects.filter(partnership=seen.partnership, deleted_at=None).count() >= AT_MOST:
            raise Invalid(_("At most %(limit)s big questions, please.") % {"limit": AT_MOST}, code="too_many")
        linked = _ideas(seen, ideas)
        question = BigQuestion(pk=question_id or uuid4(), partnership=seen.partnership, text=text, author=by)
        question.save(force_insert=True)
        question.ideas.set(linked)
        change.record(events.QuestionAsked(**about(question)))
    return question


def change_question(
    *,
    seen: PartnershipInView,
    question: BigQuestion,
    text: str | None = None,
    ideas: Collection[UUID] | None = None,
    base: Mapping[str, str] | None = None,
) -> BigQuestion:
    """Reword a big question, merged with what others wrote since `base`, or link it to other ideas (None: leave it).

    Its links to ideas that were deleted stay: nobody could choose them, and they count when the ideas are back.
    """
    by = seen.require_negotiating()
    require_open(seen)
    words = {} if text is None else {"text": checked_words(text, QUESTION_LIMIT)}
    with log.change(seen.partnership.workspace_id, by=by) as change:
        question = locked_question(seen, question, yours=text or "")
        limits = {"text": QUESTION_LIMIT}
        now = {"text": question.text}
        new, is_merged = merged(words, base=base or {}, now=now, limits=limits, version=question.drawn)
        linked = None if ideas is None else [idea.pk for idea in [*_ideas(seen, ideas), *_deleted(question)]]
        record_question(change, question, new, linked, merged=is_merged)
    return question


def answer_question(
    *, seen: PartnershipInView, question: BigQuestion, answer: str, base: Mapping[str, str] | None = None
) -> BigQuestion:
    """Answer a big question, merged with what others wrote since `base`; an empty answer opens it again."""
    by = seen.require_negotiating()
    require_open(seen)
    words = {"answer": checked_words(answer, ANSWER_LIMIT, may_be_empty=True, field="answer")}
    with log.change(seen.partnership.workspace_id, by=by) as change:
        question = locked_question(seen, question, yours=answer)
        limits = {"answer": ANSWER_LIMIT}
        now = {"answer": question.answer}
        new, is_merged = merged(words, base=base or {}, now=now, limits=limits, version=question.drawn)
        record_answer(change, question, new["answer"], merged=is_merged)
    return question


def remove_question(*, seen: PartnershipInView, question: BigQuestion, removed: bool = True) -> BigQuestion:
    """Delete a big question, or bring it back; twice is once."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        question = BigQuestion.objects.get(pk=question.pk)
        if bool(question.deleted_at) != removed:
            record_removal(change, question, removed=removed)
    return question


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_question(
    change: log.Change,
    question: BigQuestion,
    words: Mapping[str, str],
    ideas: Collection[UUID] | None,
    *,
    merged: bool = False,
) -> None:
    """Write other words and links, where they differ, and record them."""
    written = write_fields(question, words) or Written({}, {})
    before, after = dict(written.before), dict(written.after)
    if ideas is not None:
        now = {idea.pk for idea in question.ideas.all()}
        if now != set(ideas):
            question.ideas.set(ideas)
            question.save(update_fields=["updated_at"])
            before["ideas"], after["ideas"] = sorted(map(str, now)), sorted(map(str, ideas))
    if after:
        change.record(events.QuestionChanged(**about(question), before=before, after=after, merged=merged))


def record_answer(change: log.Change, question: BigQuestion, answer: str, *, merged: bool = False) -> None:
    """Write another answer and record it; nothing when it is the same."""
    if written := write_fields(question, {"answer": answer}):
        before = written.before["answer"]
        change.record(events.QuestionAnswered(**about(question), before=before, after=answer, merged=merged))


def record_removal(change: log.Change, question: BigQuestion, *, removed: bool) -> None:
    """Delete a big question or bring it back, and record it."""
    question.deleted_at = timezone.now() if removed else None
    question.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.QuestionRemoved(**about(question), removed=removed))


def about(thing: BigQuestion) -> dict[str, Any]:
    """What every event about a big question tells."""
    return {"thing_id": thing.pk, "partnership_id": thing.partnership_id, "text": str(thing)}


def locked_question(seen: PartnershipInView, question: BigQuestion, *, yours: str = "") -> BigQuestion:
    """Read a big question again, under the same lock; raises `Conflict` when somebody deleted it."""
    lock_comparison(seen)
    fresh = BigQuestion.objects.get(pk=question.pk)
    if fresh.deleted_at is not None:
        raise Conflict(_("Somebody deleted this question."), code="deleted", yours=yours, theirs="")
    return fresh


def _ideas(seen: PartnershipInView, ids: Collection[UUID]) -> list[SynergyHypothesis]:
    """Return ideas of this partnership, deleted or not; raises `NotFound` when one is of another."""
    wanted = set(ids)
    here = SynergyHypothesis.objects.filter(partnership=seen.partnership)
    found = list(here.filter(pk__in=wanted)) if wanted else []
    if len(found) != len(wanted):
        raise NotFound
    return found


def _deleted(question: BigQuestion) -> list[SynergyHypothesis]:
    """The deleted ideas that a question is linked to."""
    return list(question.ideas.exclude(deleted_at=None))
