"""What every place of a partnership prints around its content, and how a request finds its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.base.errors import NotFound
from partners.base.prepared import Prepared
from partners.canvases.access import canvas_in, sees_canvas
from partners.canvases.boards import DrawnSheet, draw_sheets
from partners.canvases.models import Canvas
from partners.events import reads
from partners.people.identity import identity_of
from partners.workspaces.access import Viewer, viewer_in
from partners.workspaces.models import FILLS, Organisation, Partnership
from partners.workspaces.operations.visits import note_visit
from partners.workspaces.rules import Action

SIDES = ("start", "end")
TOPICS = ("workspace", "organisations", "partnerships", "sheet", "counts", "comments", "room", "members", "session")
MARK_TOPICS = ("ideas", "compare")
"""What changes the marks of joint ideas on notes."""


@dataclass(frozen=True)
class Place:
    """A partnership as one person sees it: which company stands where, and which of them is theirs."""

    viewer: Viewer
    partnership: Partnership
    cursor: str

    @property
    def mine(self) -> str:
        """The reader's own side: `start`, `end`, or `none`."""
        ids = {self.partnership.first_id: "start", self.partnership.second_id: "end"}
        own = self.viewer.organisation_id
        return ids.get(own, "none") if own else "none"

    @property
    def rail_side(self) -> str:
        """The side the rail speaks for: one's own; for who belongs to neither, the first company's."""
        return "start" if self.mine == "none" else self.mine

    def sees(self, side: str) -> bool:
        """Whether the reader may read what the company at a side sketches: not while it is private to others."""
        return self.viewer.audience.sees_sheet(self.partnership.pk, self.company(side).pk)

    def company(self, side: str) -> Organisation:
        """The company at a side."""
        return self.partnership.first if side == "start" else self.partnership.second


def place_for(request: HttpRequest, partnership_id: UUID) -> Place:
    """Return a partnership as whoever asks sees it, and note the visit; raises `NotFound`."""
    partnership = _partnership.one(partnership_id=partnership_id)
    if partnership is None:
        raise NotFound
    cursor = reads.cursor_at(partnership.workspace.log_head)  # nothing the page shows is older: late beats early
    viewer = viewer_in(identity_of(request), partnership.workspace_id)
    if not viewer.audience.sees_partnership(partnership.pk):
        raise NotFound
    place = Place(viewer, partnership, cursor)
    if viewer.member:
        note_visit(viewer.member)
    return place


@Prepared
def _partnership(*, partnership_id: UUID) -> QuerySet[Partnership]:
    there = Partnership.objects.filter(pk=partnership_id, deleted_at=None).order_by()
    return there.select_related("first", "second", "workspace__log_head")


def sheets_of(place: Place) -> dict[tuple[str, UUID], Canvas]:
    """The partnership's four sheets by kind and organisation, in one query."""
    ids = (place.partnership.first_id, place.partnership.second_id)
    found = {}
    for canvas in _sheet_rows(partnership_id=place.partnership.pk, organisation_ids=ids):
        canvas.partnership = place.partnership if canvas.partnership_id else None
        if sees_canvas(place.viewer.audience, canvas):
            found[canvas.kind, canvas.organisation_id] = canvas
    return found


@Prepared
def _sheet_rows(*, partnership_id: UUID, organisation_ids: Collection[UUID]) -> QuerySet[Canvas]:
    models_and_sheets = Q(partnership=None) | Q(partnership=partnership_id)
    sheets = Canvas.objects.filter(models_and_sheets, organisation_id__in=organisation_ids)
    return sheets.select_related("organisation")


def drawn_sheets(place: Place, canvases: list[Canvas]) -> list[DrawnSheet]:
    """The sheets with their notes; one that nobody speaks for says so to whoever may write on it."""
    viewer = place.viewer
    sides = {place.partnership.first_id, place.partnership.second_id} - viewer.present_organisations
    absent = {organisation_id for organisation_id in sides if viewer.may(Action.WRITE, organisation_id)}
    return draw_sheets(canvases, viewer.audience, viewer.workspace, partnership=place.partnership, absent=absent)


def sheet_values(place: Place, canvases: list[Canvas]) -> dict[str, Any]:
    """What this reader may do on each sheet, and the words of the note colours."""
    can: dict[UUID, str] = {}
    for canvas in canvases:
        seen = canvas_in(place.viewer, canvas)
        rights = [
            action.value for action in (Action.WRITE, Action.COMMENT, Action.THUMB, Action.LOCK) if seen.may(action)
        ]
        if canvas.partnership_id is None and seen.may(Action.TAKE) and may_take(place):
            rights.append("take")
        can[canvas.pk] = " ".join(rights)
    meanings = place.viewer.workspace.fill_meanings
    return {
        "can_on": can,
        "fills": [(fill, meanings.get(fill, "")) for fill in FILLS],
    }


