"""Tests of a joint idea: describing one, starting it with what would prove it right, counting, ending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import Written, write_fields
from partners.base.checking import checked_words, refuse
from partners.base.errors import Invalid, NotFound
from partners.events import log
from partners.events.made_with import require_made_with
from partners.hypotheses import events
from partners.hypotheses.experiments import experiment
from partners.hypotheses.models import SynergyHypothesis, TestCard
from partners.hypotheses.models.ideas import TITLE_LIMIT, WHY_LIMIT
from partners.hypotheses.operations.fields import MOST_POINTS, TEST_WORDS, checked_test
from partners.hypotheses.operations.shared import locked_idea, locked_test, merged, require_move
from partners.hypotheses.rules import Move
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.operations.pairs import lock_comparison

AT_MOST = 30
WORDS = {"title": TITLE_LIMIT, **TEST_WORDS}


def design_test(
    *, seen: PartnershipInView, idea: SynergyHypothesis, test_id: UUID | None = None, **fields: Any
) -> TestCard:
    """Describe a test of an idea. The same `test_id` twice is the same test.

    `fields` may hold `title` (otherwise the kind of experiment's), `claims` (values of `rules.Claim`, at least one),
    `experiment` (a key of the library), `does`, `metric`, `criterion`, the marks `critical`, `cost`, `reliability`,
    `time` (1 to 3), `owner_start_id` and `owner_end_id` (members of that company), `by_product`, `by_partnership`,
    `iteration_id`, `starts_on`, `due_on`, `points_wanted`, `links`. Raises `Invalid`, `NotFound`, and `Conflict` when
    the same `test_id` comes with other words.
    """
    by = seen.require_negotiating()
    require_open(seen)
    checked = checked_test(seen, {"claims": []} | fields | {"title": fields.get("title") or title_of(fields)})
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if test_id and (made := TestCard.objects.filter(pk=test_id).first()):
            if made.hypothesis_id != idea.pk:
                raise NotFound
            said = {name: checked[name] for name in WORDS if fields.get(name)}
            require_made_with(made.pk, said, now={name: getattr(made, name) for name in said})
            return made
        idea = locked_idea(seen, idea.pk)
        require_move(seen, idea, Move.DESIGN_TEST)
        if TestCard.objects.filter(hypothesis=idea, deleted_at=None).count() >= AT_MOST:
            raise Invalid(_("At most %(limit)s tests of an idea, please.") % {"limit": AT_MOST}, code="too_many")
        test = TestCard(pk=test_id or uuid4(), hypothesis=idea, author=by, **checked)
        _require_days_in_order(test)
        test.save(force_insert=True)
        change.record(events.TestDesigned(**about(test)))
    return test


def change_test(
    *,
    seen: PartnershipInView,
    test: TestCard,
    base: Mapping[str, str] | None = None,
    why: str = "",
    **fields: Any,
) -> TestCard:
    """Change fields of a test; words are merged with what others wrote since `base` (the words as they were read).

    Once it has started, another `criterion` asks for a reason (`why`), which stays visible beside what was fixed at the
    start; what it tests, and on which claims, is fixed. Raises `Invalid`, `Conflict`, `NotFound`.
    """
    by = seen.require_negotiating()
    require_open(seen)
    checked = checked_test(seen, fields)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        test = locked_test(seen, test)
        words = {name: checked.pop(name) for name in WORDS if name in checked}
        now = {name: getattr(test, name) for name in words}
        new, is_merged = merged(words, base=base or {}, now=now, limits=WORDS, version=test.drawn)
        late = _late_reason(test, checked | new, why)
        record_fields(change, test, checked | new | late, merged=is_merged, why=late.get("criterion_why", ""))
    return test


def start_test(*, seen: PartnershipInView, test: TestCard) -> TestCard:
    """Start a test: what would prove it right is fixed now. Raises `Invalid` without that; twice is once."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        test = locked_test(seen, test)
        if test.started_at is None:
            require_move(seen, test.hypothesis, Move.START_TEST)
            if not test.criterion:
                refuse(_("Say what would prove it right before it starts."), code="no_criterion", field="criterion")
            record_run(change, test, started_at=timezone.now(), ended_at=None)
    return test


def count_points(*, seen: PartnershipInView, test: TestCard, points: int) -> TestCard:
    """Say how many data points have come in. Raises `Invalid` for a test that does not run."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        test = locked_test(seen, test)
        if not test.is_running:
            raise Invalid(_("This test does not run: start it first."), code="not_running")
        if points not in range(MOST_POINTS + 1):
            refuse(_("Count from 0 to a million."), code="points", field="points")
        record_points(change, test, points)
    return test


def end_test(*, seen: PartnershipInView, test: TestCard, ended: bool = True) -> TestCard:
    """End a test, or let it go on. Raises `Invalid` for one that has not started; twice is once."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        test = locked_test(seen, test)
        if test.started_at is None:
            raise Invalid(_("This test has not started."), code="not_running")
        if bool(test.ended_at) != ended:
            record_run(change, test, started_at=test.started_at, ended_at=timezone.now() if ended else None)
    return test


def remove_test(*, seen: PartnershipInView, test: TestCard, removed: bool = True) -> TestCard:
    """Delete a test, or bring it back; twice is once. What was learned from it stays."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        idea = locked_idea(seen, test.hypothesis_id)
        test = TestCard.objects.get(pk=test.pk)
        test.hypothesis = idea
        if bool(test.deleted_at) != removed:
            record_removal(change, test, removed=removed)
    return test


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_fields(
    change: log.Change, test: TestCard, fields: Mapping[str, Any], *, merged: bool = False, why: str = ""
) -> None:
    """Write the fields that differ and record them; raises `Invalid` when it would end before it starts."""
    for name in ("starts_on", "due_on"):
        if name in fields:
            _require_days_in_order(test, fields)
    written = write_fields(test, fields)
    if written:
        told = Written(*({key: value for key, value in side.items() if key != "criterion_why"} for side in written))
        change.record(events.TestChanged(**about(test), before=told.before, after=told.after, merged=merged, why=why))


def record_run(change: log.Change, test: TestCard, *, started_at: datetime | None, ended_at: datetime | None) -> None:
    """Write that a test runs, has ended, or has not started, and record it; a start fixes what proves it right."""
    before = test.run
    test.started_at, test.ended_at = started_at, ended_at
    if before == "designed":
        test.criterion_at_start, test.version = test.criterion, test.hypothesis.version
    elif test.run == "designed":
        test.criterion_at_start, test.criterion_why, test.version = "", "", None
    test.save(update_fields=["started_at", "ended_at", "criterion_at_start", "criterion_why", "version", "updated_at"])
    change.record(events.TestRan(**about(test), before=before, after=test.run))


def record_points(change: log.Change, test: TestCard, points: int) -> None:
    """Write how many data points there are and record it; nothing when it is the same."""
    if written := write_fields(test, {"points": points}):
        change.record(events.TestCounted(**about(test), before=written.before["points"], after=points))


def record_removal(change: log.Change, test: TestCard, *, removed: bool) -> None:
    """Delete a test or bring it back, and record it."""
    test.deleted_at = timezone.now() if removed else None
    test.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.TestRemoved(**about(test), removed=removed))


def about(test: TestCard) -> dict[str, Any]:
    """What every event about a test (with its idea loaded) tells."""
    idea = test.hypothesis
    return {"thing_id": test.pk, "partnership_id": idea.partnership_id, "text": test.title, "idea": str(idea.pk)}


def title_of(fields: Mapping[str, Any]) -> str:
    """Return a name for a test that nobody named: the kind of experiment, or what is done."""
    kind = experiment(fields.get("experiment") or "")
    said = str(kind.title) if kind else (fields.get("does") or "").strip().partition("\n")[0]
    return said if len(said) <= TITLE_LIMIT else f"{said[: TITLE_LIMIT - 1]}…"


def _late_reason(test: TestCard, fields: Mapping[str, Any], why: str) -> dict[str, str]:
    """What a started test asks before it is changed; returns the reason to be kept."""
    if test.started_at is None:
        return {}
    for name in ("claims", "experiment"):
        if name in fields and fields[name] != getattr(test, name):
            raise Invalid(_("It has started: what it tests is fixed. Describe another test."), code="started")
    if "criterion" not in fields or fields["criterion"] == test.criterion:
        return {}
    if not fields["criterion"]:
        refuse(_("Say what would prove it right before it starts."), code="no_criterion", field="criterion")
    reason = checked_words(why, WHY_LIMIT, may_be_empty=True, field="why")
    if not reason:
        refuse(
            _("It has started: say why what proves it right changes. Everybody will see that it did."),
            code="no_reason",
            field="why",
        )
    return {"criterion_why": reason}


def _require_days_in_order(test: TestCard, fields: Mapping[str, Any] | None = None) -> None:
    wanted = {name: getattr(test, name) for name in ("starts_on", "due_on")} | dict(fields or {})
    if wanted["starts_on"] and wanted["due_on"] and wanted["due_on"] < wanted["starts_on"]:
        refuse(_("The deadline is before the start."), code="days", field="due_on")
