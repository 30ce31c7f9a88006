"""From the log to HTML: what changed since a cursor, as each feed may see it now. Runs in the hub's threads."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DatabaseError
from django.db.models import F, QuerySet

from partners.base.prepared import Prepared
from partners.events.fragments import ACCESS, FeedScope, composed, drawn
from partners.events.kinds import REGISTRY
from partners.events.models import Event
from partners.events.wakeup import Moved
from partners.workspaces.models import Workspace

logger = logging.getLogger(__name__)

WORKSPACE = "workspace"
"""What an event is about that changes the workspace itself."""
KEPT = 2000
"""How far behind a cursor may be: further back, fetching the board again is cheaper than all that changed."""
FEW = 32
"""So many events are read together with the head: somebody who listens is hardly ever further behind."""


class Happening(NamedTuple):
    """What of an event decides who hears of it."""

    seq: int
    kind: str
    thing_type: str
    thing_id: UUID
    canvas_id: UUID | None
    partnership_id: UUID | None
    actor_id: UUID | None
    draws: list[str] | None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics whose regions it makes stale."""
        kind = REGISTRY.get(self.kind)
        return kind.stale if kind else ()


class Known(NamedTuple):
    """A workspace as of the log's end, and all that has happened there since the feeds' cursors, in order."""

    workspace: Workspace
    happened: list[Happening]


def known_from(moved: Moved, workspace: Workspace, cursors: Mapping[FeedScope, int]) -> Known | None:
    """Return what a change tells of itself, if all feeds stand right before it, where the workspace was read last.

    The workspace is brought up to its number. None: read, since others did something in between, the log is another
    one, or the workspace itself was changed.
    """
    head = workspace.log_head
    follows = moved.epoch == head.epoch.hex and bool(moved.told) and moved.told[0].seq == head.seq + 1
    if not follows or set(cursors.values()) != {head.seq} or any(each.thing_type == WORKSPACE for each in moved.told):
        return None
    head.seq = moved.told[-1].seq
    return Known(workspace, [_happening(event, event.data.get("draws")) for event in moved.told])


Happened = Mapping[FeedScope, list[Happening]]


@dataclass(frozen=True)
class News:
    """What happened in a workspace up to `head`, drawn for each feed; None instead of pieces: it must start afresh.

    With `access_changed` nothing is drawn: who may see what has to be looked up first. `workspace` is as of `head`.
    """

    epoch: str
    head: int
    access_changed: bool
    pieces: Mapping[FeedScope, list[str] | None]
    workspace: Workspace


def news(
    workspace_id: UUID, cursors: Mapping[FeedScope, int], checked: int | None = None, known: Known | None = None
) -> News | None:
    """Return what each feed has to hear since its cursor; None when the workspace is gone.

    `checked` is the number up to which the feeds' audiences are known to be right; None leaves that to the caller.
    The number is read first and the state after, so a piece may be newer than `head` says and never older. What is
    `known` is not read again.
    """
    workspace, happened = known or _happened(workspace_id, min(cursors.values(), default=None))
    if workspace is None:
        return None
    epoch, head = workspace.log_head.epoch.hex, workspace.log_head.seq
    if checked is not None and any(each.seq > checked and ACCESS in each.topics for each in happened):
        return News(epoch, head, True, {}, workspace)
    since = {feed: [each for each in happened if each.seq > cursor] for feed, cursor in cursors.items()}
    # The log has no gaps, so what is missing is no longer kept.
    whole = {feed: own for feed, own in since.items() if len(own) >= head - cursors[feed]}
    return News(epoch, head, False, dict.fromkeys(cursors) | _pieces(workspace, whole, head), workspace)


def _happened(workspace_id: UUID, after: int | None) -> tuple[Workspace | None, list[Happening]]:
    """Read the workspace with its head, and what happened from a number up to there (None: nothing is asked).

    The few things that nearly always happened come with the head, in one read.
    """
    if after is not None and (few := _few(workspace_id=workspace_id, after=after, upto=after + FEW)):
        workspace = few[0].workspace
        if workspace.log_head.seq <= after + FEW:
            return workspace, sorted((_happening(event, vars(event)["draws"]) for event in few), key=itemgetter(0))
    else:
        found = _workspace.one(workspace_id=workspace_id)
        if found is None or after is None or after >= found.log_head.seq:
            return found, []
        workspace = found
    head = workspace.log_head.seq
    rows = _events(workspace_id=workspace_id, after=max(after, head - KEPT), upto=head)
    return workspace, sorted((Happening(*row) for row in rows), key=itemgetter(0))


