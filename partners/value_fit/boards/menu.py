"""Everything that one reader may do with one need or offer, for the menu that is fetched for that person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from partners.value_fit.access import PartnershipInView
from partners.value_fit.boards.rows import DrawnRating
from partners.value_fit.compared import ComparedNote, PairRead, RatingRead
from partners.value_fit.queries import NEEDS, Comparison
from partners.value_fit.rules import SIDES, Side, other
from partners.workspaces.models import Organisation
from partners.workspaces.rules import Action


@dataclass(frozen=True, slots=True)
class Rights:
    """What a reader may do, by sides: style shows the controls by it, the server decides.

    `rates` says for whom they rate (their own company, or an absent one), `notes_for` for whom else they may write down
    what it says, `agrees` for whom they say yes, `writes` on whose open sheet they write.
    """

    negotiates: bool
    rates: tuple[Side, ...]
    notes_for: tuple[Side, ...]
    agrees: tuple[Side, ...]
    writes: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class PairChoices:
    """A pair that stands: what it is put to, and what the reader may say of it, for their company and for others."""

    pair: PairRead
    words: str
    own: tuple[DrawnRating, ...]
    notes_for: tuple[DrawnRating, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that the note may be put to."""

    note: ComparedNote
    offer_id: UUID
    need_id: UUID


@dataclass(frozen=True, slots=True)
class NoteMenu:
    """The menu of a need or an offer."""

    note: ComparedNote
    is_need: bool
    company: Organisation
    partner: Organisation
    options: tuple[Option, ...]
    own: DrawnRating | None
    pairs: tuple[PairChoices, ...]
    is_unmatched: bool
    same: tuple[tuple[ComparedNote, bool], ...]
    may_write: bool
    may_confirm: bool


def rights_of(seen: PartnershipInView) -> Rights:
    """Return what a reader may do in a comparison."""
    may = seen.viewer.may
    company = {side: seen.organisation(side).pk for side in SIDES}
    rates = [side for side in SIDES if may(Action.RATE, company[side])]
    own = [side for side in rates if side == seen.mine or company[side] not in seen.viewer.present_organisations]
    return Rights(
        negotiates=seen.may_negotiate(),
        rates=tuple(own),
        notes_for=tuple(side for side in rates if side not in own),
        agrees=tuple(side for side in SIDES if may(Action.AGREE, company[side])),
        writes=tuple(side for side in SIDES if may(Action.WRITE, company[side])),
    )


def menu_of(seen: PartnershipInView, compared: Comparison, note_id: UUID) -> NoteMenu | None:
    """Return the menu of a need or an offer of the comparison; None when it is neither."""
    shown = {note.pk: (note, side) for side in SIDES for note in (*compared.needs(side), *compared.offers(side))}
    if note_id not in shown:
        return None
    note, side = shown[note_id]
    is_need = note.block == NEEDS
    needing, bringing = (side, other(side)) if is_need else (other(side), side)
    rights = rights_of(seen)
    pairs = [pair for pair in compared.pairs if note_id in (pair.offer_id, pair.need_id)]
    taken = {pair.offer_id if is_need else pair.need_id for pair in pairs}
    facing = compared.offers(other(side)) if is_need else compared.needs(other(side))
    alike = compared.needs(other(side)) if is_need else compared.offers(other(side))
    own = next((each for each in (seen.mine, needing, bringing) if each in rights.rates), None)
    may = seen.viewer.may
    return NoteMenu(
        note=note,
        is_need=is_need,
        company=seen.organisation(side),
        partner=seen.organisation(other(side)),
        options=tuple(
            Option(each, *((each.pk, note_id) if is_need else (note_id, each.pk)))
            for each in facing
            if each.pk not in taken
        ),
        own=_empty(seen, own) if own else None,
        pairs=tuple(
            PairChoices(
                pair,
                shown[pair.offer_id if is_need else pair.need_id][0].text,
                own=tuple(_said(seen, pair, each, needing) for each in rights.rates),
                notes_for=tuple(_said(seen, pair, each, needing) for each in rights.notes_for),
            )
            for pair in pairs
        ),
        is_unmatched=note_id in compared.unmatched,
        same=tuple((each, {(note_id, each.pk), (each.pk, note_id)} & set(compared.same) != set()) for each in alike),
        may_write=may(Action.WRITE, note.organisation_id, locked=bool(note.locked_at)),
        may_confirm=note.stands_in and may(Action.CONFIRM, note.organisation_id),
    )


def _empty(seen: PartnershipInView, side: Side) -> DrawnRating:
    company = seen.organisation(side)
    return DrawnRating(side, company.pk, company.short_name, has_rated=False)


def _said(seen: PartnershipInView, pair: PairRead, side: Side, needing: Side) -> DrawnRating:
    """What a company says of a pair, as the reader may know it."""
    company = seen.organisation(side)
    rating: RatingRead | None = pair.needing if side == needing else pair.bringing
    drawn = DrawnRating(side, company.pk, company.short_name, has_rated=rating is not None)
    if rating and (pair.is_settled or seen.sees_rating_of(company.pk, stands_in=rating.stands_in)):
        return replace(drawn, strength=rating.strength)
    return drawn
