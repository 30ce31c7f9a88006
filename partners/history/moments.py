"""The moments of a sheet: those that somebody named, those that the workshop made, and each single step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from partners.canvases.access import CanvasInView, visible_canvas_ids
from partners.canvases.models import Note
from partners.events.kinds import REGISTRY
from partners.events.models import Event
from partners.history.past import KINDS
from partners.history.rules import sessions
from partners.history.versions import person
from partners.hypotheses.events import THINGS

AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment worth going back to: the number of the log it stands for, what it is called, when it was, and by whom.

    `sort` is kept, round, seal, reveal, restored or session.
    """

    seq: int
    name: str
    at: datetime
    by: str
    sort: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the sheet: the number of its last event, and when."""

    seq: int
    at: datetime


def steps_of(sheet: CanvasInView) -> list[Step]:
    """Return every change of a sheet that its viewer may know of, the oldest first; one query."""
    rows = _here(sheet).order_by().values("change").annotate(last=Max("seq"), at=Max("at")).order_by("last")
    return [Step(last, at) for last, at in rows.values_list("last", "at")]


def moments_of(sheet: CanvasInView, steps: list[Step]) -> list[Moment]:
    """Return the named moments of a sheet, the newest first."""
    canvas, audience = sheet.canvas, sheet.viewer.audience
    around = Q(canvas=canvas, kind__in=("moment_kept", "moment_restored")) | Q(canvas=None, kind="moment_kept")
    if canvas.partnership_id:
        around |= Q(partnership_id=canvas.partnership_id, kind__in=_OF_PARTNERSHIPS)
    else:
        tied = Q(partnership__first=canvas.organisation_id) | Q(partnership__second=canvas.organisation_id)
        around |= tied & Q(kind="round_started")
    told = Event.objects.filter(around, workspace_id=canvas.workspace_id)
    if not audience.is_wide:
        told = told.filter(Q(partnership=None) | Q(partnership_id__in=audience.partnerships))
    if audience.sealed:
        told = told.exclude(thing_type__in=THINGS, partnership_id__in={pk for pk, _company in audience.sealed})
    events = told.select_related("actor", "partnership__first", "partnership__second").order_by("-seq")[:AT_MOST]
    found = [_moment(sheet, event) for event in events]
    begun = sessions([(step.seq, step.at) for step in steps])[-AT_MOST:]
    found += [Moment(seq, _("Before the session"), at, "", "session") for seq, at in begun if seq]
    return sorted(found, key=lambda moment: (moment.at, moment.seq), reverse=True)


def told_at(sheet: CanvasInView, step: Step) -> str:
    """Return what the change of one step did, as a sentence; of many events the first, and how many more."""
    here = _here(sheet)
    events = list(here.filter(change__in=here.filter(seq=step.seq).order_by().values("change")).order_by("seq"))
    shown = [event for event in events if event.data.get("arrived", True)] or events
    if not shown:
        return ""
    sentence = REGISTRY[shown[0].kind].sentence(person(sheet, shown[0].actor).name, shown[0].data)
    more = len(shown) - 1
    return _("%(sentence)s, and %(more)s more") % {"sentence": sentence, "more": more} if more else sentence


_OF_PARTNERSHIPS = ("round_started", "partnership_sealed", "partnership_revealed")


def _here(sheet: CanvasInView) -> QuerySet[Event]:
    """What changed the sheet's picture, as far as its viewer may know of it."""
    canvas, audience = sheet.canvas, sheet.viewer.audience
    here = Event.objects.filter(workspace_id=canvas.workspace_id, canvas=canvas, kind__in=KINDS)
    if audience.people is not None:
        here = here.filter(Q(actor=None) | Q(actor_id__in=audience.people))
    if not audience.is_whole:
        notes = Note.objects.filter(canvas_id__in=visible_canvas_ids(audience)).order_by().values("pk")
        here = here.filter(~Q(thing_type="note") | Q(thing_id__in=notes))
    return here.select_related("actor")


def _moment(sheet: CanvasInView, event: Event) -> Moment:
    by = person(sheet, event.actor).name
    if event.kind == "moment_kept":
        return Moment(event.data["moment"] or event.seq, event.data["name"], event.at, by, "kept")
    if event.kind == "moment_restored":
        return Moment(event.seq - 1, _("Before an earlier moment was brought back"), event.at, by, "restored")
    if event.kind == "round_started":
        return Moment(event.seq, _of_round(sheet, event), event.at, by, "round")
    if event.kind == "partnership_sealed":
        return Moment(event.seq, _("When the sketches became private"), event.at, by, "seal")
    return Moment(event.seq, _("At the reveal"), event.at, by, "reveal")


def _of_round(sheet: CanvasInView, event: Event) -> str:
    """A round's name; on a business model, also with whom it was."""
    partnership = event.partnership
    if partnership is None or sheet.canvas.partnership_id:
        return str(event.data["text"])
    ids: dict[UUID, str] = {
        partnership.first_id: partnership.second.short_name,
        partnership.second_id: partnership.first.short_name,
    }
    return _("%(round)s with %(company)s") % {"round": event.data["text"], "company": ids[sheet.canvas.organisation_id]}
