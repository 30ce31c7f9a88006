"""Small requests about pairs, ratings and declarations. Each answers with what changed, as the stream sends it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST

from partners.base.http import pieces
from partners.canvases.forms import cleaned
from partners.events import reads
from partners.people.identity import identity_of
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, comparison_for, pair_for, require_open
from partners.value_fit.boards.reader import reader_of
from partners.value_fit.forms import InterestForm, NoteForm, OfCompanyForm, PairForm, RatingForm, SameForm
from partners.value_fit.fragments import Sight, notes_of
from partners.value_fit.models import Pair
from partners.value_fit.queries import comparison
from partners.value_fit.touched import Touched, everything, involved, touched_by


@require_POST
def pair(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Put an offer to a need."""
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(PairForm(request.POST))
    made = operations.make_pair(seen=seen, offer_id=values["offer"], need_id=values["need"], pair_id=values["id"])
    return answer(seen, pairs=[made])


@require_POST
def rating(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Rate a pair for a company, putting the two together first if they are not."""
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(RatingForm(request.POST))
    rated = operations.rate(
        seen=seen,
        organisation_id=values["organisation"],
        strength=values["strength"],
        offer_id=values["offer"],
        need_id=values["need"],
        reason=values["reason"] if "reason" in request.POST else None,
    )
    return answer(seen, pairs=[rated])


@require_POST
def removal(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Take a pair apart."""
    seen, found = pair_for(identity_of(request), pair_id)
    return answer(seen, pairs=[operations.remove_pair(seen=seen, pair=found)])


@require_POST
def interest(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Say whether interests are common, different or opposed."""
    seen, found = pair_for(identity_of(request), pair_id)
    said = cleaned(InterestForm(request.POST))["interest"]
    return answer(seen, pairs=[operations.say_interest(seen=seen, pair=found, interest=said)])


@require_POST
def rating_removal(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Take a company's rating back."""
    seen, found = pair_for(identity_of(request), pair_id)
    company = cleaned(OfCompanyForm(request.POST))["organisation"]
    return answer(seen, pairs=[operations.take_rating_back(seen=seen, pair=found, organisation_id=company)])


@require_POST
def confirmation(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Confirm what a stand-in said for my company, or take that back."""
    seen, found = pair_for(identity_of(request), pair_id)
    company = cleaned(OfCompanyForm(request.POST))["organisation"]
    confirmed = request.POST.get("confirmed", "1") != "0"
    operations.confirm_rating(seen=seen, pair=found, organisation_id=company, confirmed=confirmed)
    return answer(seen, pairs=[found])


@require_POST
def unmatched(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """*Nobody offers this*, *not asked for*; or look again."""
    seen = comparison_for(identity_of(request), partnership_id)
    note_id = cleaned(NoteForm(request.POST))["note"]
    operations.declare_unmatched(seen=seen, note_id=note_id, stands=_stands(request))
    return answer(seen, notes=[note_id])


@require_POST
def looked_through(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """*We have looked at everything*; or not yet."""
    seen = comparison_for(identity_of(request), partnership_id)
    company = cleaned(OfCompanyForm(request.POST))["organisation"]
    operations.declare_looked_through(seen=seen, organisation_id=company, stands=_stands(request))
    return answer(seen, all_of_it=True)


@require_POST
def same(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Two offers, or two needs, are the same thing; or not."""
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(SameForm(request.POST))
    operations.declare_same(seen=seen, first_id=values["first"], second_id=values["second"], stands=_stands(request))
    return answer(seen, notes=[values["first"], values["second"]])


def answer(
    seen: PartnershipInView,
    *,
    pairs: Iterable[Pair] = (),
    notes: Iterable[UUID] = (),
    all_of_it: bool = False,
) -> HttpResponse:
    """Answer with the pieces that changed, as this reader may see them."""
    require_open(seen)
    upto = reads.number_in(reads.cursor(seen.viewer.workspace.pk))
    compared = comparison(seen.partnership)
    changed: Touched = everything(compared) if all_of_it else touched_by(compared, notes, [pair.pk for pair in pairs])
    sight = Sight(compared, notes_of(compared, involved(compared, changed)), seen.viewer.workspace, upto)
    with translation.override(seen.viewer.language):
        return pieces(*sight.pieces(reader_of(seen.viewer), changed))


def _stands(request: HttpRequest) -> bool:
    return request.POST.get("stands", "1") != "0"
