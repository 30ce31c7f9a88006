"""What joint ideas rest on: the notes they were flagged from, and the pairs with their offers and needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from partners.canvases.models import Note
from partners.hypotheses.models import SynergyHypothesis

Things = dict[UUID, set[UUID]]


@dataclass(frozen=True)
class Resting:
    """By idea: the living notes and pairs it rests on, and the business-model notes that those were taken from."""

    notes: Things = field(default_factory=lambda: defaultdict(set))
    pairs: Things = field(default_factory=lambda: defaultdict(set))
    origins: Things = field(default_factory=lambda: defaultdict(set))


def resting(idea_ids: Collection[UUID]) -> Resting:
    """Return what some ideas rest on: 2 queries. A pair that was taken apart, or has lost a note, is left out."""
    found = Resting()
    links = SynergyHypothesis.notes.through._default_manager.filter(
        synergyhypothesis__in=idea_ids, note__deleted_at=None
    )
    for idea, note, origin in links.values_list("synergyhypothesis_id", "note_id", "note__source_note_id"):
        _rest(found, idea, {note: origin})
    pairs = SynergyHypothesis.pairs.through._default_manager.filter(
        synergyhypothesis__in=idea_ids, pair__removed_at=None
    )
    living = pairs.filter(pair__offer__deleted_at=None, pair__need__deleted_at=None)
    for idea, pair, offer, need, *origins in living.values_list(
        "synergyhypothesis_id",
        "pair_id",
        "pair__offer_id",
        "pair__need_id",
        "pair__offer__source_note_id",
        "pair__need__source_note_id",
    ):
        found.pairs[idea].add(pair)
        _rest(found, idea, dict(zip((offer, need), origins, strict=True)))
    return found


def landed_of(sentence_ids: Collection[UUID]) -> Things:
    """Return the notes that created values have put on business models, by those: 1 query, none without any."""
    found: Things = defaultdict(set)
    if sentence_ids:
        landed = Note.objects.filter(joint_sentence__in=sentence_ids, deleted_at=None)
        for sentence, note in landed.values_list("joint_sentence_id", "pk"):
            found[sentence].add(note)
    return found


def listed(titles: Iterable[str], *, most: int | None = None) -> str:
    """Return the names of ideas, at most so many of them, for the middle of a sentence.

    >>> listed(["Pods", "Kettles", "Clubs"])
    '“Pods”, “Kettles” and “Clubs”'
    >>> listed(["Pods", "Kettles", "Clubs"], most=1)
    '“Pods” and 2 more'
    """
    quoted = [_("“%(title)s”") % {"title": title} for title in titles]
    named = quoted[:most]
    if more := len(quoted) - len(named):
        named.append(_("%(more)s more") % {"more": more})
    return _(" and ").join(text for text in (_(", ").join(named[:-1]), named[-1]) if text)


def _rest(found: Resting, idea: UUID, notes: dict[UUID, UUID | None]) -> None:
    found.notes[idea] |= notes.keys()
    found.origins[idea] |= {origin for origin in notes.values() if origin}
