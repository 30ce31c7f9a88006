"""Ideas themselves: flagged from what was compared, reworded, marked, dropped, taken up again, deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from partners.base.errors import Conflict, Invalid
from partners.base.http import uuid_or_none
from partners.events.made_with import OTHER_WORDS
from partners.hypotheses import operations
from partners.hypotheses.access import idea_for, ideas_for
from partners.hypotheses.boards.idea import draw_check
from partners.hypotheses.boards.words import names_of
from partners.hypotheses.drafting import draft_from, matches_of, put_to
from partners.hypotheses.forms import (
    NewIdeaForm,
    RemovalForm,
    WhyForm,
    answers_in,
    base_in,
    cleaned,
    ids_in,
    slots_in,
)
from partners.hypotheses.rules import stated, synergy_test
from partners.hypotheses.views.page import form_words, frame_of, open_place, part, sealed
from partners.hypotheses.views.within import address_of
from partners.people.identity import identity_of
from partners.value_fit.access import PartnershipInView
from partners.value_fit.queries import Comparison, comparison
from partners.value_fit.rules import other

MARKS = ("importance", "assumed_level")


@require_GET
def new(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The form to flag an idea, its sentence filled from pairs, a note, a finding or a created value."""
    place, seen = open_place(request, partnership_id)
    if place.partnership.sealed_at is not None:
        return sealed(request, place)
    asked, compared = request.GET, comparison(seen.partnership)
    draft = draft_from(
        seen,
        compared,
        pairs=[pk for value in asked.getlist("pair") if (pk := uuid_or_none(value))],
        note=uuid_or_none(asked.get("note")),
        finding=asked.get("finding", ""),
        sentence=uuid_or_none(asked.get("sentence")),
    )
    typed = {"id": str(uuid4()), "importance": "3", "finding": draft.finding, "sentence": draft.sentence or ""}
    return _form(request, seen, compared, typed | dict(draft.words), {"pair": draft.pairs, "note": draft.notes})


