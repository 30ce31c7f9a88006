"""The words of the product for joint ideas: one place for what states, claims, doubts, risks and decisions are called.

Companies always have their names: `names` holds the short one of each side (`names_of`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.hypotheses.experiments import Risk
from partners.hypotheses.models import LearningCard
from partners.hypotheses.rules import (
    MODELS,
    NOT_ACCEPTED,
    ONE_SIDED,
    Check,
    Claim,
    Doubt,
    Label,
    Outcome,
    Slot,
    Standing,
    State,
)
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES, Side

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Names = Mapping[Side, str]

STATES: Mapping[State, _StrPromise] = {
    State.DRAFT: _lazy("draft"),
    State.FLAGGED: _lazy("worth a test"),
    State.TEST_DESIGNED: _lazy("test described"),
    State.TESTING: _lazy("being tested"),
    State.SUPPORTED_START_ONLY: _lazy("only for %(company)s so far"),
    State.SUPPORTED_END_ONLY: _lazy("only for %(company)s so far"),
    State.VALIDATED: _lazy("holds for both"),
    State.REFUTED: _lazy("did not hold"),
    State.INCONCLUSIVE: _lazy("nothing clear yet"),
    State.RETIRED: _lazy("dropped"),
    State.PIVOTED: _lazy("went on as another idea"),
}
SYMBOLS: Mapping[State, str] = {
    State.DRAFT: "pencil",
    State.FLAGGED: "flag",
    State.TEST_DESIGNED: "clipboard-list",
    State.TESTING: "flask-conical",
    State.SUPPORTED_START_ONLY: "contrast",
    State.SUPPORTED_END_ONLY: "contrast",
    State.VALIDATED: "badge-check",
    State.REFUTED: "circle-slash",
    State.INCONCLUSIVE: "circle-question-mark",
    State.RETIRED: "archive",
    State.PIVOTED: "corner-down-right",
}
"""A drawing for each state, so that colour never speaks alone; what holds for one side only never bears a tick."""
TONES: Mapping[State, str] = {
    State.VALIDATED: "ok",
    State.REFUTED: "bad",
    State.SUPPORTED_START_ONLY: "ask",
    State.SUPPORTED_END_ONLY: "ask",
}
"""The tone of a state's pill; nothing but *holds for both* is `ok`."""

LABELS: Mapping[Label, _StrPromise] = {
    Label.SYNERGY: _lazy("joint idea"),
    Label.EXCHANGE: _lazy("plain trade"),
    Label.EFFICIENCY: _lazy("cheaper, same value"),
    Label.COMPLEMENT: _lazy("side by side"),
}
RISKS: Mapping[Risk, _StrPromise] = {
    Risk.DESIRABILITY: _lazy("the customer may not want it"),
    Risk.FEASIBILITY: _lazy("it may not get across"),
    Risk.VIABILITY: _lazy("it may not pay"),
    Risk.ADAPTABILITY: _lazy("the world around may not allow it"),
}
LEVELS: Mapping[int, _StrPromise] = {
    0: _lazy("a guess"),
    1: _lazy("opinion, something read"),
    2: _lazy("told what has happened"),
    3: _lazy("did it in a trial run, or gave a commitment"),
    4: _lazy("a small real action with real stakes"),
    5: _lazy("repeated real use with money"),
}
"""The evidence ladder, 0 to 5."""
OUTCOMES: Mapping[Outcome, _StrPromise] = {
    Outcome.SUPPORTS: _lazy("supports it"),
    Outcome.REFUTES: _lazy("speaks against it"),
    Outcome.UNCLEAR: _lazy("unclear"),
}
STANDINGS: Mapping[Standing, _StrPromise] = {
    Standing.OPEN: _lazy("not shown yet"),
    Standing.SUPPORTED: _lazy("holds"),
    Standing.DISPUTED: _lazy("in doubt"),
    Standing.REFUTED: _lazy("did not hold"),
}
DECISIONS: Mapping[str, _StrPromise] = {
    LearningCard.Decision.PERSEVERE.value: _lazy("carry on"),
    LearningCard.Decision.PIVOT.value: _lazy("change it"),
    LearningCard.Decision.RETIRE.value: _lazy("drop it"),
    LearningCard.Decision.TEST_MORE.value: _lazy("test more"),
}


def names_of(seen: PartnershipInView) -> Names:
    """Return the short name of the company at each side."""
    return {side: seen.organisation(side).short_name for side in SIDES}


def state_words(state: State, names: Names) -> str:
    """Return what a state is called; one side's alone names the company."""
    side = next((side for side, only in ONE_SIDED.items() if only is state), None)
    return str(STATES[state]) % {"company": names[side] if side else ""}


