"""What joint ideas put on the notes and pairs they rest on: a mark for each state, with a drawing and its words.

A page fetches the marks of its sheets by its reader's own request, so nobody is told of an idea that they may not see,
and what is drawn once for many (notes, rows of a comparison) stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from partners.canvases.access import canvases_seen_of
from partners.canvases.models import Note
from partners.hypotheses.across import open_to, read_across
from partners.hypotheses.boards.words import SYMBOLS, TONES, names_of, state_words
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.resting import Resting, landed_of, listed, resting
from partners.hypotheses.rules import State, holds_until
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Viewer

ORDER = (
    State.VALIDATED,
    State.SUPPORTED_START_ONLY,
    State.SUPPORTED_END_ONLY,
    State.TESTING,
    State.TEST_DESIGNED,
    State.INCONCLUSIVE,
    State.FLAGGED,
    State.DRAFT,
    State.REFUTED,
    State.PIVOTED,
    State.RETIRED,
)
"""Which mark stands first where several stand together."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One idea, or several in one state: where it leads, its drawing and tone, its words, and the ideas by name."""

    href: str
    state: str
    symbol: str
    tone: str
    words: str
    names: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Notes and pairs that bear the same marks."""

    things: tuple[UUID, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of some sheets. `follows_comparison`: whom a comparison mostly pays may change one of them."""

    spots: tuple[Spot, ...] = ()
    follows_comparison: bool = False


def draw_marks(viewer: Viewer, canvas_ids: Collection[UUID], *, today: date) -> Marks:
    """Return the marks for the notes of some sheets, and for the pairs they stand in, as one reader sees them.

    3 queries while there are no ideas, else at most 10, and 4 more once one of them holds for both.
    """
    sheets = canvases_seen_of(viewer.audience, canvas_ids)
    partnerships = {each.pk: each for each in open_to(viewer.audience, viewer.workspace)} if sheets else {}
    rows = list(SynergyHypothesis.objects.filter(partnership__in=list(partnerships), deleted_at=None)) if sheets else []
    if not rows:
        return Marks()
    on = _things_on(rows, resting([row.pk for row in rows]), sheets)
    here = [row for row in rows if on[row.pk]]
    for row in here:
        row.partnership = partnerships[row.partnership_id]
    read = read_across(here, today=today)
    by_thing: dict[UUID, list[IdeaRead]] = defaultdict(list)
    for each in read:
        for thing in on[each.row.pk]:
            by_thing[thing].append(each)
    return Marks(_spots(viewer, by_thing), any(holds_until(each.claims) for each in read))


def _things_on(
    rows: Iterable[SynergyHypothesis], found: Resting, sheets: Collection[UUID]
) -> Mapping[UUID, frozenset[UUID]]:
    """By idea: what of it is on these sheets (notes it rests on, what they were taken from, what landed), and pairs."""
    landed = landed_of({row.sentence_id for row in rows if row.sentence_id})
    here = set(Note.objects.filter(canvas__in=list(sheets), deleted_at=None).values_list("pk", flat=True))
    things = {}
    for row in rows:
        own = found.notes[row.pk] | found.origins[row.pk]
        if row.sentence_id:
            own |= landed[row.sentence_id]
        pairs = found.pairs[row.pk] if found.notes[row.pk] & here else set()
        things[row.pk] = frozenset(own & here | pairs)
    return things


def _spots(viewer: Viewer, by_thing: Mapping[UUID, list[IdeaRead]]) -> tuple[Spot, ...]:
    """Things with the same ideas are one spot: its marks are drawn once."""
    together: dict[tuple[UUID, ...], list[UUID]] = defaultdict(list)
    ideas = {each.row.pk: each for found in by_thing.values() for each in found}
    for thing, found in by_thing.items():
        together[tuple(each.row.pk for each in found)].append(thing)
    return tuple(
        Spot(tuple(sorted(things)), _marks(viewer, [ideas[pk] for pk in idea_ids]))
        for idea_ids, things in together.items()
    )


def _marks(viewer: Viewer, ideas: Iterable[IdeaRead]) -> tuple[Mark, ...]:
    """A mark for each state, the ideas in it counted."""
    alike: dict[tuple[State, str], list[IdeaRead]] = defaultdict(list)
    for each in sorted(ideas, key=lambda each: ORDER.index(each.state)):
        names = names_of(PartnershipInView(viewer, each.row.partnership))
        alike[each.state, state_words(each.state, names)].append(each)
    return tuple(_mark(viewer, state, words, found) for (state, words), found in alike.items())


def _mark(viewer: Viewer, state: State, words: str, ideas: list[IdeaRead]) -> Mark:
    said = ngettext("idea: %(state)s", "%(num)s ideas: %(state)s", len(ideas)) % {"num": len(ideas), "state": words}
    titles = listed(each.row.title for each in ideas)
    return Mark(_leads_to(viewer, ideas), state.value, SYMBOLS[state], TONES.get(state, ""), said, titles)


def _leads_to(viewer: Viewer, ideas: list[IdeaRead]) -> str:
    """An idea's own page; several are listed on the board of their partnership, or of the workshop."""
    if len(ideas) == 1:
        return reverse("ideas:idea", args=[ideas[0].row.pk])
    partnerships = {each.row.partnership_id for each in ideas}
    if len(partnerships) == 1:
        return reverse("ideas:ideas", args=list(partnerships))
    return reverse("ideas:workshop", args=[viewer.workspace.pk])
