"""Tests of an idea: described and changed on a page of their own, started, counted and ended on the idea's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import Conflict, Invalid
from partners.base.http import uuid_or_none
from partners.hypotheses import operations
from partners.hypotheses.access import idea_for
from partners.hypotheses.boards.rhythm import iterations_open
from partners.hypotheses.boards.words import LEVELS, RISKS, claim_words, names_of
from partners.hypotheses.experiments import EXPERIMENTS, Risk
from partners.hypotheses.forms import CountForm, EndForm, RemovalForm, TestForm, base_in, cleaned, links_in
from partners.hypotheses.models import SynergyHypothesis, TestCard
from partners.hypotheses.rules import MUST, Claim, Move
from partners.hypotheses.views.page import form_words, frame_of, open_place, part
from partners.hypotheses.views.within import (
    Filled,
    address_of,
    deleted_toast,
    idea_test_in,
    if_typed,
    not_now,
    refused,
    sealed_page,
)
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES
from partners.workspaces.queries import members_seen

WORDS = ("title", "does", "metric", "criterion")
MARKS = ("critical", "cost", "reliability", "time")
PLAIN = (*WORDS, *MARKS, "experiment", "starts_on", "due_on", "points_wanted", "by_product", "by_partnership")


@require_http_methods(["GET", "POST"])
def tests(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Describe a test: GET the form, POST writes it down."""
    if answer := sealed_page(request, idea_id):
        return answer
    seen, idea = idea_for(identity_of(request), idea_id, deleted=if_typed(request))
    if request.method == "GET":
        return not_now(request, seen, idea, Move.DESIGN_TEST) or _form(
            request, seen, idea, None, Filled({"id": str(uuid4()), "claims": []})
        )
    if idea.deleted_at is not None:
        return _form(request, seen, idea, None, refused(_typed(request), operations.deleted(idea)))
    try:
        fields = _fields(request)
        operations.design_test(seen=seen, idea=idea, test_id=uuid_or_none(request.POST.get("id")), **fields)
    except (Conflict, Invalid) as mistake:
        return _form(request, seen, idea, None, refused(_typed(request), mistake))
    return redirect(f"{address_of(idea.pk)}#idea-tests")


@require_http_methods(["GET", "POST"])
def test(request: HttpRequest, idea_id: UUID, test_id: UUID) -> HttpResponse:
    """Change a test; what proves it right asks for a reason once it has started. Conflicts show both versions."""
    if answer := sealed_page(request, idea_id):
        return answer
    seen, found = idea_test_in(request, idea_id, test_id, deleted=if_typed(request))
    idea = found.hypothesis
    if request.method == "GET":
        return _form(request, seen, idea, found, Filled(_stored(found), {name: getattr(found, name) for name in WORDS}))
    base = base_in(request.POST)
    if found.deleted_at is not None:
        return _form(request, seen, idea, found, refused(_typed(request), operations.deleted(found), base))
    try:
        fields = _fields(request)
        if found.started_at is not None:
            fields = {name: value for name, value in fields.items() if name not in ("claims", "experiment")}
        operations.change_test(seen=seen, test=found, base=base, why=request.POST.get("why", ""), **fields)
    except (Conflict, Invalid) as mistake:
        return _form(request, seen, idea, found, refused(_typed(request), mistake, base))
    return redirect(f"{address_of(idea.pk)}#test-{test_id}")


def _acts(request: HttpRequest, idea_id: UUID, test_id: UUID, act: Callable[..., Any], **values: Any) -> HttpResponse:
    seen, found = idea_test_in(request, idea_id, test_id)
    act(seen=seen, test=found, **values)
    return part(request, idea_id, "tests")


@require_POST
def start(request: HttpRequest, idea_id: UUID, test_id: UUID) -> HttpResponse:
    """Start it: what proves it right is fixed from now on."""
    return _acts(request, idea_id, test_id, operations.start_test)


