"""What somebody has to do by a day: next steps in their name, and tests that they own for their company."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from partners.hypotheses.models import TestCard
from partners.hypotheses.rules import Word
from partners.outcome.models import NextStep
from partners.value_fit.reads import in_open
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership
from partners.workspaces.queries import in_seen

DOMAIN = "partnership-workbench.invalid"
"""What a calendar tells entries of several programs apart by; no address that anybody could own."""


SOON = timedelta(days=14)


@dataclass(frozen=True)
class Deadline:
    """Something due on a day. `path` is where it stands here, `changed_at` when anything of it changed last."""

    id: UUID
    what: str
    kind: str
    on: date
    partnership: Partnership
    path: str
    changed_at: datetime
    about: str = ""

    @property
    def companies(self) -> str:
        """The two companies it is between."""
        return f"{self.partnership.first.short_name} – {self.partnership.second.short_name}"


def deadlines_of(viewer: Viewer) -> list[Deadline]:
    """Return what a member has to do, the first due first; two queries. Nothing of partnerships they do not see."""
    if viewer.member is None:
        return []
    found = [*_steps(viewer), *_tests(viewer)]
    return sorted(found, key=lambda each: (each.on, each.what, each.id))


def soon(deadlines: Iterable[Deadline], today: date) -> list[Deadline]:
    """Return what is late, or due within two weeks."""
    return [each for each in deadlines if each.on <= today + SOON]


def as_calendar(title: str, deadlines: Iterable[Deadline], *, site: str) -> bytes:
    """Return deadlines as an iCalendar file (RFC 5545) of whole days; `site` is where their paths begin."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{DOMAIN}//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", timedelta(hours=1))
    for each in deadlines:
        event = Event()
        event.add("uid", f"{each.id}@{DOMAIN}")
        event.add("dtstamp", each.changed_at)
        event.add("last-modified", each.changed_at)
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))
        event.add("summary", f"{each.kind}: {each.what}")
        event.add("description", "\n".join(filter(None, [each.companies, each.about])))
        event.add("url", site + each.path)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _steps(viewer: Viewer) -> list[Deadline]:
    steps = NextStep.objects.filter(
        in_seen(viewer.audience),
        member=viewer.member,
        by_when__isnull=False,
        done_at=None,
        deleted_at=None,
    )
    return [
        Deadline(
            step.pk,
            step.what,
            _("Next step"),
            step.by_when,
            step.partnership,
            reverse("outcomes:outcome", args=[step.partnership_id]),
            step.updated_at,
        )
        for step in steps.select_related("partnership__first", "partnership__second")
        if step.by_when
    ]


def _tests(viewer: Viewer) -> list[Deadline]:
    tests = TestCard.objects.filter(
        Q(owner_start=viewer.member) | Q(owner_end=viewer.member),
        in_open(viewer.audience, "hypothesis__partnership__"),
        due_on__isnull=False,
        ended_at=None,
        deleted_at=None,
        hypothesis__deleted_at=None,
        hypothesis__word=Word.FLAGGED.value,
    )
    return [
        Deadline(
            test.pk,
            test.title,
            _("Test"),
            test.due_on,
            test.hypothesis.partnership,
            f"{reverse('ideas:idea', args=[test.hypothesis_id])}#test-{test.pk}",
            test.updated_at,
            _("Right if: %(criterion)s") % {"criterion": test.criterion} if test.criterion else "",
        )
        for test in tests.select_related("hypothesis__partnership__first", "hypothesis__partnership__second")
        if test.due_on
    ]
