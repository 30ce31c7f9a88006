"""Learning cards: written and changed on a page of their own, accepted by each company on the idea's."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import Conflict, Invalid
from partners.base.http import uuid_or_none
from partners.hypotheses import operations
from partners.hypotheses.access import idea_for
from partners.hypotheses.boards.words import DECISIONS, LEVELS, OUTCOMES, claim_words, names_of
from partners.hypotheses.experiments import experiment
from partners.hypotheses.forms import (
    AcceptanceForm,
    CardForm,
    RemovalForm,
    base_in,
    cleaned,
    ids_in,
    links_in,
    verdicts_in,
)
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.rules import MUST, Claim, Move
from partners.hypotheses.views.page import form_words, frame_of, open_place, part
from partners.hypotheses.views.within import (
    Filled,
    address_of,
    deleted_toast,
    if_typed,
    learning_in,
    not_now,
    refused,
    sealed_page,
)
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView

WORDS = ("title", "observed", "learned", "will_do", "costs_start", "costs_end")
NUMBERS = ("data_points", "level", "reliability", "action")
PLAIN = (*WORDS, *NUMBERS, "observed_on", "decision")


@require_http_methods(["GET", "POST"])
def learning(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Write down what was learned: GET the form (`test`: of which test), POST writes it."""
    if answer := sealed_page(request, idea_id):
        return answer
    seen, idea = idea_for(identity_of(request), idea_id, deleted=if_typed(request))
    if request.method == "GET":
        return not_now(request, seen, idea, Move.LEARN) or _form(
            request, seen, idea, None, Filled(_begun(request, idea))
        )
    if idea.deleted_at is not None:
        return _form(request, seen, idea, None, refused(_typed(request), operations.deleted(idea)))
    try:
        operations.write_card(seen=seen, idea=idea, card_id=uuid_or_none(request.POST.get("id")), **_fields(request))
    except (Conflict, Invalid) as mistake:
        return _form(request, seen, idea, None, refused(_typed(request), mistake))
    return redirect(f"{address_of(idea_id)}#idea-cards")


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, idea_id: UUID, card_id: UUID) -> HttpResponse:
    """Change a card: both companies' yes to the one before falls away. Conflicts show both versions."""
    if answer := sealed_page(request, idea_id):
        return answer
    seen, found = learning_in(request, idea_id, card_id, deleted=if_typed(request))
    idea = found.hypothesis
    if request.method == "GET":
        return _form(request, seen, idea, found, Filled(_stored(found), {name: getattr(found, name) for name in WORDS}))
    base = base_in(request.POST)
    if found.deleted_at is not None:
        return _form(request, seen, idea, found, refused(_typed(request), operations.deleted(found), base))
    try:
        fields = _fields(request)
        if not fields["title"].strip():
            del fields["title"]  # a card keeps the name it has
        operations.change_card(seen=seen, card=found, base=base, **fields)
    except (Conflict, Invalid) as mistake:
        return _form(request, seen, idea, found, refused(_typed(request), mistake, base))
    return redirect(f"{address_of(idea_id)}#card-{card_id}")


@require_POST
def acceptance(request: HttpRequest, idea_id: UUID, card_id: UUID) -> HttpResponse:
    """A company's yes to a card, or that taken back."""
    seen, found = learning_in(request, idea_id, card_id)
    values = cleaned(AcceptanceForm(request.POST))
    operations.accept_card(
        seen=seen,
        card=found,
        organisation_id=values["organisation"],
        given=values["given"],
        revision=values["revision"],
    )
    return part(request, idea_id, "cards")


@require_POST
def removal(request: HttpRequest, idea_id: UUID, card_id: UUID) -> HttpResponse:
    """Delete a card, or bring it back; undo brings it back as well."""
    seen, found = learning_in(request, idea_id, card_id, deleted=None)
    removed = cleaned(RemovalForm(request.POST))["removed"]
    operations.remove_card(seen=seen, card=found, removed=removed)
    told = [deleted_toast(request, found.title, "idea-cards")] if removed else []
    return part(request, idea_id, "cards", *told)


def _fields(request: HttpRequest) -> dict[str, Any]:
    values = cleaned(CardForm(request.POST))
    fields = {name: values[name] for name in PLAIN}
    fields["verdicts"] = verdicts_in(request.POST)
    return fields | {"links": links_in(values["links"]), "tests": ids_in(request.POST, "tests")}


def _begun(request: HttpRequest, idea: SynergyHypothesis) -> dict[str, Any]:
    """A new card: of the test that was named, with the claims that it tests, its data points and its level."""
    tests = {str(test.pk): test for test in TestCard.objects.filter(hypothesis=idea, deleted_at=None)}
    test = tests.get(request.GET.get("test", ""))
    begun: dict[str, Any] = {"id": str(uuid4()), "observed_on": timezone.localdate().isoformat(), "tests": []}
    if test is not None:
        kind = experiment(test.experiment)
        begun |= {"tests": [str(test.pk)], "data_points": str(test.points or ""), "about": test.claims}
        begun |= {"level": str(kind.level) if kind else "", "reliability": str(test.reliability or "")}
    return begun


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in request.POST}
    typed["id"] = str(uuid_or_none(request.POST.get("id")) or uuid4())
    return typed | {"tests": request.POST.getlist("tests")}


def _stored(card: LearningCard) -> dict[str, Any]:
    stored: dict[str, Any] = {name: getattr(card, name) for name in PLAIN}
    stored |= {name: "" if stored[name] is None else str(stored[name]) for name in NUMBERS}
    stored |= {f"verdict-{claim}": said for claim, said in card.verdicts.items()}
    stored["observed_on"] = card.observed_on.isoformat()
    return stored | {"links": "\n".join(card.links), "tests": card.tests}


def _form(
    request: HttpRequest, seen: PartnershipInView, idea: SynergyHypothesis, found: LearningCard | None, filled: Filled
) -> HttpResponse:
    place, _seen = open_place(request, idea.partnership_id)
    names = names_of(seen)
    tests = TestCard.objects.filter(hypothesis=idea, deleted_at=None)
    values = frame_of(place) | form_words(seen, names)
    values |= {
        "idea": idea,
        "card": found,
        "typed": filled.typed,
        "base": filled.base,
        "mistake": filled.mistake,
        "errors": filled.errors,
        "claims": [(claim.value, claim_words(claim, names), idea.words.get(MUST[claim], "")) for claim in Claim],
        "outcomes": [(outcome.value, str(says)) for outcome, says in OUTCOMES.items()],
        "levels_said": [(str(level), f"{level}: {says}") for level, says in LEVELS.items()],
        "decisions": [(key, str(says)) for key, says in DECISIONS.items()],
        "tests": [(str(test.pk), test.title) for test in tests],
        "names": names,
        "has_yes": found is not None and found.acceptances.exists(),
    }
    return render(request, "hypotheses/card.html", values, status=filled.status)
