"""The trash: things are brought back from it, and a facilitator lets go of what lies in it for good."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from partners.base.errors import NotFound
from partners.canvases.locks import lock_all
from partners.canvases.models import Canvas, Comment, Note
from partners.events import log
from partners.events.models import Event
from partners.history.events import Emptied, TrashEmptied
from partners.history.trash import notes_in_trash, organisations_in_trash, partnerships_in_trash
from partners.value_fit.models import Pair
from partners.workspaces.access import Viewer
from partners.workspaces.gone import moment_text
from partners.workspaces.models import Organisation, Partnership, Workspace
from partners.workspaces.rules import Action

NAMELESS = "–"


@dataclass(frozen=True)
class Doomed:
    """What emptying the trash lets go of: what lies in it since a moment or longer, and all that hangs on that."""

    notes: QuerySet[Note]
    partnerships: QuerySet[Partnership]
    organisations: QuerySet[Organisation]

    @property
    def sheets(self) -> QuerySet[Canvas]:
        """The sheets that go: those of partnerships, and business models."""
        return Canvas.objects.filter(
            Q(partnership__in=self.partnerships.values("pk"))
            | Q(partnership=None, organisation__in=self.organisations.values("pk"))
        ).order_by()

    @property
    def all_notes(self) -> QuerySet[Note]:
        """The notes that go, with those on the sheets that go."""
        single = Q(pk__in=self.notes.order_by().values("pk"))
        return Note.objects.filter(single | Q(canvas__in=self.sheets.values("pk"))).order_by()

    @property
    def pairs(self) -> QuerySet[Pair]:
        """The pairs that go, with their ratings."""
        notes = self.all_notes.values("pk")
        return Pair.objects.filter(Q(offer__in=notes) | Q(need__in=notes)).order_by()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, in words for the question that is asked first."""
        return {
            "notes": self.all_notes.count(),
            "comments": Comment.objects.filter(note__in=self.all_notes.values("pk"), deleted_at=None).count(),
            "pairs": self.pairs.filter(removed_at=None).count(),
            "partnerships": self.partnerships.count(),
            "organisations": self.organisations.count(),
        }


def doomed_by(viewer: Viewer, until: datetime) -> Doomed:
    """Return what emptying the trash as of a moment would let go of (facilitators): only what they see."""
    viewer.require(Action.MANAGE)
    organisations = organisations_in_trash(viewer).filter(deleted_at__lte=until)
    gone = Q(deleted_at__lte=until) | Q(first__in=organisations.values("pk")) | Q(second__in=organisations.values("pk"))
    return Doomed(
        notes_in_trash(viewer).filter(deleted_at__lte=until),
        partnerships_in_trash(viewer).filter(gone).order_by(),
        organisations.order_by(),
    )


def empty_trash(*, viewer: Viewer, until: datetime) -> dict[str, int]:
    """Let go for good of what lay in the trash at a moment (facilitators), and return how many of each.

    Rows are deleted, and what the log tells of them is taken out of it: numbers, people and moments stay. A company
    that people still belong to keeps a nameless row, so that their rights stay as they are.
    """
    by = viewer.require(Action.MANAGE)
    with log.change(viewer.workspace.pk, by=by) as change:
        doomed = doomed_by(viewer, until)
        lock_all(doomed.all_notes)  # who brings one back comes first, or finds it gone
        counts = doomed.counts
        if not (counts["notes"] or counts["partnerships"] or counts["organisations"]):
            return counts
        notes, sheets, pairs = (_ids(rows) for rows in (doomed.all_notes, doomed.sheets, doomed.pairs))
        partnerships, companies = _ids(doomed.partnerships), _ids(doomed.organisations)
        things = [*notes, *pairs, *sheets, *partnerships, *companies]
        _take_out_of_the_log(viewer, things, sheets, partnerships, sealed=_sealed(doomed))
        Note.objects.filter(pk__in=notes).delete()
        Canvas.objects.filter(pk__in=sheets).delete()
        Partnership.objects.filter(pk__in=partnerships).delete()
        _let_go_of_companies(companies)
        change.record(
            TrashEmptied(
                thing_id=viewer.workspace.pk,
                notes=counts["notes"],
                partnerships=counts["partnerships"],
                organisations=counts["organisations"],
            )
        )
    return counts


def delete_for_good(*, viewer: Viewer) -> str:
    """Delete a workshop that is deleted already, with its log and everything in it (facilitators); return its title."""
    viewer.require(Action.MANAGE)
    workspace = Workspace.objects.filter(pk=viewer.workspace.pk, deleted_at__isnull=False).first()
    if workspace is None:
        raise NotFound
    title = workspace.title
    workspace.delete()
    return title


def _take_out_of_the_log(
    viewer: Viewer, things: list[UUID], sheets: list[UUID], partnerships: list[UUID], *, sealed: Q
) -> None:
    """What stays says when it went, and who may be told: who sees the sheet on which it stood, or, where that went too
    and was not private, whoever sees all partnerships (`workspaces.gone.emptied_since`)."""
    about = Q(thing_id__in=things) | Q(canvas__in=sheets) | Q(partnership__in=partnerships)
    told = Event.objects.filter(about, workspace=viewer.workspace).order_by()
    left: dict[str, Any] = {"kind": Emptied.kind, "canvas": None, "partnership": None}
    gone = {"gone_at": moment_text(timezone.now())}
    told.filter(sealed).update(**left, data=gone)
    stood_on: dict[UUID, list[UUID]] = defaultdict(list)
    for canvas_id, note_id in Note.objects.filter(pk__in=things).exclude(canvas__in=sheets).values_list("canvas", "pk"):
        stood_on[canvas_id].append(note_id)
    for canvas_id, notes in stood_on.items():
        told.filter(thing_id__in=notes).update(**left, data=gone | {"canvas": str(canvas_id)})
    told.exclude(kind=Emptied.kind).update(**left, data=gone | {"was_open": True})


def _sealed(doomed: Doomed) -> Q:
    """Events about what hangs on partnerships that go while they are private until the reveal."""
    private = list(doomed.partnerships.filter(sealed_at__isnull=False).values_list("pk", flat=True))
    hangs_on_them = Q(partnership__in=private) | Q(canvas__partnership__in=private)
    return hangs_on_them & ~Q(thing_type="partnership")  # that it was there was no secret


def _let_go_of_companies(ids: list[UUID]) -> None:
    companies = Organisation.objects.filter(pk__in=ids)
    companies.filter(members=None).delete()
    companies.update(name=NAMELESS, short_name=NAMELESS, sector="", profile="")


def _ids(
    rows: QuerySet[Note] | QuerySet[Canvas] | QuerySet[Pair] | QuerySet[Partnership] | QuerySet[Organisation],
) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))
