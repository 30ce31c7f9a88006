"""Taking back what was done to iterations and big questions, on top of what others did since."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.changing import kept, still
from partners.base.errors import NotFound
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.hypotheses import events
from partners.hypotheses.inverses.shared import is_as_i_left_it, is_gone, merged_back, others_went_on, partnership_of
from partners.hypotheses.models import BigQuestion, Iteration
from partners.hypotheses.models.rhythm import ANSWER_LIMIT, QUESTION_LIMIT, REVIEW_LIMIT
from partners.hypotheses.operations import iterations, questions


@inverse(events.IterationAdded, _lazy("planned “%(text)s”"), _lazy("planned %(count)s iterations"))
def delete_iteration_again(undoing: Undoing, event: Event) -> None:
    """Delete the iteration, where a redo finds it."""
    iteration = _iteration(undoing, event)
    if not is_gone(undoing, iteration) and not others_went_on(undoing, event, iteration):
        iterations.record_removal(undoing.change, iteration, removed=True)


@inverse(events.IterationRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s iterations"))
def put_back_iteration(undoing: Undoing, event: Event) -> None:
    """Bring the iteration back, or delete it again."""
    iteration = _iteration(undoing, event)
    if is_as_i_left_it(undoing, event, iteration):
        iterations.record_removal(undoing.change, iteration, removed=not event.data["removed"])


@inverse(events.IterationChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s iterations"))
def put_back_days(undoing: Undoing, event: Event) -> None:
    """Put back what still is as I set it."""
    iteration = _iteration(undoing, event)
    if is_gone(undoing, iteration):
        return
    mine = still(iteration, event.data["after"])
    if not mine:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": iteration})
    back = kept(Iteration, {name: event.data["before"][name] for name in mine})
    iterations.record_iteration(undoing.change, iteration, back)


@inverse(events.IterationReviewed, _lazy("the review of “%(text)s”"), _lazy("the reviews of %(count)s iterations"))
def put_back_review(undoing: Undoing, event: Event) -> None:
    """Take back my words of the review and keep others', and open or close the iteration again."""
    iteration = _iteration(undoing, event)
    if is_gone(undoing, iteration):
        return
    now = {name: getattr(iteration, name) for name in event.data["after"]}
    limits = dict.fromkeys(now, REVIEW_LIMIT)
    back = merged_back(event.data["before"], event.data["after"], now, limits=limits)
    by = undoing.viewer.member
    iterations.record_review(undoing.change, iteration, back, closed=event.data["was_closed"], by=by)


@inverse(events.QuestionAsked, _lazy("asked “%(text)s”"), _lazy("asked %(count)s big questions"))
def delete_question_again(undoing: Undoing, event: Event) -> None:
    """Delete the question, where a redo finds it."""
    question = _question(undoing, event)
    if not is_gone(undoing, question) and not others_went_on(undoing, event, question):
        questions.record_removal(undoing.change, question, removed=True)


@inverse(events.QuestionRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s big questions"))
def put_back_question(undoing: Undoing, event: Event) -> None:
    """Bring the question back, or delete it again."""
    question = _question(undoing, event)
    if is_as_i_left_it(undoing, event, question):
        questions.record_removal(undoing.change, question, removed=not event.data["removed"])


@inverse(events.QuestionChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s big questions"))
def put_back_question_words(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep others'; put the links back where they still are as I set them."""
    question = _question(undoing, event)
    if is_gone(undoing, question):
        return
    before, after = event.data["before"], event.data["after"]
    now = {"text": question.text} if "text" in after else {}
    back = merged_back(before, {name: after[name] for name in now}, now, limits={"text": QUESTION_LIMIT})
    linked = sorted(str(idea.pk) for idea in question.ideas.all())
    ideas = [UUID(pk) for pk in before["ideas"]] if after.get("ideas") == linked else None
    if back == now and ideas is None:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": question})
    questions.record_question(undoing.change, question, back, ideas, merged=now != {name: after[name] for name in now})


@inverse(events.QuestionAnswered, _lazy("the answer to “%(text)s”"), _lazy("the answers to %(count)s questions"))
def put_back_answer(undoing: Undoing, event: Event) -> None:
    """Take back my words of the answer and keep what others wrote since."""
    question = _question(undoing, event)
    if is_gone(undoing, question):
        return
    said, now = {"answer": event.data["after"]}, {"answer": question.answer}
    back = merged_back({"answer": event.data["before"]}, said, now, limits={"answer": ANSWER_LIMIT})
    if back == now:
        undoing.leave(_("“%(text)s” is answered so already.") % {"text": question})
    questions.record_answer(undoing.change, question, back["answer"], merged=now != said)


def _iteration(undoing: Undoing, event: Event) -> Iteration:
    partnership_of(undoing, event)
    iteration = Iteration.objects.filter(pk=event.thing_id).first()
    if iteration is None:
        raise NotFound
    return iteration


def _question(undoing: Undoing, event: Event) -> BigQuestion:
    partnership_of(undoing, event)
    question = BigQuestion.objects.filter(pk=event.thing_id).first()
    if question is None:
        raise NotFound
    return question