def may_take(place: Place) -> bool:
    """Whether the reader may make notes of what they see on the sheet that the rail speaks for."""
    own = place.company(place.rail_side).pk
    return place.sees(place.rail_side) and place.viewer.may(Action.TAKE) and place.viewer.may(Action.WRITE, own)


def frame_values(
    place: Place,
    here: str,
    side: str,
    canvases: Sequence[Canvas],
    *,
    topics: Sequence[str] = (),
    compares: bool = False,
) -> dict[str, Any]:
    """Return what `canvases/place.html` needs around a place; `here` is model, sheet, compare or outcome.

    `topics` are what the page listens to besides what all places do; `compares` says that the partnership's comparison
    stands on it.
    """
    partnership = place.partnership
    shown = [canvas.pk for canvas in canvases]
    kept = here if here in ("model", "sheet") else "model"
    companies = {
        at: {
            "name": place.company(at).name,
            "short_name": place.company(at).short_name,
            "href": reverse(f"partnerships:{kept}", args=[partnership.pk, at]),
            "is_current": here in ("model", "sheet") and side == at,
            "is_private": not place.sees(at),
            "people": [],
        }
        for at in SIDES
    }
    places = [
        ("1", _("Models"), reverse("partnerships:model", args=[partnership.pk, side]), here == "model"),
        ("2", _("Sketch"), reverse("partnerships:sketch", args=[partnership.pk]), here == "sheet"),
        ("3", _("Compare"), reverse("comparisons:compare", args=[partnership.pk]), here == "compare"),
        ("4", _("Outcome"), reverse("outcomes:outcome", args=[partnership.pk]), here == "outcome"),
    ]
    return {
        "viewer": place.viewer,
        "partnership": partnership,
        "may_look": _may_look(place),
        "workspace": place.viewer.workspace,
        "here": here,
        "acts_for": place.rail_side if may_take(place) else place.mine,
        "side": side,
        "company": place.company(side),
        "taking_for": place.company(place.rail_side).pk,
        "start": companies["start"],
        "end": companies["end"],
        "places": places,
        "home": reverse("workspaces:home", args=[place.viewer.workspace.pk]),
        "invite": reverse("workspaces:invite", args=[partnership.pk]) if place.viewer.is_facilitator else "",
        "cursor": place.cursor,
        "person": place.viewer.member.pk.hex if place.viewer.member else "",
        "own_company": place.viewer.organisation_id.hex if place.viewer.organisation_id else "",
        "is_guest": place.viewer.member is not None and place.viewer.member.user_id is None,
        "sign_in": reverse("account_login"),
        "idea_marks": marks_address(reverse("ideas:marked", args=[place.viewer.workspace.pk]), shown),
        "live": live_address(
            place.viewer.workspace.pk,
            shown,
            topics=tuple(dict.fromkeys((*topics, *(MARK_TOPICS if shown else ())))),
            compared=[partnership.pk] if compares else (),
            of=partnership.pk,
        ),
    }


def marks_address(address: str, canvas_ids: Sequence[UUID]) -> str:
    """Return where a page fetches what joint ideas put on the notes of its sheets; nothing for a page without any."""
    query = urlencode([("canvas", str(canvas_id)) for canvas_id in canvas_ids])
    return f"{address}?{query}" if query else ""


def _may_look(place: Place) -> bool:
    """Whether the reader runs the workshop for neither company and has not asked yet to see what is private."""
    viewer = place.viewer
    hidden = not all(place.sees(at) for at in SIDES)
    return viewer.is_facilitator and viewer.organisation_id is None and hidden


def live_address(
    workspace_id: UUID,
    canvas_ids: Sequence[UUID],
    *,
    topics: Sequence[str] = (),
    compared: Sequence[UUID] = (),
    of: UUID | None = None,
) -> str:
    """Return the stream's address for a page that shows these sheets and comparisons and belongs to a partnership."""
    query = [("canvas", str(canvas_id)) for canvas_id in canvas_ids]
    query += [("topic", topic) for topic in (*TOPICS, *topics)]
    query += [("partnership", str(partnership_id)) for partnership_id in compared]
    query += [("of", str(of))] if of and not canvas_ids else []
    return f"/live/{workspace_id}/?{urlencode(query)}"


def other_side(side: str) -> str:
    """Return the opposite side."""
    return "end" if side == "start" else "start"
