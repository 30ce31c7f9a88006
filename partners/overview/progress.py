"""How far workshops are: counts of notes and people for many partnerships at once, and the words of the next action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP
from partners.canvases.models import Note
from partners.overview.rules import Next, Progress, Side, Step
from partners.workspaces.models import Membership, Partnership

Fills = dict[str, list[str]]
"""The fills of a model's notes by block, as the miniature draws them."""


@dataclass(frozen=True)
class NextAction:
    """The next action as the page prints it."""

    what: str
    why: str
    button: str
    href: str


def progress_of(partnerships: Collection[Partnership]) -> dict[UUID, Progress]:
    """Return how far partnerships are (with both companies loaded): two queries for all of them."""
    companies = {pk for each in partnerships for pk in (each.first_id, each.second_id)}
    notes = Note.objects.filter(deleted_at=None, canvas__organisation_id__in=companies).order_by()
    counted = notes.values_list("canvas__organisation_id", "canvas__partnership_id", "canvas__kind")
    counts = {row[:3]: row[3] for row in counted.annotate(n=Count("pk"))}
    here = set(
        Membership.objects.filter(organisation_id__in=companies, removed_at=None)
        .exclude(role=Membership.Role.OBSERVER)
        .values_list("organisation_id", flat=True)
    )

    def side(organisation_id: UUID, partnership_id: UUID) -> Side:
        return Side(
            organisation_id,
            model_notes=counts.get((organisation_id, None, BUSINESS_MODEL.key), 0),
            sketch_notes=counts.get((organisation_id, partnership_id, PARTNERSHIP.key), 0),
            is_here=organisation_id in here,
        )

    return {
        each.pk: Progress(
            each.pk,
            each.state,
            side(each.first_id, each.pk),
            side(each.second_id, each.pk),
            is_sealed=each.sealed_at is not None,
        )
        for each in partnerships
    }


def miniatures(organisation_ids: Iterable[UUID]) -> dict[UUID, Fills]:
    """Return the business models of some companies as miniatures draw them: one query."""
    drawn: dict[UUID, Fills] = defaultdict(dict)
    notes = Note.objects.filter(
        deleted_at=None, canvas__kind=BUSINESS_MODEL.key, canvas__organisation_id__in=set(organisation_ids)
    )
    for organisation_id, block, fill in notes.order_by("rank", "pk").values_list(
        "canvas__organisation_id", "block", "fill"
    ):
        drawn[organisation_id].setdefault(block, []).append(fill)
    return drawn


def in_words(next_: Next, workspace_id: UUID, partnerships: Iterable[Partnership]) -> NextAction:
    """Return the next action in the words of the team: company names, and where the button leads."""
    partnership = next((each for each in partnerships if each.pk == next_.partnership_id), None)
    if partnership is None:
        return _without_partnership(next_, workspace_id)
    start, end = partnership.first.short_name, partnership.second.short_name
    company, other = (start, end) if next_.side == "start" else (end, start)
    names = {"company": company, "other": other, "start": start, "end": end}
    what, why, button = _words()[next_.step]
    return NextAction(what % names, why % names, button % names, _address(next_, workspace_id))


def _without_partnership(next_: Next, workspace_id: UUID) -> NextAction:
    companies = reverse("workspaces:organisations", args=[workspace_id])
    if next_.step == Step.ADD_PARTNER:
        return NextAction(
            _("Add a partner"), _("No partnership is being worked on now."), _("To the companies"), companies
        )
    return NextAction(
        _("Nothing to do just now"), _("No partnership is being worked on now."), _("To the companies"), companies
    )


def _words() -> dict[Step, tuple[str, str, str]]:
    return {
        Step.FILL_MODEL: (
            _("Fill in %(company)s’s business model"),
            _("There is no note on it yet. Start with its customers."),
            _("Open the model"),
        ),
        Step.INVITE: (
            _("Invite %(company)s"),
            _("Nobody from %(company)s is here yet. Until then, what others write for it is a guess."),
            _("Code and links"),
        ),
        Step.SKETCH: (
            _("Sketch what %(company)s wants and brings"),
            _("The sketch with %(other)s is still empty."),
            _("Open the sketch"),
        ),
        Step.READ: (
            _("Read what %(company)s wants and brings"),
            _("Both sides have models and sketches: say what you think of theirs, and close what gaps you see."),
            _("Open their sketch"),
        ),
        Step.REVEAL: (
            _("Reveal what %(start)s and %(end)s sketched"),
            _("Both sketches are private until then. Ask the teams whether they are ready."),
            _("To the sketches"),
        ),
        Step.WAIT: (
            _("Sketch on until both sheets are revealed"),
            _("What %(company)s writes is private until then, and so is what %(other)s writes."),
            _("Open the sketch"),
        ),
        Step.LOOK: (
            _("See what %(start)s and %(end)s are working on"),
            _("You are here to watch."),
            _("Open the models"),
        ),
    }


def _address(next_: Next, workspace_id: UUID) -> str:
    partnership, side = next_.partnership_id, next_.side
    if next_.step == Step.INVITE:
        return reverse("workspaces:members", args=[workspace_id]) + "#sharing"
    if next_.step in (Step.SKETCH, Step.READ, Step.REVEAL, Step.WAIT):
        return reverse("partnerships:sheet", args=[partnership, side])
    return reverse("partnerships:model", args=[partnership, side])
