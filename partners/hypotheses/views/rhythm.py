"""The rhythm of a partnership: iterations and their reviews, big questions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partners.base.errors import Conflict, DomainError, Invalid
from partners.base.http import pieces, uuid_or_none
from partners.canvases.views.frame import place_for
from partners.hypotheses import operations
from partners.hypotheses.access import ideas_for, iteration_for, question_for
from partners.hypotheses.boards.rhythm import draw_rhythm, looked_back, review_words
from partners.hypotheses.forms import IterationForm, QuestionForm, RemovalForm, base_in, cleaned, ids_in
from partners.hypotheses.models.rhythm import ANSWER_LIMIT, NAME_LIMIT, QUESTION_LIMIT, REVIEW_LIMIT
from partners.hypotheses.views.page import frame_of, sealed
from partners.hypotheses.views.within import Filled, refused
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.views.beside import wants_part

LIMITS = {"name": NAME_LIMIT, "review": REVIEW_LIMIT, "question": QUESTION_LIMIT, "answer": ANSWER_LIMIT}


@require_GET
def rhythm(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Iterations with one start and end for all, what is tested in each, and the big questions."""
    place = place_for(request, partnership_id)
    if place.partnership.sealed_at is not None and not wants_part(request):
        return sealed(request, place)
    return _whole(request, partnership_id)


@require_POST
def iterations(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Plan an iteration."""
    seen = ideas_for(identity_of(request), partnership_id)

    def plan() -> object:
        values = cleaned(IterationForm(request.POST))
        return operations.plan_iteration(
            seen=seen,
            name=values["name"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            iteration_id=values["id"],
        )

    return _tried(request, seen, plan, "iterations", at="new-iteration")


@require_POST
def iteration(request: HttpRequest, iteration_id: UUID) -> HttpResponse:
    """Change an iteration's name and days."""
    seen, found = iteration_for(identity_of(request), iteration_id)

    def change() -> object:
        values = cleaned(IterationForm(request.POST))
        days = {name: values[name] for name in ("name", "starts_on", "ends_on")}
        return operations.change_iteration(seen=seen, iteration=found, **days)

    return _tried(request, seen, change, "iterations", at=f"iteration-{iteration_id}")


@require_POST
def iteration_removal(request: HttpRequest, iteration_id: UUID) -> HttpResponse:
    """Delete an iteration, or bring it back; its tests stay."""
    seen, found = iteration_for(identity_of(request), iteration_id, deleted=None)
    removed = cleaned(RemovalForm(request.POST))["removed"]
    operations.remove_iteration(seen=seen, iteration=found, removed=removed)
    return _part(request, seen, "iterations", *_told(request, found.name, "iterations", removed=removed))


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, iteration_id: UUID) -> HttpResponse:
    """Close an iteration with its review, or change the review, beside what the log tells of its days.

    Who only watches reads both.
    """
    seen, found = iteration_for(identity_of(request), iteration_id)
    stored = {name: getattr(found, name) for name, _words in review_words()}
    filled = Filled(stored, stored)
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in stored}
        base = base_in(request.POST)
        try:
            operations.close_iteration(seen=seen, iteration=found, base=base, **typed)
            return redirect("ideas:rhythm", seen.partnership.pk)
        except (Conflict, Invalid) as mistake:
            if mistake.code == "deleted":
                raise
            filled = refused(dict(typed), mistake, base)
    values = frame_of(place_for(request, seen.partnership.pk)) | {
        "iteration": found,
        "may_write": seen.may_negotiate(),
        "asks": review_words(),
        "looked": looked_back(seen, found),
        "typed": filled.typed,
        "base": filled.base,
        "mistake": filled.mistake,
        "errors": filled.errors,
        "limits": LIMITS,
    }
    return render(request, "hypotheses/review.html", values, status=filled.status)


@require_POST
def reopening(request: HttpRequest, iteration_id: UUID) -> HttpResponse:
    """Open a closed iteration again; its review is kept for when it is closed."""
    seen, found = iteration_for(identity_of(request), iteration_id)
    operations.reopen_iteration(seen=seen, iteration=found)
    return _part(request, seen, "iterations")


