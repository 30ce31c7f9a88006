"""`ETag` and `If-Match`: a program changes what it has read, or hears what it is now."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from partners.base.errors import DomainError
from partners.canvases.api.reads import etag_of, notes_seen
from partners.canvases.models import Canvas, Note
from partners.workspaces.access import Viewer

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The `etag` as you read it, or `*` for whatever it is now.",
)


class VersionMissing(DomainError):
    """A change did not say which version it is about."""

    code = "version_missing"
    status = 428


class VersionStale(DomainError):
    """It was changed since it was read."""

    code = "version_stale"
    status = 412


def lock_version(request: Request, viewer: Viewer, note: Note, *places: Canvas) -> None:
    """Lock the note (and, before it, the sheets it moves to) and make sure it is the version that was read.

    Must be called inside a transaction. Raises `VersionMissing`, or `VersionStale` without details.
    """
    asked = wanted_versions(request)
    assert transaction.get_connection().in_atomic_block
    for canvas in places:
        Canvas.objects.select_for_update(no_key=True).only("pk").get(pk=canvas.pk)
    Note.objects.select_for_update(no_key=True).only("pk").get(pk=note.pk)
    now = notes_seen(viewer.audience).filter(pk=note.pk).first()
    if "*" not in asked and now and etag_of(now) not in asked:
        raise VersionStale(_("Somebody changed this note since you read it."))


def wanted_versions(request: Request) -> set[str]:
    """Return the versions a request accepts; raises `VersionMissing` when it names none.

    A proxy that compresses answers weakens their tags, so `W/` is read over.
    """
    header = request.headers.get("If-Match", "")
    versions = {version.strip().removeprefix("W/") for version in header.split(",") if version.strip()}
    if not versions:
        raise VersionMissing(_("Say which version you read: If-Match with its etag."))
    return versions


def both_versions(stale: VersionStale, yours: dict[str, Any], theirs: Any) -> VersionStale:
    """Return the refusal with what was sent and what stands there now, so that nobody's words are lost."""
    return VersionStale(stale.message, yours=yours, theirs=theirs)
