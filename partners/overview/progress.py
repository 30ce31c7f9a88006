"""How far workshops are: counts of notes and people for many partnerships at once, and the words of the next action."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP
from partners.canvases.models import Note
from partners.overview.compared import Compared, compared
from partners.overview.rules import Next, Progress, Side, Step
from partners.value_fit.queries import NEEDS
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
    """Return how far partnerships are (with both companies loaded): four queries for all of them, or two while nobody
    has noted a need."""
    companies = {pk for each in partnerships for pk in (each.first_id, each.second_id)}
    notes = Note.objects.filter(deleted_at=None, canvas__organisation_id__in=companies).order_by()
    counted = notes.values_list("canvas__organisation_id", "canvas__partnership_id", "canvas__kind", "block")
    counts: Counter[tuple[Any, ...]] = Counter()
    for *where, block, number in counted.annotate(n=Count("pk")):
        counts[tuple(where)] += number
        counts[*where, block] += number
    here = set(
        Membership.objects.filter(organisation_id__in=companies, removed_at=None)
        .exclude(role=Membership.Role.OBSERVER)
        .values_list("organisation_id", flat=True)
    )

    with_needs = [
        each
        for each in partnerships
        if any(counts[pk, each.pk, PARTNERSHIP.key, NEEDS] for pk in (each.first_id, each.second_id))
    ]
    said = compared(with_needs, today=timezone.localdate())

    def side(organisation_id: UUID, partnership_id: UUID) -> Side:
        now = said.get(partnership_id, Compared())
        needs = counts[organisation_id, partnership_id, PARTNERSHIP.key, NEEDS]
        is_through = organisation_id in now.looked_through
        return Side(
            organisation_id,
            model_notes=counts[organisation_id, None, BUSINESS_MODEL.key],
            sketch_notes=counts[organisation_id, partnership_id, PARTNERSHIP.key],
            is_here=organisation_id in here,
            needs=needs,
            needs_to_look_at=0 if is_through else max(0, needs - len(now.looked_at[organisation_id])),
            pairs_to_rate=now.waits_for.count(organisation_id),
        )

    return {each.pk: _progress(each, side, said.get(each.pk, Compared())) for each in partnerships}


def _progress(partnership: Partnership, side: Callable[[UUID, UUID], Side], now: Compared) -> Progress:
    return Progress(
        partnership.pk,
        partnership.state,
        side(partnership.first_id, partnership.pk),
        side(partnership.second_id, partnership.pk),
        is_sealed=partnership.sealed_at is not None,
        must_agree_transfer=bool(now.agreed_pairs) and not now.has_agreed_transfer,
        is_decided=now.is_decided,
        steps_due=now.due,
    )


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
    names = {"company": company, "other": other, "start": start, "end": end, "n": next_.count}
    what, why, button = (_words() | _counted_words(next_.count))[next_.step]
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


def _counted_words(n: int) -> dict[Step, tuple[str, str, str]]:
    """What is next once both have sketched; `n` is how many."""
    return {
        Step.RATE: (
            ngettext("Rate the pair that waits for %(company)s", "Rate the %(n)s pairs that wait for %(company)s", n),
            _("%(other)s has rated already. What it said is shown when %(company)s has rated too."),
            _("To Compare"),
        ),
        Step.COMPARE: (
            ngettext("Look at one more need of %(company)s", "Look at %(n)s more needs of %(company)s", n),
            _("Put what %(other)s brings to each of them, or say that nobody offers it."),
            _("To Compare"),
        ),
        Step.AGREE: (
            _("Agree how it gets from one to the other"),
            _("%(start)s and %(end)s agree on what they give each other, and not yet on how it gets across."),
            _("To Compare"),
        ),
        Step.DECIDE: (
            _("Decide: go on, adapt or stop"),
            _("Every need has been looked at. Write down what %(start)s and %(end)s decide, and who does what next."),
            _("To the outcome"),
        ),
        Step.DUE: (
            ngettext("One next step is due", "%(n)s next steps are due", n),
            _("What %(start)s and %(end)s agreed to do by today is not ticked yet."),
            _("To the next steps"),
        ),
        Step.REPORT: (
            _("Take the report home"),
            _("It is decided, and nothing is due today."),
            _("To the outcome"),
        ),
    }


def _address(next_: Next, workspace_id: UUID) -> str:
    partnership, side = next_.partnership_id, next_.side
    if next_.step == Step.INVITE:
        return reverse("workspaces:members", args=[workspace_id]) + "#sharing"
    if next_.step in (Step.SKETCH, Step.READ, Step.REVEAL, Step.WAIT):
        return reverse("partnerships:sheet", args=[partnership, side])
    if next_.step in (Step.RATE, Step.COMPARE, Step.AGREE):
        return reverse("comparisons:compare", args=[partnership])
    if next_.step in (Step.DECIDE, Step.DUE, Step.REPORT):
        return reverse("outcomes:outcome", args=[partnership])
    return reverse("partnerships:model", args=[partnership, side])
