"""Who may listen to what: a stream's request, and the answer to it. Runs in the hub's threads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from uuid import UUID

from django.db.models import Q
from django.http import parse_cookie

from partners.base.errors import NotFound
from partners.canvases.access import canvases_seen_of, visible_canvas_ids
from partners.canvases.models import Canvas
from partners.events.fragments import ACCESS, FeedScope
from partners.events.kinds import REGISTRY
from partners.events.reads import cursor
from partners.live.presence_html import Sides
from partners.live.wire import Cursor, cursor_from
from partners.people.identity import identity_from_cookies
from partners.workspaces.access import Audience, Viewer, viewer_in, viewer_of_room
from partners.workspaces.models import Partnership
from partners.workspaces.queries import partnerships_seen

if TYPE_CHECKING:
    from asgiref.typing import HTTPScope

MOST_NAMED = 50
"""A page names at most so many sheets and topics; the rest of a longer list is not listened to."""


@dataclass(frozen=True)
class Asked:
    """What a page asks to hear, as its address and headers say it."""

    workspace_id: UUID
    canvases: frozenset[UUID]
    topics: frozenset[str]
    compared: frozenset[UUID]
    after: Cursor | None
    """Where the page stands; None when it does not say."""
    is_garbled: bool
    """Whether it said where it stands and nobody can read it."""
    room: str
    cookies: dict[str, str]
    of: UUID | None = None
    """The partnership that the page belongs to."""


@dataclass(frozen=True)
class Admitted:
    """What a stream may send, and the log's head read before that was looked up."""

    scope: FeedScope
    sides: Sides
    head: Cursor
    person: str
    """Names the person, for counting their open streams."""


def asked_in(scope: HTTPScope) -> Asked | None:
    """Return what a request for `/live/{workspace}/` asks for; None when its address is no such address."""
    parts = scope["path"].strip("/").split("/")
    workspace_id = _uuid(parts[1]) if len(parts) == 2 else None
    if workspace_id is None:
        return None
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=2 * MOST_NAMED + 10)
    place = headers.get(b"last-event-id") or query.get("after", [""])[0]
    canvases = (_uuid(text) for text in query.get("canvas", [])[:MOST_NAMED])
    compared = (_uuid(text) for text in query.get("partnership", [])[:MOST_NAMED])
    return Asked(
        workspace_id=workspace_id,
        canvases=frozenset(canvas_id for canvas_id in canvases if canvas_id),
        topics=frozenset(query.get("topic", [])[:MOST_NAMED]),
        compared=frozenset(partnership_id for partnership_id in compared if partnership_id),
        after=cursor_from(place),
        is_garbled=bool(place) and cursor_from(place) is None,
        room=query.get("room", [""])[0],
        cookies=parse_cookie(headers.get(b"cookie", "")),
        of=_uuid(query.get("of", [""])[0]),
    )


def admit(asked: Asked) -> Admitted:
    """Return what these cookies (or this room screen) may hear now; raises `NotFound`."""
    head = cursor_from(cursor(asked.workspace_id))
    assert head
    viewer = _viewer(asked)
    audience = viewer.audience
    canvases = canvases_seen_of(audience, asked.canvases)
    scope = FeedScope(
        workspace_id=asked.workspace_id,
        canvases=frozenset(canvases),
        topics=asked.topics & known_topics(),
        audience=audience,
        language=viewer.language,
        visible=None if audience.is_whole else visible_canvas_ids(audience),
        compared=_open(audience, asked.compared),
        of=None if canvases else asked.of,
    )
    person = f"member {viewer.member.pk}" if viewer.member else f"room {asked.room}"
    return Admitted(scope, _sides(canvases.values(), audience, scope.of), head, person)


def known_topics() -> frozenset[str]:
    """Return the topics that any kind of event makes stale."""
    return frozenset(topic for kind in REGISTRY.values() for topic in kind.stale) - {ACCESS}


def _viewer(asked: Asked) -> Viewer:
    if not asked.room:
        return viewer_in(identity_from_cookies(asked.cookies), asked.workspace_id)
    viewer = viewer_of_room(asked.room)
    if viewer.workspace.pk != asked.workspace_id:
        raise NotFound
    return viewer


def _open(audience: Audience, partnership_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Those of some partnerships that an audience may see, and whose sheets are not private until the reveal."""
    if not partnership_ids:
        return frozenset()
    found = partnerships_seen(audience).filter(pk__in=partnership_ids, sealed_at=None)
    return frozenset(found.values_list("pk", flat=True))


def _sides(canvases: Collection[Canvas], audience: Audience, of: UUID | None) -> Sides:
    """The companies of the partnership that the sheets on the page belong to, or the page itself where it has none."""
    organisations = {canvas.organisation_id: canvas.organisation.short_name for canvas in canvases}
    of_sheets = {canvas.partnership_id for canvas in canvases if canvas.partnership_id}
    partnerships = Partnership.objects.filter(workspace_id=audience.workspace_id, deleted_at=None)
    if of:
        partnerships = partnerships.filter(pk=of)
    elif of_sheets:
        partnerships = partnerships.filter(pk__in=of_sheets)
    elif len(organisations) == 2:
        partnerships = partnerships.filter(Q(first__in=organisations) & Q(second__in=organisations))
    else:
        return Sides(*organisations.items()) if len(organisations) == 1 else Sides()
    found = partnerships.values_list("pk", "first_id", "first__short_name", "second_id", "second__short_name").first()
    if found is None or not audience.sees_partnership(found[0]):
        return Sides()
    return Sides((found[1], found[2]), (found[3], found[4]))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