@require_POST
def questions(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Ask a big question."""
    seen = ideas_for(identity_of(request), partnership_id)

    def ask() -> object:
        values = cleaned(QuestionForm(request.POST))
        ideas = ids_in(request.POST, "idea")
        return operations.ask_question(seen=seen, text=values["text"], ideas=ideas, question_id=values["id"])

    return _tried(request, seen, ask, "questions", at="new-question")


@require_POST
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Reword a big question, and say which ideas bear on it."""
    seen, found = question_for(identity_of(request), question_id)

    def change() -> object:
        values = cleaned(QuestionForm(request.POST))
        ideas = ids_in(request.POST, "idea")
        base = base_in(request.POST)
        return operations.change_question(seen=seen, question=found, text=values["text"], ideas=ideas, base=base)

    return _tried(request, seen, change, "questions", at=f"question-{question_id}")


@require_POST
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer a big question; an empty answer opens it again."""
    seen, found = question_for(identity_of(request), question_id)

    def say() -> object:
        words = request.POST.get("answer", "")
        return operations.answer_question(seen=seen, question=found, answer=words, base=base_in(request.POST))

    return _tried(request, seen, say, "questions", at=f"answer-{question_id}")


@require_POST
def question_removal(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Delete a big question, or bring it back."""
    seen, found = question_for(identity_of(request), question_id, deleted=None)
    removed = cleaned(RemovalForm(request.POST))["removed"]
    operations.remove_question(seen=seen, question=found, removed=removed)
    return _part(request, seen, "questions", *_told(request, found.text, "questions", removed=removed))


def _tried(request: HttpRequest, seen: PartnershipInView, write: Any, name: str, *, at: str) -> HttpResponse:
    """Do it and answer with the part; what is refused comes back `at` its form with everything that was typed."""
    typed: dict[str, Any] = {key: request.POST.get(key, "") for key in request.POST if key != "csrfmiddlewaretoken"}
    typed["ideas"] = [str(pk) for value in request.POST.getlist("idea") if (pk := uuid_or_none(value))]
    try:
        write()
    except (Conflict, Invalid) as mistake:
        if mistake.code in ("deleted", "too_many"):
            raise
        filled = refused(typed, mistake, base_in(request.POST))
        return _part(request, seen, name, status=mistake.status, at=at, filled=filled)
    return _part(request, seen, name)


def _part(
    request: HttpRequest, seen: PartnershipInView, name: str, *beside: str, status: int = 200, **values: Any
) -> HttpResponse:
    if not getattr(request, "htmx", False):
        if status == 200:
            return redirect("ideas:rhythm", seen.partnership.pk)
        return _whole(request, seen.partnership.pk, status=status, **values)
    page = {"workspace": seen.viewer.workspace, "partnership": seen.partnership, **_values(seen, **values)}
    return pieces(render_to_string(f"hypotheses/_{name}.html", page, request), *beside, status=status)


def _whole(request: HttpRequest, partnership_id: UUID, *, status: int = 200, **values: Any) -> HttpResponse:
    seen = ideas_for(identity_of(request), partnership_id)
    page = frame_of(place_for(request, partnership_id)) | _values(seen, **values)
    return render(request, "hypotheses/rhythm.html", page, status=status)


def _values(seen: PartnershipInView, *, at: str = "", filled: Filled | None = None) -> dict[str, Any]:
    """What the page prints; `at` is the form that was refused, with what was `filled` in."""
    today = timezone.localdate()
    mistake: DomainError | None = filled.mistake if filled else None
    return {
        "board": draw_rhythm(seen, today),
        "today": today,
        "limits": LIMITS,
        "at": at,
        "typed": filled.typed if filled else {},
        "base": filled.base if filled else {},
        "errors": filled.errors if filled else {},
        "mistake": mistake,
    }


def _told(request: HttpRequest, title: str, region: str, *, removed: bool) -> list[str]:
    if not removed:
        return []
    values = {"title": title, "address": request.path, "region": region}
    return [render_to_string("hypotheses/_toast_deleted.html", values)]
