"""What every page of a workshop prints around its content: the way to here, the tabs, the stream's address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.events import reads
from partners.people.identity import identity_of
from partners.workspaces.access import Viewer, viewer_in

TABS = {"ideas": "ideas:workshop"}
"""Tabs whose pages stand elsewhere than in `workspaces`."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def shell(viewer: Viewer, here: str, *, cursor: str, topics: Sequence[str] = ()) -> dict[str, Any]:
    """Return the values that `workspaces/page.html` needs; `here` is the current tab's key."""
    pages = [
        ("home", _("Workshop")),
        ("ideas", _("Joint ideas")),
        ("organisations", _("Companies")),
        ("members", _("People and sharing")),
        ("activity", _("Activity")),
        ("settings", _("Settings")),
    ]
    workspace = viewer.workspace
    return {
        "viewer": viewer,
        "workspace": workspace,
        "tabs": [
            (words, reverse(TABS.get(key, f"workspaces:{key}"), args=[workspace.pk]), key == here)
            for key, words in pages
        ],
        "live": stream_address(workspace.pk, topics=tuple(dict.fromkeys(("workspace", *topics)))),
        "cursor": cursor,
    }


def enter(request: HttpRequest, workspace_id: UUID) -> tuple[Viewer, str]:
    """Return who looks at a workshop, and its cursor; raises `NotFound`.

    The cursor is read before anything else that the page shows: hearing of a change twice is harmless.
    """
    viewer = viewer_in(identity_of(request), workspace_id)
    return viewer, reads.cursor(workspace_id)


def stream_address(
    workspace_id: UUID, *, topics: Sequence[str] = (), canvases: Sequence[UUID] = (), room: str = ""
) -> str:
    """Return where a page hears what changes."""
    asked = [("canvas", str(canvas)) for canvas in canvases] + [("topic", topic) for topic in topics]
    asked += [("room", room)] if room else []
    return f"/live/{workspace_id}/?{urlencode(asked)}"


def site_address(request: HttpRequest) -> str:
    """Return the address others reach this site by, without a slash at the end."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


def is_on_this_computer_only(request: HttpRequest) -> bool:
    """Whether nobody else can open the links made for this request."""
    host = site_address(request).split("://", 1)[1]
    name = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return name in LOOPBACK or name.startswith("127.")