def _happening(event: Event, draws: list[str] | None) -> Happening:
    told: dict[str, Any] = {name: getattr(event, name) for name in Happening._fields[:-1]}
    return Happening(**told, draws=draws)


@Prepared
def _workspace(*, workspace_id: UUID) -> QuerySet[Workspace]:
    return Workspace.objects.select_related("log_head").filter(pk=workspace_id, log_head__isnull=False).order_by()


@Prepared
def _few(*, workspace_id: UUID, after: int, upto: int) -> QuerySet[Event]:
    events = Event.objects.filter(workspace_id=workspace_id, seq__gt=after, seq__lte=upto).order_by()
    needed = events.select_related("workspace__log_head").defer("change", "at", "undoes", "data")
    return needed.annotate(draws=F("data__draws"))


@Prepared
def _events(*, workspace_id: UUID, after: int, upto: int) -> QuerySet[Event, tuple[Any, ...]]:
    events = Event.objects.filter(workspace_id=workspace_id, seq__gt=after, seq__lte=upto).order_by()
    return events.values_list(*Happening._fields[:-1], "data__draws")


def _pieces(workspace: Workspace, happened: Happened, upto: int) -> dict[FeedScope, list[str]]:
    try:
        things = _things(workspace, happened, upto)
    except DatabaseError:
        raise
    except Exception:
        # Whatever is wrong with one piece must not end delivery: those pages fetch the board by themselves.
        logger.exception("could not draw what changed in %s", workspace.pk)
        return {}
    return {feed: things[feed] + _stale(feed, own) for feed, own in happened.items()}


def _things(workspace: Workspace, happened: Happened, upto: int) -> dict[FeedScope, list[str]]:
    here: dict[str, dict[FeedScope, set[UUID]]] = {}
    touched: dict[FeedScope, set[UUID]] = {}
    for feed, own in happened.items():
        for each in own:
            if each.canvas_id in feed.canvases:
                here.setdefault(each.thing_type, {}).setdefault(feed, set()).add(each.thing_id)
            if each.draws and _is_about_the_visible(feed, each):
                touched.setdefault(feed, set()).update(UUID(note) for note in each.draws)
    pieces: dict[FeedScope, list[str]] = {feed: [] for feed in happened}
    for thing_type, wanted in here.items():
        for feed, found in drawn(thing_type, workspace, wanted, upto).items():
            pieces[feed] += found
    comparing = {
        feed: [each for each in own if _is_about_the_visible(feed, each)]
        for feed, own in happened.items()
        if feed.compared
    }
    for feed, found in composed(workspace, comparing, upto).items():
        pieces[feed] += found
    # What happened to one thing may redraw others (of a renamed author, the source of a note), wherever they are. Those
    # that are not on this page are none of its business, and their removal would tell it that they exist.
    for feed, found in drawn("note", workspace, touched, upto).items():
        pieces[feed] += [piece for piece in found if not piece.startswith("<del")]
    return pieces


def _stale(feed: FeedScope, happened: list[Happening]) -> list[str]:
    heard = (
        each for each in happened if _is_about_the_visible(feed, each) and feed.audience.sees_person(each.actor_id)
    )
    topics = {topic for each in heard for topic in each.topics} & feed.topics
    return [f'<i data-stale="{" ".join(sorted(topics))}"></i>'] if topics else []


def _is_about_the_visible(feed: FeedScope, event: Happening) -> bool:
    """Whether an audience may see where something happened and what it happened to."""
    audience = feed.audience
    if event.canvas_id and not feed.sees_canvas(event.canvas_id):
        return False
    if event.partnership_id and not audience.sees_partnership(event.partnership_id):
        return False
    match event.thing_type:
        case "partnership":
            return audience.sees_partnership(event.thing_id)
        case "organisation":
            return audience.sees_organisation(event.thing_id)
        case "member":
            return audience.sees_person(event.thing_id)
    return True
