"""Whole sheets, ready to print: blocks as data, notes as the same HTML that answers and the stream send."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partners.canvases.fragments import board_pieces
from partners.canvases.kinds import KINDS, BlockKind, CanvasKind
from partners.canvases.models import Canvas
from partners.workspaces.access import Audience
from partners.workspaces.models import FILLS, Organisation, Partnership, Workspace


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A block of a sheet, ready to print; `notes` are its notes in order, drawn."""

    key: str
    title: str
    subtitle: str
    questions: list[str]
    css_area: str
    is_wide: bool
    columns: int
    notes: list[SafeString]
    canvas_id: UUID
    fields: frozenset[str]

    @property
    def list_id(self) -> str:
        """The name of the block's list of notes on the wire: `canvas:block`."""
        return f"{self.canvas_id}:{self.key}"


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A whole sheet, ready to print: `blocks` as drawn, `fill_order` for the phone's switcher."""

    canvas_id: UUID
    kind: str
    title: str
    grid_class: str
    side: str
    organisation_id: UUID
    organisation_name: str
    credit: str
    blocks: list[DrawnBlock]
    fill_order: list[DrawnBlock]
    legend: list[tuple[str, str]]
    locked: bool
    is_guess_sheet: bool

    def block(self, key: str) -> DrawnBlock:
        """Return one of the sheet's blocks by its key."""
        return next(block for block in self.blocks if block.key == key)


def draw_sheets(
    canvases: Iterable[Canvas],
    audience: Audience,
    workspace: Workspace,
    *,
    partnership: Partnership | None = None,
    absent: Collection[UUID] = (),
) -> list[DrawnSheet]:
    """Return whole sheets (canvases with `organisation` loaded) with their notes, in a fixed number of queries.

    `partnership` says which company stands at the start and which at the end, and names the partner in subtitles;
    `absent` names the organisations that nobody speaks for, so that the reader writes guesses on their sheets.
    """
    canvases = list(canvases)
    by_place = board_pieces([canvas.pk for canvas in canvases], audience, workspace)
    sheets = [lay_out(canvas, by_place, workspace, partnership) for canvas in canvases]
    return [replace(sheet, is_guess_sheet=sheet.organisation_id in absent) for sheet in sheets]


def lay_out(
    canvas: Canvas,
    by_place: dict[tuple[UUID, str], list[SafeString]],
    workspace: Workspace,
    partnership: Partnership | None,
) -> DrawnSheet:
    """Return a sheet with notes that are drawn already, by sheet and block."""
    kind = KINDS[canvas.kind]
    owner = canvas.organisation
    names = {"owner": owner.short_name, "partner": _partner_of(owner, partnership)}
    blocks = {
        block.key: _block(block, kind, canvas, names, by_place.get((canvas.pk, block.key), [])) for block in kind.blocks
    }
    return DrawnSheet(
        canvas_id=canvas.pk,
        kind=kind.key,
        title=_sheet_title(kind, owner, names),
        grid_class=kind.grid_class,
        side="end" if partnership and owner.pk == partnership.second_id else "start",
        organisation_id=owner.pk,
        organisation_name=owner.short_name,
        credit=str(kind.credit),
        blocks=[blocks[key] for key in kind.drawing],
        fill_order=[blocks[block.key] for block in kind.blocks],
        legend=[(fill, meaning) for fill in FILLS if (meaning := workspace.fill_meanings.get(fill))],
        locked=bool(canvas.locked_at),
        is_guess_sheet=False,
    )


def _sheet_title(kind: CanvasKind, owner: Organisation, names: dict[str, str]) -> str:
    if kind.of_partnership:
        return _("Partnership with %(partner)s, as %(owner)s sees it") % names
    return _("%(name)s: business model") % {"name": owner.name}


def _partner_of(owner: Organisation, partnership: Partnership | None) -> str:
    if partnership is None:
        return ""
    return (partnership.second if owner.pk == partnership.first_id else partnership.first).short_name


def _block(
    block: BlockKind, kind: CanvasKind, canvas: Canvas, names: dict[str, str], notes: list[SafeString]
) -> DrawnBlock:
    return DrawnBlock(
        key=block.key,
        title=str(block.title),
        subtitle=str(block.subtitle) % names if block.subtitle else "",
        questions=[str(question) for question in block.questions],
        css_area=f"{kind.area_prefix}{block.key}",
        is_wide=block.is_wide,
        columns=block.columns,
        notes=notes,
        canvas_id=canvas.pk,
        fields=block.fields,
    )
