"""Hand-made values for the gallery: what stands on Compare, on Outcome and in a session, in every state."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from partners.base.errors import Conflict
from partners.base.merging import merged_words, versions_in
from partners.base.ordering import FIRST_RANK
from partners.base.words import word_diff
from partners.canvases.drawing import DrawnNote
from partners.facilitation.agenda import AGENDA, step_of
from partners.facilitation.models import Session
from partners.outcome.boards.decisions import DrawnDecision
from partners.outcome.boards.decisions import Yes as Assented
from partners.outcome.boards.steps import DrawnStep
from partners.outcome.models import Decision
from partners.value_fit.boards.figures import Figures, FindingGroup, Place, SideFigure
from partners.value_fit.boards.joint_parts import DrawnSentence, Yes
from partners.value_fit.boards.rows import Dock, DrawnRating, NeedRow, TrayOffer
from partners.value_fit.boards.words import STRENGTHS
from partners.value_fit.rules import Side
from partners.workspaces.meanwhile import Meanwhile, MergedEdit

NOWHERE = UUID(int=0)
START, END = UUID(int=1), UUID(int=2)
COMPANIES: dict[Side, tuple[UUID, str]] = {"start": (START, "Northlake"), "end": (END, "Fellmark")}
IDS = re.compile(
    r"""(\s(?:id|for|name|popovertarget|aria-labelledby|aria-describedby)="|hx-target="#|url\(#)([\w-]+)"""
)
DECIDED_AT = datetime(2025, 5, 20, 9, 30, tzinfo=UTC)
Noted = Callable[..., DrawnNote]


def merging(note: Noted) -> dict[str, Any]:
    """What is told when two people change one note: two versions to choose from, and that both were merged."""
    base, theirs = "an online shop for pods", "an online store for all pods"
    others = Meanwhile(["Ben Okafor"], word_diff(base, theirs))
    try:
        merged_words("a boutique for pods", base=base, theirs=theirs, version=2, limit=100)
    except Conflict as conflict:
        error = conflict
    return {
        "note": note(theirs, "conflict", fill="sun"),
        "error": error,
        "versions": versions_in(error),
        "told": note("my online store for all pods", "merged", fill="sun"),
        "merged": MergedEdit(others, word_diff(base, "my online shop for pods"), NOWHERE),
        "workspace_id": NOWHERE,
        "others": others,
    }


def compared(note: Noted, theme: str) -> dict[str, SafeString]:
    """What stands on Compare: needs with offers in each state, offers nobody took, figures and findings."""
    rows = [
        _row(note, "both say alike", "met", [_dock(note, 3, 3)]),
        _row(note, "they differ", "partly_met", [_dock(note, 3, 1, reason="Evenings are not settled.")]),
        _row(note, "the other waits for us", "waiting", [_dock(note, None, 2)]),
        _row(note, "we wait for the other", "waiting", [_dock(note, 2, None)]),
        _row(note, "rests on a guess", "met", [_dock(note, 2, 2, is_guess=True)]),
        _row(note, "opposed interests, two offers", "met", [_dock(note, 2, 2, interest="opposed"), _dock(note, 0, 0)]),
        _row(note, "not looked at yet", "not_looked_at", []),
        _row(note, "nobody offers this", "unmatched", []),
    ]
    tray = [
        TrayOffer(
            note("Surgeon teaching hour", "value_offer"), "start", "Northlake", "", False, "not looked at yet", ()
        ),
        TrayOffer(note("Front-line view on homes", "value_offer"), "end", "Fellmark", "", True, "not asked for", ()),
    ]
    figures = [
        (
            "figures",
            Figures((SideFigure("start", "Northlake", 87, 100), SideFigure("end", "Fellmark", 54, 54)), 54, 68),
        ),
        (
            "no-figures",
            Figures((SideFigure("start", "Northlake", None, None), SideFigure("end", "Fellmark", 0, 40)), None, None),
        ),
        (
            "figures-before",
            Figures((SideFigure("start", "Northlake", 0, 20), SideFigure("end", "Fellmark", 0, 40)), 0, 100, False),
        ),
    ]
    place = (Place("row-nowhere", ("Funding for pre-training",)),)
    groups = [
        FindingGroup("gap", "nobody offers this", "Ask Northlake, look for a third party, or drop it.", (place,)),
        FindingGroup("unconfirmed", "rests on a guess", "Ask Fellmark to confirm it.", (place, place)),
        FindingGroup("surplus", "not asked for", "A need nobody has named? Test it, or stop offering it.", (place,)),
    ]
    return {
        "rows": _drawn("value_fit/_row.html", theme, [{"row": row} for row in rows]),
        "tray": _drawn("value_fit/_tray_offer.html", theme, [{"item": item} for item in tray]),
        "figures": _drawn("value_fit/_figures.html", theme, [{"figures": each, "key": key} for key, each in figures]),
        "findings": _drawn("value_fit/_findings.html", theme, [{"groups": groups}]),
    }


