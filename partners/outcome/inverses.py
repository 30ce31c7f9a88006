"""How what was done to an outcome is taken back, on top of what others did since."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.changing import kept, still
from partners.base.errors import Conflict, NotFound
from partners.base.merge import merge
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.outcome import events
from partners.outcome.access import require_writing
from partners.outcome.models import STEP_LIMIT, WHY_LIMIT, Assent, Decision, NextStep
from partners.outcome.operations.acceptance import about, is_ready, locked_sentence, record_acceptance
from partners.outcome.operations.decisions import decision_of, record_assent, record_reason, record_verdict
from partners.outcome.operations.shared import lock_outcome
from partners.outcome.operations.steps import record_done, record_fields, record_rank, record_removal, record_words
from partners.outcome.operations.writing import Writing
from partners.value_fit.access import PartnershipInView, comparison_in
from partners.workspaces.rules import Action


@inverse(events.DecisionMade, _lazy("wrote down the decision"), _lazy("wrote down the decision"))
def put_back_verdict(undoing: Undoing, event: Event) -> None:
    """Take the decision back to what it was before, with what both had said to that."""
    seen, decision = _decision(undoing, event)
    if decision.verdict != event.data["after"]:
        undoing.leave(_("Somebody has decided otherwise since."))
        return
    record_verdict(undoing.change, decision, event.data["before"], require_writing(seen))
    _agree_again(decision, event)


@inverse(events.DecisionExplained, _lazy("gave the reason “%(text)s”"), _lazy("gave the reason of the decision"))
def put_back_reason(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep what others wrote since."""
    _seen, decision = _decision(undoing, event)
    merged = _merged(event, now=decision.why, limit=WHY_LIMIT)
    if merged == decision.why:
        undoing.leave(_("The reason says so already."))
    record_reason(undoing.change, decision, merged, merged=decision.why != event.data["text"])
    _agree_again(decision, event)


@inverse(events.AssentGiven, _lazy("the yes to the decision"), _lazy("the yes to the decision"))
def put_back_assent(undoing: Undoing, event: Event) -> None:
    """Take a company's yes back, or say it again to what still reads as it did."""
    seen, decision = _decision(undoing, event)
    company = UUID(event.data["organisation"])
    by = undoing.viewer.require(Action.AGREE, company)
    given = Assent.objects.filter(decision=decision, organisation_id=company).exists()
    if given != event.data["given"]:
        undoing.leave(_("What your company says of the decision is as it was already."))
    elif not given and _changed_since(decision, event):
        undoing.leave(_("The decision reads otherwise by now."))
    else:
        record_assent(undoing.change, seen, decision, company, by=by, given=not given)


@inverse(events.StepAdded, _lazy("added “%(text)s”"), _lazy("added %(count)s next steps"))
def drop_again(undoing: Undoing, event: Event) -> None:
    """Drop the step, where a redo finds it."""
    if step := _living(undoing, event):
        record_removal(undoing.change, step, removed=True)


@inverse(events.StepRemoved, _lazy("dropped “%(text)s”"), _lazy("dropped %(count)s next steps"))
def put_back_step(undoing: Undoing, event: Event) -> None:
    """Bring the step back, or drop it again."""
    step = _step(undoing, event)
    if bool(step.deleted_at) == event.data["removed"]:
        record_removal(undoing.change, step, removed=not event.data["removed"])
    else:
        undoing.leave(_("Somebody has dropped “%(text)s” or brought it back since.") % {"text": step})


@inverse(events.StepEdited, _lazy("reworded “%(text)s”"), _lazy("reworded %(count)s next steps"))
def put_back_words(undoing: Undoing, event: Event) -> None:
    """Take back my words and keep what others wrote since."""
    if step := _living(undoing, event):
        merged = _merged(event, now=step.what, limit=STEP_LIMIT)
        if merged == step.what:
            undoing.leave(_("“%(text)s” says so already.") % {"text": step})
        record_words(undoing.change, step, merged, merged=step.what != event.data["text"])


