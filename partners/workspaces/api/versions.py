"""`ETag` and `If-Match`: a program changes what it has read, or hears what it is now."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from partners.base.errors import DomainError

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


@contextmanager
def as_read(
    request: Request, *, lock: Callable[[], str | None], changed: str, theirs: Callable[[], Any]
) -> Generator[None, None, None]:
    """One transaction upon a thing as the asker has read it; `lock` locks it and returns its version of now,
    None when it is gone: then what is done to it finds that out.

    Raises `VersionMissing`; when it is another version `VersionStale`, which says what `changed`, with what was sent
    and what stands there now (`theirs`), so that nobody's words are lost.
    """
    asked = _wanted_versions(request)
    try:
        with transaction.atomic():
            now = lock()
            if now and now not in asked and "*" not in asked:
                raise VersionStale(changed)
            yield
    except VersionStale as stale:
        yours = request.data if isinstance(request.data, dict) else {}
        raise VersionStale(stale.message, yours=yours, theirs=theirs()) from None


def _wanted_versions(request: Request) -> set[str]:
    """Return the versions a request accepts; raises `VersionMissing` when it names none.

    A proxy that compresses answers weakens their tags, so `W/` is read over.
    """
    header = request.headers.get("If-Match", "")
    versions = {version.strip().removeprefix("W/") for version in header.split(",") if version.strip()}
    if not versions:
        raise VersionMissing(_("Say which version you read: If-Match with its etag."))
    return versions