def agreed(theme: str) -> dict[str, SafeString]:
    """What both agree on, and what leads there: joint sentences, a decision, next steps, the session bar, the timer."""
    sentences = [
        _sentence("Weekly joint list meeting", True, True),
        _sentence("Shared pathway form", True, False, version=2),
    ]
    decision = DrawnDecision(
        verdict="go_on",
        words="Go on",
        why="Four of five needs are met. Funding for pre-training stays open.",
        version=1,
        name="Mara Keller",
        mine=False,
        at=DECIDED_AT,
        assents=(
            Assented("start", START, "Northlake", given=False, mine=True),
            Assented("end", END, "Fellmark", given=True, name="Ilse Brandt"),
        ),
    )
    steps = [
        _step("Settle evenings for the day-1 visit", who="Ilse Brandt", side="end", by_when=date(2025, 6, 1)),
        _step("Ask the payer to fund pre-training", who="the payer’s office", by_when=date(2025, 5, 1), is_late=True),
        _step("Book the weekly joint list meeting", who="Mara Keller", side="start", is_done=True),
        _step("Take the front-line view on homes to the meeting"),
    ]
    board = SimpleNamespace(decision=decision, may_write=True, step={step.id: step for step in steps}.get)
    page = {
        "board": board,
        "partnership": SimpleNamespace(id=NOWHERE),
        "verdicts": Decision.Verdict.choices,
        "editing": "",
    }
    room = {
        "workspace": SimpleNamespace(id=NOWHERE),
        "agenda": AGENDA,
        "here": "x/compare/start",
        "partnership": None,
        "gather_address": "",
    }
    running = {
        "session": Session(timer_ends_at=DECIDED_AT, shows_figures=True),
        "step": step_of("negotiate"),
        "left_s": 831,
        "on_wall": True,
        "lands_here": False,
    }
    idle = {"session": Session(), "step": None, "left_s": None, "on_wall": False, "lands_here": True}
    leads = {"viewer": SimpleNamespace(is_facilitator=True)}
    return {
        "sentences": _drawn(
            "value_fit/_joint_sentence.html", theme, [{"sentence": sentence} for sentence in sentences]
        ),
        "decision": _drawn("outcome/_choice.html", theme, [page]) + _drawn("outcome/_why.html", theme, [page]),
        "steps": _drawn("outcome/_step.html", theme, [page | {"step_id": step.id} for step in steps]),
        "session": _drawn("facilitation/_session.html", theme, [room | leads | running, room | leads | idle]),
        "timer": _drawn("facilitation/_timer.html", theme, [running, running | {"left_s": 0}]),
    }


def _drawn(template: str, theme: str, each: list[dict[str, Any]]) -> SafeString:
    """Pieces as they are on their pages, but for their ids: those stand once on the gallery."""
    found = ""
    for number, values in enumerate(each):
        html = render_to_string(
            template, {"partnership_id": NOWHERE, "drawn": 1, "csrf_input": "", "mistake": None, "typed": {}} | values
        )
        found += IDS.sub(rf"\g<1>\g<2>-{theme}-{number}", html)
    return mark_safe(found)  # noqa: S308 - our own templates


def _row(note: Noted, text: str, state: str, docks: list[Dock]) -> NeedRow:
    words = {"met": "met", "partly_met": "partly met", "waiting": "waiting", "unmatched": "not met"}.get(
        state, "not looked at yet"
    )
    need = note(text.capitalize(), "desired_value", weight=3)
    return NeedRow(
        need,
        "end",
        END,
        START,
        "Fellmark",
        "Northlake",
        state,
        words,
        state == "unmatched",
        tuple(docks),
        (),
        "third-party",
    )


def _dock(
    note: Noted, needs: int | None, brings: int | None, *, reason: str = "", interest: str = "", is_guess: bool = False
) -> Dock:
    offer = note("Fixed theatre plan", "value_offer", origin="from Key Activities")
    state = "waiting" if needs is None or brings is None else "agreed" if needs == brings else "differ"
    counts = None if needs is None or brings is None else min(needs, brings)
    said = _rating("end", needs, reason, is_guess), _rating("start", brings, "", is_guess=False)
    word = "" if counts is None else str(STRENGTHS[counts])
    return Dock(offer.id, offer, said[0], said[1], state, counts, word, interest, ())


def _rating(side: Side, strength: int | None, reason: str, is_guess: bool) -> DrawnRating:
    organisation_id, company = COMPANIES[side]
    word = "" if strength is None else str(STRENGTHS[strength])
    return DrawnRating(side, organisation_id, company, strength is not None, strength, word, reason, is_guess)


def _sentence(text: str, start: bool, end: bool, version: int = 1) -> DrawnSentence:
    yeses = (
        Yes("start", START, "Northlake", start, "Mara Keller", is_here=True),
        Yes("end", END, "Fellmark", end, "Jonas Lind", is_here=True),
    )
    return DrawnSentence(
        id=uuid5(NOWHERE, text),
        kind="transfer",
        list_id="transfer",
        rank=FIRST_RANK,
        drawn=1,
        version=version,
        text=text,
        yeses=yeses,
        carries_all=True,
        carries="carries all agreed pairs",
        beneficiary="",
        gain_of=None,
        gain_side="",
        for_whom="",
        target_block="",
        lands_in="",
    )


def _step(what: str, **more: Any) -> DrawnStep:
    values = {"who": "", "side": None, "by_when": None, "is_late": False, "is_done": False, "down": NOWHERE} | more
    return DrawnStep(
        id=uuid5(NOWHERE, what), what=what, version=1, origin="", rank=FIRST_RANK, drawn=1, list_id="steps", **values
    )
