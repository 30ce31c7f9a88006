"""Iterations with one start and one end for everybody, and the short review that closes one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import Written, write_fields
from partners.base.checking import checked_day, checked_line, checked_words, refuse
from partners.base.errors import Conflict, NotFound
from partners.events import log
from partners.events.made_with import require_made_with
from partners.hypotheses import events
from partners.hypotheses.models import Iteration
from partners.hypotheses.models.rhythm import NAME_LIMIT, REVIEW_LIMIT
from partners.hypotheses.operations.shared import merged
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.operations.pairs import lock_comparison
from partners.workspaces.models import Membership

REVIEW = ("priority", "opportunity", "adapts")
"""What the review says: what changed in priority, what in opportunity, what both adapt."""


def plan_iteration(
    *,
    seen: PartnershipInView,
    name: str,
    starts_on: date | None,
    ends_on: date | None,
    iteration_id: UUID | None = None,
) -> Iteration:
    """Plan an iteration. The same `iteration_id` twice is the same one.

    Raises `Invalid` without a name or days, when it ends before it starts, or overlaps another: there is one rhythm;
    and `Conflict` when the same `iteration_id` comes with another name or other days.
    """
    by = seen.require_negotiating()
    require_open(seen)
    fields = checked_iteration({"name": name, "starts_on": starts_on, "ends_on": ends_on})
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if iteration_id and (made := Iteration.objects.filter(pk=iteration_id).first()):
            if made.partnership_id != seen.partnership.pk:
                raise NotFound
            require_made_with(made.pk, fields, now={name: getattr(made, name) for name in fields})
            return made
        iteration = Iteration(pk=iteration_id or uuid4(), partnership=seen.partnership, author=by, **fields)
        require_room(iteration)
        iteration.save(force_insert=True)
        change.record(events.IterationAdded(**about(iteration)))
    return iteration


def change_iteration(*, seen: PartnershipInView, iteration: Iteration, **fields: Any) -> Iteration:
    """Change its `name`, `starts_on` or `ends_on`; raises what `plan_iteration` raises."""
    by = seen.require_negotiating()
    require_open(seen)
    checked = checked_iteration(fields)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        iteration = locked_iteration(seen, iteration)
        record_iteration(change, iteration, checked)
    return iteration


def close_iteration(
    *, seen: PartnershipInView, iteration: Iteration, base: Mapping[str, str] | None = None, **review: str
) -> Iteration:
    """Close an iteration with its review, or change the review of a closed one, merged with what others wrote.

    `review` holds `priority`, `opportunity`, `adapts`; raises `Invalid` when all of them are empty, `Conflict`.
    """
    by = seen.require_negotiating()
    require_open(seen)
    words = {
        name: checked_words(text, REVIEW_LIMIT, may_be_empty=True, field=name)
        for name, text in review.items()
        if name in REVIEW
    }
    with log.change(seen.partnership.workspace_id, by=by) as change:
        iteration = locked_iteration(seen, iteration)
        now = {name: getattr(iteration, name) for name in words}
        limits = dict.fromkeys(REVIEW, REVIEW_LIMIT)
        new, _others = merged(words, base=base or {}, now=now, limits=limits, version=iteration.drawn)
        if not any(({name: getattr(iteration, name) for name in REVIEW} | new).values()):
            refuse(_("Write at least one line of the review."), code="empty", field="priority")
        record_review(change, iteration, new, closed=True, by=by)
    return iteration


def reopen_iteration(*, seen: PartnershipInView, iteration: Iteration) -> Iteration:
    """Open a closed iteration again; its review is kept for when it is closed. Nothing for one that is open."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        iteration = locked_iteration(seen, iteration)
        record_review(change, iteration, {}, closed=False, by=by)
    return iteration


def remove_iteration(*, seen: PartnershipInView, iteration: Iteration, removed: bool = True) -> Iteration:
    """Delete an iteration, or bring it back; twice is once. Its tests stay, without an iteration while it is gone."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        iteration = Iteration.objects.get(pk=iteration.pk)
        if bool(iteration.deleted_at) != removed:
            record_removal(change, iteration, removed=removed)
    return iteration


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_iteration(change: log.Change, iteration: Iteration, fields: Mapping[str, Any]) -> None:
    """Write the fields that differ and record them; raises `Invalid` where it would overlap another one."""
    wanted = Iteration(pk=iteration.pk, partnership_id=iteration.partnership_id)
    for name in ("starts_on", "ends_on"):
        setattr(wanted, name, fields.get(name, getattr(iteration, name)))
    require_room(wanted)
    if written := write_fields(iteration, fields):
        change.record(events.IterationChanged(**about(iteration), before=written.before, after=written.after))


def record_review(
    change: log.Change, iteration: Iteration, words: Mapping[str, str], *, closed: bool, by: Membership | None
) -> None:
    """Write the review, and whether the iteration is closed by it, and record both; nothing when nothing differs."""
    was_closed = iteration.closed_at is not None
    written = write_fields(iteration, words)
    if written is None and was_closed == closed:
        return
    if was_closed != closed:
        iteration.closed_at, iteration.closed_by = (timezone.now(), by) if closed else (None, None)
        iteration.save(update_fields=["closed_at", "closed_by", "updated_at"])
    told = written or Written({}, {})
    change.record(
        events.IterationReviewed(
            **about(iteration), was_closed=was_closed, closed=closed, before=told.before, after=told.after
        )
    )


def record_removal(change: log.Change, iteration: Iteration, *, removed: bool) -> None:
    """Delete an iteration or bring it back, and record it; raises `Invalid` where another one has taken its days."""
    iteration.deleted_at = timezone.now() if removed else None
    if not removed:
        require_room(iteration)
    iteration.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.IterationRemoved(**about(iteration), removed=removed))


def about(thing: Iteration) -> dict[str, Any]:
    """What every event about an iteration tells."""
    return {"thing_id": thing.pk, "partnership_id": thing.partnership_id, "text": str(thing)}


def checked_iteration(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an iteration, made consistent; raises `Invalid`."""
    checked: dict[str, Any] = {}
    if "name" in fields:
        checked["name"] = checked_line(fields["name"] or "", NAME_LIMIT, field="name")
    for name in ("starts_on", "ends_on"):
        if name in fields:
            checked[name] = checked_day(fields[name], field=name)
            if checked[name] is None:
                refuse(_("Say when it starts and when it ends."), code="days", field=name)
    return checked


def require_room(iteration: Iteration) -> None:
    """Raise `Invalid` when an iteration ends before it starts, or shares a day with another one."""
    if iteration.ends_on < iteration.starts_on:
        refuse(_("It ends before it starts."), code="days", field="ends_on")
    others = Iteration.objects.filter(partnership=iteration.partnership_id, deleted_at=None).exclude(pk=iteration.pk)
    other = others.filter(starts_on__lte=iteration.ends_on, ends_on__gte=iteration.starts_on).first()
    if other:
        message = _("“%(name)s” takes some of these days: there is one rhythm for all.") % {"name": other}
        refuse(message, code="overlaps", field="starts_on")


def locked_iteration(seen: PartnershipInView, iteration: Iteration) -> Iteration:
    """Read an iteration again, under the lock of its comparison; raises `Conflict` when somebody deleted it."""
    lock_comparison(seen)
    fresh = Iteration.objects.get(pk=iteration.pk)
    if fresh.deleted_at is not None:
        raise Conflict(_("Somebody deleted this iteration."), code="deleted", yours="", theirs="")
    return fresh
