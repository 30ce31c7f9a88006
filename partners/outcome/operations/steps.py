"""Next steps: what, who, by when; ticked, put in order, dropped."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import write_fields
from partners.base.checking import checked_day, checked_line, checked_words
from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.merging import merged_words
from partners.base.ordering import rank_between
from partners.canvases.access import canvases_seen
from partners.canvases.models import Note
from partners.events import log
from partners.events.made_with import require_made_with
from partners.outcome import events
from partners.outcome.access import require_writing
from partners.outcome.models import STEP_LIMIT, WHO_LIMIT, NextStep
from partners.outcome.operations.shared import lock_outcome, words_at
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import FindingKind
from partners.workspaces.queries import members_seen

AT_MOST = 100
FIELDS = ("who", "member_id", "by_when")


def add_step(
    *,
    seen: PartnershipInView,
    what: str,
    who: str = "",
    by_when: date | None = None,
    step_id: UUID | None = None,
    finding: str = "",
    note_id: UUID | None = None,
) -> NextStep:
    """Write a next step down, at the end of the list. The same `step_id` twice is the same step.

    `who` is anybody in free words; the name of somebody here becomes that person. `finding` and `note_id` say what it
    answers. Raises `Invalid` for nothing or too much to do, or a date nobody means, and `Conflict` when the same
    `step_id` comes with other words.
    """
    by = require_writing(seen)
    what = checked_words(what, STEP_LIMIT)
    fields = checked_fields(seen, {"who": who, "by_when": by_when})
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        if step_id and (made := NextStep.objects.filter(pk=step_id).first()):
            if made.partnership_id != seen.partnership.pk:
                raise NotFound
            require_made_with(made.pk, {"what": what}, now={"what": made.what}, words="what")
            return made
        standing = NextStep.objects.filter(partnership=seen.partnership, deleted_at=None)
        if standing.count() >= AT_MOST:
            raise Invalid(_("At most %(limit)s next steps, please.") % {"limit": AT_MOST}, code="too_many")
        step = NextStep(
            pk=step_id or uuid4(),
            partnership=seen.partnership,
            what=what,
            author=by,
            rank=rank_between(standing.aggregate(last=Max("rank"))["last"], None),
            note=_note(seen, note_id),
            finding=_finding(finding),
            **fields,
        )
        step.save(force_insert=True)
        change.record(events.StepAdded(**about(step)))
    return step


def change_step(
    *,
    seen: PartnershipInView,
    step: NextStep,
    what: str | None = None,
    base_version: int | None = None,
    **fields: Any,
) -> NextStep:
    """Change what is to be done (None: leave it), who does it (`who`) and by when (`by_when`), as one change.

    Words are merged with what others wrote since `base_version`; raises `Conflict` where both changed the same ones,
    or when somebody dropped the step.
    """
    by = require_writing(seen)
    words = None if what is None else checked_words(what, STEP_LIMIT)
    checked = checked_fields(seen, fields)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        step = locked_step(step, yours=words or "")
        if words is not None:
            is_merged = base_version is not None and base_version < step.what_version
            if is_merged and base_version is not None:
                base = words_at(step.pk, base_version, kinds=("step_added", "step_edited"), now=step.what)
                words = merged_words(words, base=base, theirs=step.what, version=step.what_version, limit=STEP_LIMIT)
            record_words(change, step, words, merged=is_merged)
        record_fields(change, step, checked)
    return step


def tick_step(*, seen: PartnershipInView, step: NextStep, done: bool = True) -> NextStep:
    """Say that a step is done, or that it is not; twice is once."""
    by = require_writing(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        step = locked_step(step)
        if bool(step.done_at) != done:
            record_done(change, step, done=done)
    return step


def move_step(*, seen: PartnershipInView, step: NextStep, after: UUID | None) -> NextStep:
    """Put a step behind another one of the list; None: to its head. One that was dropped meanwhile means the head."""
    by = require_writing(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        step = locked_step(step)
        record_rank(change, step, _rank_behind(step, after))
    return step


def remove_step(*, seen: PartnershipInView, step: NextStep, removed: bool = True) -> NextStep:
    """Drop a step, or bring it back; twice is once."""
    by = require_writing(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        step = NextStep.objects.select_for_update().get(pk=step.pk)
        if bool(step.deleted_at) != removed:
            record_removal(change, step, removed=removed)
    return step


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_words(change: log.Change, step: NextStep, what: str, *, merged: bool) -> None:
    """Write other words and record them; nothing when they are the same."""
    if what == step.what:
        return
    before, step.what = step.what, what
    step.what_version += 1
    step.save(update_fields=["what", "what_version", "updated_at"])
    change.record(events.StepEdited(**about(step), before=before, version=step.what_version, merged=merged))


def record_fields(change: log.Change, step: NextStep, fields: dict[str, Any]) -> None:
    """Write the fields that differ and record them."""
    if written := write_fields(step, fields):
        change.record(events.StepChanged(**about(step), before=written.before, after=written.after))


def record_done(change: log.Change, step: NextStep, *, done: bool) -> None:
    """Tick a step or open it again, and record it."""
    step.done_at = timezone.now() if done else None
    step.save(update_fields=["done_at", "updated_at"])
    change.record(events.StepDone(**about(step), done=done))


def record_rank(change: log.Change, step: NextStep, rank: str) -> None:
    """Give a step its new place and record it; nothing when it stands there already."""
    if rank == step.rank:
        return
    before, step.rank = step.rank, rank
    step.save(update_fields=["rank", "updated_at"])
    change.record(events.StepMoved(**about(step), before=before, after=rank))


def record_removal(change: log.Change, step: NextStep, *, removed: bool) -> None:
    """Drop a step or bring it back, and record it."""
    step.deleted_at = timezone.now() if removed else None
    step.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.StepRemoved(**about(step), removed=removed))


def locked_step(step: NextStep, *, yours: str = "") -> NextStep:
    """Read a step again under its lock; raises `Conflict` when somebody dropped it."""
    fresh = NextStep.objects.select_for_update().get(pk=step.pk)
    if fresh.deleted_at is not None:
        raise Conflict(_("Somebody dropped this step."), code="deleted", yours=yours, theirs="")
    return fresh


def checked_fields(seen: PartnershipInView, fields: dict[str, Any]) -> dict[str, Any]:
    """Return who and by when, made consistent: a name of somebody here is that person. Raises `Invalid`."""
    checked: dict[str, Any] = {}
    if "who" in fields:
        who = checked_line(fields["who"] or "", WHO_LIMIT, may_be_empty=True, field="who")
        named = [each for each in members_seen(seen.viewer.audience) if each.name.casefold() == who.casefold()]
        is_one = bool(who) and len(named) == 1
        checked |= {"who": "" if is_one else who, "member_id": named[0].pk if is_one else None}
    if "by_when" in fields:
        checked["by_when"] = checked_day(fields["by_when"], field="by_when")
    return checked


def about(step: NextStep) -> dict[str, Any]:
    """What every event about a step tells."""
    return {"thing_id": step.pk, "partnership_id": step.partnership_id, "text": step.what}


def _rank_behind(step: NextStep, after: UUID | None) -> str:
    """The rank behind another step, or in front of all."""
    standing = NextStep.objects.filter(partnership=step.partnership_id, deleted_at=None)
    others = [each for each in standing.order_by("rank", "pk") if each.pk != step.pk]
    at = next((place + 1 for place, each in enumerate(others) if each.pk == after), 0)
    before, behind = others[at - 1] if at else None, others[at] if at < len(others) else None
    if (before is None or before.rank < step.rank) and (behind is None or step.rank < behind.rank):
        return step.rank
    return rank_between(before.rank if before else None, behind.rank if behind else None)


def _finding(finding: str) -> str:
    if finding and finding not in {kind.value for kind in FindingKind}:
        raise Invalid(_("The comparison finds no such thing."), code="unknown_finding")
    return finding


def _note(seen: PartnershipInView, note_id: UUID | None) -> Note | None:
    """The note a step is about, from a sheet of this partnership that is open to who says so; raises `NotFound`."""
    if note_id is None:
        return None
    sheets = canvases_seen(seen.viewer.audience).filter(partnership=seen.partnership)
    note = Note.objects.filter(pk=note_id, canvas__in=sheets, deleted_at=None).select_related("canvas").first()
    if note is None:
        raise NotFound
    return note
