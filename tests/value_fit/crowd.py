"""A large comparison, straight into the tables: for budgets and benches only."""

from __future__ import annotations

from partners.base.ordering import rank_at
from partners.canvases.models import Canvas, Note
from partners.value_fit.models import Consent, JointSentence, Pair, Rating
from partners.value_fit.queries import NEEDS, OFFERS
from tests.factories import Cast
from tests.remembering import remembered


def crowded_comparison(cast: Cast, needs: int = 60, offers: int = 60, *, to_each: int = 3) -> None:
    """Fill both sheets with so many needs and offers; so many offers are put to each need, and rated in every way."""
    partnership = cast.with_delonghi
    companies = (cast.nespresso, cast.delonghi)
    sheets = [cast.sheet(partnership, company) for company in companies]
    lying = {
        (sheet.pk, block): _notes(sheet, block, count) for sheet in sheets for block, count in _blocks(needs, offers)
    }
    pairs = [
        Pair(partnership=partnership, offer=lying[theirs.pk, OFFERS][(row * to_each + step) % offers], need=need)
        for ours, theirs in (sheets, sheets[::-1])
        for row, need in enumerate(lying[ours.pk, NEEDS])
        for step in range(min(to_each, offers))
    ]
    Pair.objects.bulk_create(pairs)
    Rating.objects.bulk_create(
        Rating(pair=pair, organisation=company, strength=(place + turn) % 4, by=cast.bo, stands_in=place % 7 == 6)
        for place, pair in enumerate(pairs)
        for turn, company in enumerate(companies)
        if place % 5 or turn
    )
    sentences = [
        JointSentence(
            partnership=partnership, kind=kind, text=f"Joint sentence {place}", beneficiary="", rank=rank_at(place)
        )
        for kind in JointSentence.Kind.values
        for place in range(10)
    ]
    JointSentence.objects.bulk_create(sentences)
    Consent.objects.bulk_create(Consent(sentence=each, organisation=cast.nespresso, by=cast.bo) for each in sentences)


crowded_again = remembered(crowded_comparison)


def _blocks(needs: int, offers: int) -> tuple[tuple[str, int], ...]:
    return ((NEEDS, needs), (OFFERS, offers), ("transfer_activities", 5), ("created_value", 5))


def _notes(sheet: Canvas, block: str, count: int) -> list[Note]:
    notes = [
        Note(
            canvas=sheet,
            block=block,
            text=f"{block} {place + 1} of a crowded sheet, with some words to read",
            rank=rank_at(place),
            weight=1 + place % 3 if block == NEEDS else None,
        )
        for place in range(count)
    ]
    return Note.objects.bulk_create(notes)