@require_POST
def end(request: HttpRequest, idea_id: UUID, test_id: UUID) -> HttpResponse:
    """End it, or let it go on."""
    return _acts(request, idea_id, test_id, operations.end_test, ended=cleaned(EndForm(request.POST))["ended"])


@require_POST
def count(request: HttpRequest, idea_id: UUID, test_id: UUID) -> HttpResponse:
    """How many data points have come in."""
    idea_test_in(request, idea_id, test_id)
    return _acts(request, idea_id, test_id, operations.count_points, points=cleaned(CountForm(request.POST))["points"])


@require_POST
def removal(request: HttpRequest, idea_id: UUID, test_id: UUID) -> HttpResponse:
    """Delete it, or bring it back; undo brings it back as well."""
    seen, found = idea_test_in(request, idea_id, test_id, deleted=None)
    removed = cleaned(RemovalForm(request.POST))["removed"]
    operations.remove_test(seen=seen, test=found, removed=removed)
    told = [deleted_toast(request, found.title, "idea-tests")] if removed else []
    return part(request, idea_id, "tests", *told)


def _fields(request: HttpRequest) -> dict[str, Any]:
    values = cleaned(TestForm(request.POST))
    fields = {name: values[name] for name in PLAIN}
    fields |= {f"owner_{side}_id": values[f"owner_{side}"] for side in SIDES}
    fields |= {"iteration_id": values["iteration"]} if "iteration" in request.POST else {}
    return fields | {"claims": request.POST.getlist("claims"), "links": links_in(values["links"])}


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in request.POST}
    typed["id"] = str(uuid_or_none(request.POST.get("id")) or uuid4())
    return typed | {"claims": request.POST.getlist("claims")}


def _stored(test: TestCard) -> dict[str, Any]:
    stored: dict[str, Any] = {name: getattr(test, name) for name in PLAIN}
    stored |= {name: day.isoformat() if (day := stored[name]) else "" for name in ("starts_on", "due_on")}
    stored |= {f"owner_{side}": str(getattr(test, f"owner_{side}_id") or "") for side in SIDES}
    stored["iteration"] = str(test.iteration_id or "")
    stored |= {name: "" if stored[name] is None else str(stored[name]) for name in (*MARKS, "points_wanted")}
    return stored | {"claims": test.claims, "links": "\n".join(test.links)}


def _form(
    request: HttpRequest, seen: PartnershipInView, idea: SynergyHypothesis, found: TestCard | None, filled: Filled
) -> HttpResponse:
    place, _seen = open_place(request, idea.partnership_id)
    names = names_of(seen)
    people: dict[str, list[tuple[str, str]]] = {side: [] for side in SIDES}
    for member in members_seen(seen.viewer.audience):
        if member.name and (side := seen.side_of(member.organisation_id)):
            people[side].append((str(member.pk), member.name))
    values = frame_of(place) | form_words(seen, names)
    values |= {
        "idea": idea,
        "test": found,
        "typed": filled.typed,
        "base": filled.base,
        "mistake": filled.mistake,
        "errors": filled.errors,
        "claims": [(claim.value, claim_words(claim, names), idea.words.get(MUST[claim], "")) for claim in Claim],
        "library": _library(),
        "names": names,
        "people": people,
        "iterations": [(str(each.pk), each.name) for each in iterations_open(seen)],
        "is_started": found is not None and found.started_at is not None,
    }
    return render(request, "hypotheses/test.html", values, status=filled.status)


def _library() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The kinds of experiment by the risk that each is first good for: key, title, what it takes."""
    says = _("evidence up to %(level)s (%(words)s), about %(days)s days")
    return [
        (
            str(RISKS[risk]),
            [
                (
                    each.key,
                    str(each.title),
                    says % {"level": each.level, "words": LEVELS[each.level], "days": each.setup_days + each.run_days},
                )
                for each in EXPERIMENTS
                if each.risks[0] is risk
            ],
        )
        for risk in Risk
    ]
