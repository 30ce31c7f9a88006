"""“Merged with Bo’s change · Undo · View both”: told in an answer to whoever's words were put together with others'."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.template import engines

from partners.workspaces.access import Viewer
from partners.workspaces.meanwhile import MergedEdit


def merged_line(thing: str, thing_id: UUID, merged: MergedEdit | None, viewer: Viewer) -> list[str]:
    """Return the piece that stands on a `note` or a `sentence`; none when nothing was merged."""
    return [str(_macros().merged_on(thing, str(thing_id), merged, viewer.workspace.pk))] if merged else []


def merged_toast(thing_id: UUID, merged: MergedEdit | None, viewer: Viewer) -> str:
    """Return the same as a toast, beside what an answer swaps; empty when nothing was merged."""
    return str(_macros().merged_toast(str(thing_id), merged, viewer.workspace.pk)) if merged else ""


def _macros() -> Any:
    return engines["jinja2"].env.get_template("components/merged.html").module  # type: ignore[attr-defined]
