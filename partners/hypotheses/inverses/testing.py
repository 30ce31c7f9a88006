"""Taking back what was done to tests, on top of what others did since."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.changing import kept, still
from partners.base.errors import NotFound
from partners.events.inverses import Undoing, inverse
from partners.events.models import Event
from partners.hypotheses import events
from partners.hypotheses.inverses.shared import is_as_i_left_it, is_gone, others_went_on, partnership_of
from partners.hypotheses.models import TestCard
from partners.hypotheses.operations import testing


@inverse(events.TestDesigned, _lazy("described “%(text)s”"), _lazy("described %(count)s tests"))
def delete_test_again(undoing: Undoing, event: Event) -> None:
    """Delete the test, where a redo finds it."""
    test = _test(undoing, event)
    if not is_gone(undoing, test) and not others_went_on(undoing, event, test):
        testing.record_removal(undoing.change, test, removed=True)


@inverse(events.TestRemoved, _lazy("deleted “%(text)s”"), _lazy("deleted %(count)s tests"))
def put_back_test(undoing: Undoing, event: Event) -> None:
    """Bring the test back, or delete it again."""
    test = _test(undoing, event)
    if is_as_i_left_it(undoing, event, test):
        testing.record_removal(undoing.change, test, removed=not event.data["removed"])


@inverse(events.TestChanged, _lazy("changed “%(text)s”"), _lazy("changed %(count)s tests"))
def put_back_test_fields(undoing: Undoing, event: Event) -> None:
    """Put back the fields that still are as I set them; of a started test it shows that its criterion changed."""
    test = _test(undoing, event)
    if is_gone(undoing, test):
        return
    mine = still(test, event.data["after"])
    if not mine:
        undoing.leave(_("Somebody has changed “%(text)s” otherwise since.") % {"text": test})
        return
    back = kept(TestCard, {name: event.data["before"][name] for name in mine})
    why = ""
    if test.started_at is not None and "criterion" in back:
        why = _("taken back")
        back["criterion_why"] = "" if back["criterion"] == test.criterion_at_start else why
    testing.record_fields(undoing.change, test, back, why=why)


@inverse(events.TestRan, _lazy("how far “%(text)s” is"), _lazy("how far %(count)s tests are"))
def put_back_run(undoing: Undoing, event: Event) -> None:
    """Take back that a test started or ended."""
    test = _test(undoing, event)
    if is_gone(undoing, test):
        return
    if test.run != event.data["after"]:
        undoing.leave(_("Somebody has gone on with “%(text)s” since.") % {"text": test})
        return
    before = event.data["before"]
    started_at = None if before == "designed" else test.started_at or timezone.now()
    ended_at = timezone.now() if before == "ended" else None
    testing.record_run(undoing.change, test, started_at=started_at, ended_at=ended_at)


@inverse(events.TestCounted, _lazy("counted for “%(text)s”"), _lazy("counted for %(count)s tests"))
def put_back_count(undoing: Undoing, event: Event) -> None:
    """Put back how many data points there were."""
    test = _test(undoing, event)
    if is_gone(undoing, test):
        return
    if test.points == event.data["after"]:
        testing.record_points(undoing.change, test, event.data["before"])
    else:
        undoing.leave(_("Somebody has counted on for “%(text)s” since.") % {"text": test})


def _test(undoing: Undoing, event: Event) -> TestCard:
    partnership_of(undoing, event)
    test = TestCard.objects.filter(pk=event.thing_id).select_related("hypothesis").first()
    if test is None:
        raise NotFound
    return test