def what_next(state: State, names: Names) -> str:
    """Return what comes next for an idea in a state, in one sentence."""
    side = next((side for side, only in ONE_SIDED.items() if only is state), None)
    if side:
        company = names["end" if side == "start" else "start"]
        return _("It does not hold yet: show that it pays for %(company)s too, or change it.") % {"company": company}
    return {
        State.DRAFT: _("Say that it is worth a test."),
        State.FLAGGED: _("Describe a test, with what would prove it right."),
        State.TEST_DESIGNED: _("Start the test."),
        State.TESTING: _("Write down what you learn; both companies accept it."),
        State.VALIDATED: _("All four things hold, for both companies. Look again before the evidence is too old."),
        State.REFUTED: _("Drop it, or go on with another idea."),
        State.INCONCLUSIVE: _("Test more, change it, or drop it."),
        State.RETIRED: _("Its cards are kept. You can take it up again."),
        State.PIVOTED: _("What was learned stays here."),
    }[state]


def claim_words(claim: Claim, names: Names) -> str:
    """Return what must be true, as a question."""
    for side, model in MODELS.items():
        if claim is model:
            return _("Does it pay for %(company)s, after what it costs?") % {"company": names[side]}
    return {
        Claim.CUSTOMER: _("Does the customer want it?"),
        Claim.TRANSFER: _("Can it get across?"),
        Claim.ENVIRONMENT: _("Does the world around allow it?"),
    }[claim]


def claim_short(claim: Claim, names: Names) -> str:
    """Return a claim in a word or two, for lists and marks."""
    for side, model in MODELS.items():
        if claim is model:
            return _("pays for %(company)s") % {"company": names[side]}
    return {
        Claim.CUSTOMER: _("customer wants it"),
        Claim.TRANSFER: _("gets across"),
        Claim.ENVIRONMENT: _("world around allows it"),
    }[claim]


def check_words(check: Check, names: Names) -> str:
    """Return what the synergy test misses."""
    company = {"company": names["end" if check.value.endswith("_end") else "start"]}
    return {
        Check.INPUT_START: _("what %(company)s brings"),
        Check.INPUT_END: _("what %(company)s brings"),
        Check.TRANSFER: _("how it gets across"),
        Check.SEGMENT: _("a customer with a name"),
        Check.NEW_VALUE: _("a new value for that customer"),
        Check.GAIN_START: _("what changes, and in which block, for %(company)s"),
        Check.GAIN_END: _("what changes, and in which block, for %(company)s"),
        Check.VANISHES_WITHOUT_START: _("that it vanishes without what %(company)s brings"),
        Check.VANISHES_WITHOUT_END: _("that it vanishes without what %(company)s brings"),
    }[check] % company


def doubt_words(doubt: Doubt, names: Names, *, threshold: int) -> str:
    """Return what the nearest card lacks, or what keeps a claim from standing."""
    for side, unaccepted in NOT_ACCEPTED.items():
        if doubt is unaccepted:
            return _("%(company)s has not accepted it yet") % {"company": names[side]}
    return {
        Doubt.OTHER_VERSION: _("it speaks of the sentence before it was reworded"),
        Doubt.TOO_OLD: _("it has become too old"),
        Doubt.WITHOUT_COSTS: _("it does not say what it costs"),
        Doubt.TOO_WEAK: _("its evidence is below level %(level)s") % {"level": threshold},
        Doubt.CONTRADICTED: _("another finding speaks against it"),
    }[doubt]


def importance_words() -> dict[int, str]:
    """Return what each importance is called in a choice."""
    return {1: _("1, a nice extra"), 2: "2", 3: _("3, matters"), 4: "4", 5: _("5, all depends on it")}


def slot_words(slot: Slot, names: Names) -> str:
    """Return the label of a part of the sentence."""
    company = {"company": names["end" if slot.value.endswith("_end") else "start"]}
    return {
        Slot.INPUT_START: _("What %(company)s brings"),
        Slot.INPUT_END: _("What %(company)s brings"),
        Slot.TRANSFER: _("How it gets across"),
        Slot.SEGMENT: _("For which customers"),
        Slot.NEW_VALUE: _("The new value for them"),
        Slot.GAIN_START: _("What changes for %(company)s, in numbers"),
        Slot.BLOCK_START: _("In which block of %(company)s’s business model"),
        Slot.GAIN_END: _("What changes for %(company)s, in numbers"),
        Slot.BLOCK_END: _("In which block of %(company)s’s business model"),
        Slot.WHY_NEITHER: _("Why neither can do it alone"),
        Slot.MUST_CUSTOMER: _("What the customer must want"),
        Slot.MUST_TRANSFER: _("What must get across"),
        Slot.MUST_MODEL_START: _("What must pay for %(company)s"),
        Slot.MUST_MODEL_END: _("What must pay for %(company)s"),
        Slot.MUST_ENVIRONMENT: _("What the world around must allow"),
    }[slot] % company
