"""Step, timer, gathering, landing, and what the wall shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Invalid
from partners.events import log
from partners.facilitation.agenda import step_of
from partners.facilitation.events import SessionChanged
from partners.facilitation.models import Session
from partners.facilitation.pages import page_for
from partners.workspaces.access import Viewer
from partners.workspaces.models import Workspace
from partners.workspaces.operations import follow_in_room
from partners.workspaces.rules import Action

MINUTE = timedelta(minutes=1)
MOST_MINUTES = 240


def begin_step(*, viewer: Viewer, key: str) -> Session:
    """Begin a step of the agenda with its timer; an empty key ends the agenda and its timer. Nothing is deleted."""
    step = step_of(key)
    if key and step is None:
        raise Invalid(_("There is no such step."), code="unknown_step")
    with _session(viewer, "step") as session:
        session.step = key
        session.timer_ends_at = timezone.now() + step.minutes * MINUTE if step else None
        session.timer_left_s = None
    return session


def start_timer(*, viewer: Viewer, minutes: int) -> Session:
    """Start the timer with some minutes, 1 to 240; raises `Invalid`."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(_("The timer runs 1 to %(most)s minutes.") % {"most": MOST_MINUTES}, code="minutes")
    with _session(viewer, "timer") as session:
        session.timer_ends_at, session.timer_left_s = timezone.now() + minutes * MINUTE, None
    return session


def add_minute(*, viewer: Viewer) -> Session:
    """Give one minute more; after time was up, one minute from now."""
    with _session(viewer, "timer") as session:
        now = timezone.now()
        if session.timer_left_s is not None:
            session.timer_left_s += 60
        else:
            session.timer_ends_at = max(session.timer_ends_at or now, now) + MINUTE
    return session


def pause_timer(*, viewer: Viewer) -> Session:
    """Stop the timer where it is."""
    with _session(viewer, "timer") as session:
        if session.timer_ends_at is not None:
            session.timer_left_s, session.timer_ends_at = session.left_s(timezone.now()), None
    return session


def resume_timer(*, viewer: Viewer) -> Session:
    """Let a stopped timer go on."""
    with _session(viewer, "timer") as session:
        if session.timer_left_s is not None:
            session.timer_ends_at = timezone.now() + timedelta(seconds=session.timer_left_s)
            session.timer_left_s = None
    return session


def stop_timer(*, viewer: Viewer) -> Session:
    """Take the timer away."""
    with _session(viewer, "timer") as session:
        session.timer_ends_at = session.timer_left_s = None
    return session


def gather(*, viewer: Viewer, page: str) -> Session:
    """Bring everybody who may see a page there: at once who only looks, by an offer who is typing."""
    with _session(viewer, "gathered") as session:
        session.gather_page = _checked(viewer, page)
        session.gather_number += 1
    return session


def land_guests(*, viewer: Viewer, page: str) -> Session:
    """Choose where guests land when they join; empty: at the block in work of their own model."""
    with _session(viewer, "landing") as session:
        session.landing_page = _checked(viewer, page) if page else ""
    return session


def show_figures(*, viewer: Viewer, shown: bool) -> Session:
    """Show how far needs are met on the room screen, or hide it."""
    with _session(viewer, "figures") as session:
        session.shows_figures = shown
    return session


def show_on_wall(*, viewer: Viewer, page: str) -> Workspace:
    """Send every room screen of the workshop to a page; empty: back to how to join. Raises `Invalid`."""
    viewer.require(Action.MANAGE)
    return follow_in_room(viewer=viewer, page=_checked(viewer, page) if page else "")


@contextmanager
def _session(viewer: Viewer, what: str) -> Iterator[Session]:
    """Change the workshop's session and record that it changed."""
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        Session.objects.get_or_create(workspace=viewer.workspace)
        session = Session.objects.select_for_update().get(workspace=viewer.workspace)
        yield session
        session.save()
        change.record(SessionChanged(thing_id=viewer.workspace.pk, what=what))


def _checked(viewer: Viewer, page: str) -> str:
    found = page_for(viewer, page)
    if found is None:
        raise Invalid(_("There is no such page."), code="unknown_page")
    return str(found[0])