@require_POST
def add(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Write it down: worth a test, or as a draft. What is no joint idea is kept and named."""
    seen = ideas_for(identity_of(request), partnership_id)
    try:
        values = cleaned(NewIdeaForm(request.POST))
        answers: dict[str, Any] = answers_in(request.POST)
        marks = {"importance": values["importance"]} if values["importance"] is not None else {}
        made = operations.add_idea(
            seen=seen,
            words=slots_in(request.POST),
            idea_id=values["id"],
            flagged=not values["draft"],
            notes=ids_in(request.POST, "note"),
            pairs=ids_in(request.POST, "pair"),
            finding=values["finding"],
            sentence_id=values["sentence"],
            title=values["title"],
            **answers,
            **marks,
        )
    except (Conflict, Invalid) as mistake:
        return _typed_form(request, seen, mistake)
    return redirect("ideas:idea", made.pk)


@require_POST
def check(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """What the synergy test says of the sentence as it stands in the form; nothing is written down."""
    seen = ideas_for(identity_of(request), partnership_id)
    if not getattr(request, "htmx", False):
        return _typed_form(request, seen, None)
    return render(
        request, "hypotheses/_check.html", {"partnership": seen.partnership, "check": _checked(request, seen)}
    )


@require_POST
def filled(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The form again, with the words of the matches that were chosen beside what was typed; nothing is written down."""
    return _typed_form(request, ideas_for(identity_of(request), partnership_id), None, is_filled=True)


@require_POST
def words(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Reword the sentence; both versions come back where two people changed the same words."""
    seen, found = idea_for(identity_of(request), idea_id)
    typed, base = slots_in(request.POST), base_in(request.POST)
    try:
        changed = operations.reword_idea(seen=seen, idea=found, words=typed, base=base)
    except (Conflict, Invalid) as mistake:
        if mistake.code in ("deleted", "illegal_move"):
            raise
        if slot := mistake.details.get("field"):
            typed[slot], base[slot] = mistake.details["yours"], mistake.details["stands"]
        return part(
            request, idea_id, "words", status=mistake.status, editing="words", mistake=mistake, typed=typed, base=base
        )
    told = []
    if any(changed.words.get(slot, "") != text.strip() for slot, text in typed.items()):
        told.append(render_to_string("hypotheses/_toast_merged.html", {"workspace": seen.viewer.workspace}))
    return part(request, idea_id, "words", *told)


@require_POST
def marks(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Its name, how important it is, what is known without a card, the answers to the remove-one check."""
    seen, found = idea_for(identity_of(request), idea_id)
    fields: dict[str, Any] = answers_in(request.POST)
    is_title = "title" in request.POST
    try:
        values = cleaned(NewIdeaForm(request.POST))
        fields |= {"title": values["title"]} if is_title else {}
        fields |= {name: _number(request.POST[name], name) for name in MARKS if name in request.POST}
        operations.change_idea(seen=seen, idea=found, **fields)
    except Invalid as mistake:
        if not is_title:
            raise
        typed = {"title": request.POST["title"]}
        return part(request, idea_id, "head", status=422, editing="title", mistake=mistake, typed=typed)
    return part(request, idea_id, "head" if is_title else "marks")


@require_POST
def flag(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Say that a draft is worth a test."""
    seen, found = idea_for(identity_of(request), idea_id)
    operations.flag_idea(seen=seen, idea=found)
    return part(request, idea_id, "head")


@require_POST
def drop(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Drop it and say why; it can be taken up again."""
    seen, found = idea_for(identity_of(request), idea_id)
    values = cleaned(WhyForm(request.POST))
    try:
        operations.retire_idea(seen=seen, idea=found, why=values["why"])
    except Invalid as mistake:
        return _why_again(request, idea_id, "drop", mistake, values["why"])
    return part(request, idea_id, "head")


@require_POST
def taking_up(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Take a dropped idea up again."""
    seen, found = idea_for(identity_of(request), idea_id)
    operations.take_idea_up(seen=seen, idea=found)
    return part(request, idea_id, "head")


@require_POST
def going_on(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Go on with another idea, a draft that begins with the same words: its page opens."""
    seen, found = idea_for(identity_of(request), idea_id)
    values = cleaned(WhyForm(request.POST))
    try:
        made = operations.pivot_idea(seen=seen, idea=found, why=values["why"], idea_id=values["id"])
    except Invalid as mistake:
        return _why_again(request, idea_id, "going-on", mistake, values["why"])
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address_of(made.pk)})
    return redirect("ideas:idea", made.pk)


@require_POST
def removal(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Delete it with its tests and cards, or bring it back; its page offers the way back."""
    seen, found = idea_for(identity_of(request), idea_id, deleted=None)
    operations.remove_idea(seen=seen, idea=found, removed=cleaned(RemovalForm(request.POST))["removed"])
    return redirect("ideas:idea", idea_id)


def _why_again(request: HttpRequest, idea_id: UUID, asking: str, mistake: Invalid, why: str) -> HttpResponse:
    if "why" not in mistake.details.get("fields", {}):
        raise mistake
    return part(request, idea_id, "head", status=422, editing=asking, mistake=mistake, typed={"why": why})


def _number(text: str, name: str) -> int | None:
    """A mark as it was sent; -1, which no scale has, for what is no number."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _typed_form(
    request: HttpRequest, seen: PartnershipInView, mistake: Conflict | Invalid | None, *, is_filled: bool = False
) -> HttpResponse:
    """The form again with everything that was typed; on wish with the words of the chosen pairs put to it."""
    compared = comparison(seen.partnership)
    names = ("id", "title", "importance", "finding", "sentence", "vanishes_without_start", "vanishes_without_end")
    typed = slots_in(request.POST) | {name: request.POST.get(name, "") for name in names}
    is_taken = mistake is not None and mistake.code == OTHER_WORDS
    typed["id"] = str((not is_taken and uuid_or_none(typed["id"])) or uuid4())
    rests: dict[str, Any] = {
        name: [pk for value in request.POST.getlist(name) if (pk := uuid_or_none(value))] for name in ("pair", "note")
    }
    if is_filled and rests["pair"]:
        draft = draft_from(seen, compared, pairs=rests["pair"])
        typed |= put_to(slots_in(request.POST), draft.words)
        rests = {"pair": draft.pairs, "note": list(dict.fromkeys([*rests["note"], *draft.notes]))}
    return _form(request, seen, compared, typed, rests, mistake=mistake, is_filled=is_filled)


def _form(
    request: HttpRequest,
    seen: PartnershipInView,
    compared: Comparison,
    typed: dict[str, Any],
    rests: dict[str, Any],
    *,
    mistake: Conflict | Invalid | None = None,
    is_filled: bool = False,
) -> HttpResponse:
    place, _seen = open_place(request, seen.partnership.pk)
    names = names_of(seen)
    values = frame_of(place) | form_words(seen, names)
    values |= {"names": names, "typed": typed, "rests": rests, "mistake": mistake, "base": {}}
    values["is_filled"] = is_filled
    values["matches"] = [(names[side], side, names[other(side)], found) for side, found in matches_of(compared).items()]
    values["check"] = draw_check(synergy_test(stated(typed, _answers(typed))), names)
    values["errors"] = mistake.details.get("fields", {}) if mistake else {}
    return render(request, "hypotheses/new.html", values, status=mistake.status if mistake else 200)


def _checked(request: HttpRequest, seen: PartnershipInView) -> Any:
    said = {slot: text.strip() for slot, text in slots_in(request.POST).items()}
    return draw_check(synergy_test(stated(said, _answers(request.POST))), names_of(seen))


def _answers(typed: Any) -> dict[Any, bool | None]:
    says = {"yes": True, "no": False}
    return {side: says.get(typed.get(f"vanishes_without_{side}", "")) for side in ("start", "end")}
