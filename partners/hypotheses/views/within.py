"""What the pages about one idea's tests and cards share: finding them in it, and its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from partners.base.errors import DomainError, NotFound
from partners.events.made_with import OTHER_WORDS
from partners.hypotheses import operations
from partners.hypotheses.access import idea_test_for, learning_for
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.rules import Move
from partners.hypotheses.views.page import open_place, partnership_of, sealed
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView


@dataclass(frozen=True)
class Filled:
    """What stands in a form: as it was typed or is stored, the words it was typed on, and what was wrong with it."""

    typed: dict[str, Any]
    base: dict[str, str] = field(default_factory=dict)
    mistake: DomainError | None = None

    @property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by field."""
        return self.mistake.details.get("fields", {}) if self.mistake else {}

    @property
    def status(self) -> int:
        """The status of the page that holds the form."""
        return self.mistake.status if self.mistake else 200


def refused(typed: dict[str, Any], mistake: DomainError, base: dict[str, str] | None = None) -> Filled:
    """Return a form that was refused, with everything typed in it; of words two people changed both versions.

    Where its id stands for other words already, it brings another: saved again, what was typed is kept beside them.
    """
    base = dict(base or {})
    if mistake.code == OTHER_WORDS:
        typed["id"] = str(uuid4())
    if name := mistake.details.get("field"):
        typed[name], base[name] = mistake.details["yours"], mistake.details["stands"]
    return Filled(typed, base, mistake)


def idea_test_in(
    request: HttpRequest, idea_id: UUID, test_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, TestCard]:
    """Return a test of this very idea; raises `NotFound`."""
    seen, found = idea_test_for(identity_of(request), test_id, deleted=deleted)
    if found.hypothesis_id != idea_id:
        raise NotFound
    return seen, found


def learning_in(
    request: HttpRequest, idea_id: UUID, card_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, LearningCard]:
    """Return a learning card of this very idea; raises `NotFound`."""
    seen, found = learning_for(identity_of(request), card_id, deleted=deleted)
    if found.hypothesis_id != idea_id:
        raise NotFound
    return seen, found


def if_typed(request: HttpRequest) -> bool | None:
    """Return which things (`deleted`) a form may be about: once something is typed, also what was deleted meanwhile."""
    return None if request.method == "POST" else False


def not_now(request: HttpRequest, seen: PartnershipInView, idea: SynergyHypothesis, move: Move) -> HttpResponse | None:
    """Lead back to the idea, which says what comes first, before anybody fills in a form that would be refused."""
    why = operations.why_not(seen, idea, move)
    if why:
        messages.info(request, why)
    return redirect(address_of(idea.pk)) if why else None


def address_of(idea_id: UUID) -> str:
    """Return the address of an idea's page."""
    return reverse("ideas:idea", args=[idea_id])


def deleted_toast(request: HttpRequest, title: str, region: str) -> str:
    """Return the toast that offers the way back after something of a region was deleted at this address."""
    return render_to_string(
        "hypotheses/_toast_deleted.html", {"title": title, "address": request.path, "region": region}
    )


def sealed_page(request: HttpRequest, idea_id: UUID) -> HttpResponse | None:
    """Return the page that says so while both sheets are private, to whoever reads; writing is `NotFound` then."""
    partnership_id = partnership_of(idea_id)
    if request.method != "GET" or partnership_id is None:
        return None
    place, _seen = open_place(request, partnership_id)
    return sealed(request, place) if place.partnership.sealed_at is not None else None