@inverse(events.StepChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s next steps"))
def put_back_fields(undoing: Undoing, event: Event) -> None:
    """Put back who and by when, where they still are as I set them."""
    step = _living(undoing, event)
    if step is None:
        return
    if mine := still(step, event.data["after"]):
        record_fields(undoing.change, step, kept(NextStep, {name: event.data["before"][name] for name in mine}))
    else:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": step})


@inverse(events.StepMoved, _lazy("moved “%(text)s”"), _lazy("moved %(count)s next steps"))
def move_back(undoing: Undoing, event: Event) -> None:
    """Put the step back to its place, if it still stands where I put it."""
    step = _living(undoing, event)
    if step is None:
        return
    if step.rank == event.data["after"]:
        record_rank(undoing.change, step, event.data["before"])
    else:
        undoing.leave(_("Somebody has moved “%(text)s” on since.") % {"text": step})


@inverse(events.StepDone, _lazy("ticked “%(text)s”"), _lazy("ticked %(count)s next steps"))
def tick_back(undoing: Undoing, event: Event) -> None:
    """Open the step again, or tick it again."""
    step = _living(undoing, event)
    if step is None:
        return
    if bool(step.done_at) == event.data["done"]:
        record_done(undoing.change, step, done=not event.data["done"])
    else:
        undoing.leave(_("“%(text)s” is as it was already.") % {"text": step})


@inverse(events.CreatedValueAccepted, _lazy("accepted “%(text)s”"), _lazy("accepted created values"), is_whole=True)
def turn_acceptance(undoing: Undoing, event: Event) -> None:
    """Take the acceptance back with the notes that it brought, or accept again with the same notes."""
    seen, by = _seen(undoing, event)
    sentence = locked_sentence(seen, event.thing_id)
    if (sentence.accepted_at is not None) != event.data["accepted"]:
        undoing.leave(_("Somebody has accepted “%(text)s” or taken that back since.") % {"text": sentence})
        return
    writing = Writing(undoing.change, seen, by)
    if event.data["accepted"]:
        gone, left = writing.take_away(sentence)
        record_acceptance(undoing.change, sentence, accepted=False, notes=gone)
        for note in left:
            undoing.leave(_("“%(text)s” stays on the business model: somebody has gone on with it.") % {"text": note})
    elif sentence.deleted_at is None and is_ready(seen, sentence):
        notes = writing.bring_back(UUID(pk) for pk in event.data["notes"])
        record_acceptance(undoing.change, sentence, accepted=True, notes=notes)
    else:
        undoing.leave(_("“%(text)s” is not agreed any more.") % {"text": sentence})


@inverse(
    events.CreatedValueLanded,
    _lazy("put “%(text)s” into a model"),
    _lazy("put values into a model"),
    is_whole=True,
)
def turn_landing(undoing: Undoing, event: Event) -> None:
    """Take a created value out of the business model again, or put it back."""
    seen, by = _seen(undoing, event)
    sentence = locked_sentence(seen, event.thing_id)
    writing, ids = Writing(undoing.change, seen, by), [UUID(pk) for pk in event.data["notes"]]
    if event.data["landed"]:
        moved, left = writing.take_away(sentence, only=ids)
        for note in left:
            undoing.leave(_("“%(text)s” stays on the business model: somebody has gone on with it.") % {"text": note})
    else:
        moved = writing.bring_back(ids)
    if moved:
        notes = tuple(str(note.pk) for note in moved)
        undoing.change.record(
            events.CreatedValueLanded(**about(sentence), notes=notes, landed=not event.data["landed"])
        )


def _seen(undoing: Undoing, event: Event) -> tuple[PartnershipInView, Any]:
    """The partnership of an event and who writes, with the rights of this moment."""
    if event.partnership_id is None:
        raise NotFound
    seen = comparison_in(undoing.viewer, event.partnership_id)
    by = require_writing(seen)
    lock_outcome(seen)
    return seen, by


def _decision(undoing: Undoing, event: Event) -> tuple[PartnershipInView, Decision]:
    seen, _by = _seen(undoing, event)
    return seen, decision_of(seen)


def _step(undoing: Undoing, event: Event) -> NextStep:
    _seen(undoing, event)
    step = NextStep.objects.select_for_update().filter(pk=event.thing_id).first()
    if step is None:
        raise NotFound
    return step


def _living(undoing: Undoing, event: Event) -> NextStep | None:
    """The same, or None (and said) when it was dropped."""
    step = _step(undoing, event)
    if step.deleted_at is None:
        return step
    undoing.leave(_("“%(text)s” has been dropped.") % {"text": step})
    return None


def _merged(event: Event, *, now: str, limit: int) -> str:
    """What stands without my words; raises `Conflict` where others replaced them."""
    merged = merge(event.data["text"], event.data["before"], now).text
    if merged is None or len(merged) > limit:
        raise Conflict(
            _("Somebody has changed the same words since, so they stay as they are."),
            code="same_words",
            yours=event.data["before"],
            theirs=now,
        )
    return merged


def _changed_since(decision: Decision, event: Event) -> bool:
    kinds = (events.DecisionMade.kind, events.DecisionExplained.kind)
    return Event.objects.filter(thing_id=decision.pk, seq__gt=event.seq, kind__in=kinds).exists()


def _agree_again(decision: Decision, event: Event) -> None:
    """Give both companies their yes back: it was said to exactly this."""
    if _changed_since(decision, event):
        return
    for company in event.data["assents"]:
        said = Event.objects.filter(
            thing_id=decision.pk, kind=events.AssentGiven.kind, data__organisation=company, seq__lt=event.seq
        )
        by = said.order_by("-seq").values_list("actor_id", flat=True).first()
        Assent.objects.get_or_create(decision=decision, organisation_id=UUID(company), defaults={"by_id": by})
