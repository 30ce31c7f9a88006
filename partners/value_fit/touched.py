"""What of a comparison a change may have changed: which rows, tray places and sentences have to be drawn anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Q

from partners.events.fragments import Happening
from partners.value_fit.models import Pair
from partners.value_fit.queries import Comparison
from partners.value_fit.rules import SIDES

NAMES_PEOPLE = ("member_changed", "member_removed")
"""Joint sentences name who said yes to them."""
SAID_OF_ALL = ("round_started", "looked_through_declared", "same_declared")


@dataclass(frozen=True)
class Touched:
    """What a change may have changed: the needs whose rows, and the offers whose place in the tray, are drawn anew."""

    needs: set[UUID]
    offers: set[UUID]
    no_needs: set[UUID] = field(default_factory=set)
    """Notes that are no need of the comparison, or not any more."""
    no_offers: set[UUID] = field(default_factory=set)
    """Notes that are no offer of it, or not any more."""
    sentences: frozenset[UUID] = frozenset()

    def removals(self, compared: Comparison, upto: int) -> list[str]:
        """Rows and tray places that are not there any more."""
        docked = {pair.offer_id for pair in compared.pairs}
        left = [f"row-{note}" for note in self.no_needs] + [
            f"tray-{note}" for note in self.no_offers | self.offers & docked
        ]
        return [f'<del data-gone="{element}" data-drawn="{upto}"></del>' for element in sorted(left)]


def touched_by(compared: Comparison, note_ids: Iterable[UUID], pair_ids: Iterable[UUID] = ()) -> Touched:
    """Return what changes to some notes and pairs touch."""
    notes = set(note_ids)
    for offer, need in Pair.objects.filter(pk__in=set(pair_ids)).values_list("offer_id", "need_id"):
        notes |= {offer, need}
    needs = {note.pk for side in SIDES for note in compared.needs(side)}
    offers = {note.pk for side in SIDES for note in compared.offers(side)}
    # All their pairs: those of a note that went or stands elsewhere wait for it, and what it stood beside looks
    # different without it.
    across = set(Pair.objects.filter(Q(offer__in=notes) | Q(need__in=notes)).values_list("offer_id", "need_id"))
    beside = {need for offer, need in across if offer in notes}
    held = {offer for offer, need in across if need in notes}  # in the tray again without their need, or out of it
    return Touched((notes | beside) & needs, (notes | held) & offers, notes - needs, notes - offers)


def touched_by_all(compared: Comparison, told: Iterable[Happening]) -> Touched | None:
    """Return what everything that has happened touches; None when nothing of the comparison has changed."""
    notes: set[UUID] = set()
    pairs: set[UUID] = set()
    sentences: set[UUID] = set()
    here = compared.partnership
    all_of_it = False
    for each in told:
        notes.update(UUID(str(note)) for note in each.draws or ())
        if each.kind in NAMES_PEOPLE:
            sentences.update(read.row.pk for read in compared.sentences)
        elif _is_about_all(each, compared):
            all_of_it = True
        elif each.partnership_id != here.pk:
            continue
        elif each.thing_type == "pair":
            pairs.add(each.thing_id)
        elif each.thing_type == "joint_sentence":
            sentences.add(each.thing_id)
        elif each.thing_type in ("note", "declaration"):
            notes.add(each.thing_id)
    if not (all_of_it or notes or pairs or sentences):
        return None
    touched = replace(touched_by(compared, notes, pairs), sentences=frozenset(sentences))
    if all_of_it:
        whole = everything(compared)
        touched = replace(touched, needs=whole.needs, offers=whole.offers)
    return touched


def _is_about_all(each: Happening, compared: Comparison) -> bool:
    here = compared.partnership
    if each.thing_type == "organisation":
        return each.thing_id in (here.first_id, here.second_id)
    return each.partnership_id == here.pk and each.kind in SAID_OF_ALL


def everything(compared: Comparison) -> Touched:
    """Return all needs and offers of a comparison."""
    needs = {note.pk for side in SIDES for note in compared.needs(side)}
    return Touched(needs, {note.pk for side in SIDES for note in compared.offers(side)})


def involved(compared: Comparison, touched: Touched) -> set[UUID]:
    """Return the notes that have to be read to draw what was touched."""
    docked = {pair.offer_id for pair in compared.pairs if pair.need_id in touched.needs}
    return touched.needs | touched.offers | docked
