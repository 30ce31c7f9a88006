"""The one next action that a workshop's home names. Pure: counts in, a step out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

ASLEEP = frozenset({"parked", "closed"})


class Step(StrEnum):
    """What may be next, in the order in which a partnership is worked on."""

    ADD_PARTNER = "add_partner"
    FILL_MODEL = "fill_model"
    INVITE = "invite"
    SKETCH = "sketch"
    READ = "read"
    REVEAL = "reveal"
    WAIT = "wait"
    RATE = "rate"
    COMPARE = "compare"
    AGREE = "agree"
    DECIDE = "decide"
    DUE = "due"
    REPORT = "report"
    LOOK = "look"


COUNTED = frozenset({Step.RATE, Step.COMPARE, Step.DUE})
"""Steps that say how many."""


@dataclass(frozen=True)
class Side:
    """One company of a partnership: how far its sheets are, and whether anybody speaks for it."""

    organisation_id: UUID
    model_notes: int = 0
    sketch_notes: int = 0
    is_here: bool = False
    needs: int = 0
    needs_to_look_at: int = 0
    pairs_to_rate: int = 0
    """Pairs that the other side has rated and this one has not."""


@dataclass(frozen=True)
class Progress:
    """How far one partnership is."""

    partnership_id: UUID
    state: str
    start: Side
    end: Side
    is_sealed: bool = field(default=False, kw_only=True)
    """Whether each side's sketch is private until the reveal: nobody is told how full the other's is."""
    must_agree_transfer: bool = field(default=False, kw_only=True)
    """Whether pairs are agreed, and no way across is."""
    is_decided: bool = field(default=False, kw_only=True)
    steps_due: int = field(default=0, kw_only=True)

    def side(self, at: str) -> Side:
        """The company at `start` or `end`."""
        return self.start if at == "start" else self.end


@dataclass(frozen=True)
class Next:
    """The step, and where it is taken: a partnership and one of its sides, when the step has them."""

    step: Step
    partnership_id: UUID | None = None
    side: str = "start"
    count: int = 0
    """How many, where the step is about several things."""


def next_action(partnerships: Iterable[Progress], *, role: str, organisation_id: UUID | None) -> Next:
    """Return what this person does best now.

    The first partnership that is neither parked nor closed counts, one's own before others. In it: a business model
    without a note comes first, one's own side before the other; then the missing people of the other company (for a
    facilitator); then a sketch without a note, in the same order; then reading what the other side wrote. While
    sketches are private, only one's own counts, and after it comes the reveal. When both have noted what they need,
    they compare, agree, decide, and do what is due (`_after_sketching`). Who only watches is led to look.
    """
    awake = [each for each in partnerships if each.state not in ASLEEP]
    awake.sort(key=lambda each: _own_side(each, organisation_id) is None)  # stable: the team's order stays
    if not awake:
        return Next(Step.ADD_PARTNER if role == "facilitator" else Step.LOOK)
    here = awake[0]
    if role not in ("facilitator", "member"):
        return Next(Step.LOOK, here.partnership_id)
    own = _own_side(here, organisation_id) or "start"
    order = (own, "end" if own == "start" else "start")
    if not here.side(own).model_notes:
        return Next(Step.FILL_MODEL, here.partnership_id, own)
    if role == "facilitator" and (away := _away(here, order)):
        return Next(Step.INVITE, here.partnership_id, away)
    private = {at for at in order if here.is_sealed and here.side(at).organisation_id != organisation_id}
    for step, count in ((Step.FILL_MODEL, "model_notes"), (Step.SKETCH, "sketch_notes")):
        for at in order:
            if step is Step.SKETCH and at in private:
                continue
            if not getattr(here.side(at), count) and _may_write(here, at, own, role):
                return Next(step, here.partnership_id, at)
    after = Next(Step.REVEAL if role == "facilitator" else Step.WAIT, here.partnership_id, own)
    may_rate = [at for at in order if _may_write(here, at, own, role)]
    return after if here.is_sealed else _after_sketching(here, order, may_rate=may_rate)


def _after_sketching(here: Progress, order: tuple[str, str], *, may_rate: list[str]) -> Next:
    """Pairs that wait for one's rating come first, then next steps that are due; what is decided is taken home.

    Until then: needs that nobody has looked at, one's own before the other's; how it gets across; the decision. While
    nobody has noted a need, there is the other's sketch to read.
    """
    first, second = order
    choices = [
        *((Step.RATE, at, here.side(at).pairs_to_rate) for at in may_rate),
        (Step.DUE, first, here.steps_due),
        (Step.REPORT, first, here.is_decided),
        *((Step.COMPARE, at, here.side(at).needs_to_look_at) for at in order),
        (Step.AGREE, first, here.must_agree_transfer),
        (Step.DECIDE, first, any(here.side(at).needs for at in order)),
        (Step.READ, second, True),
    ]
    step, at, count = next(choice for choice in choices if choice[2])
    return Next(step, here.partnership_id, at, count if step in COUNTED else 0)


def _own_side(partnership: Progress, organisation_id: UUID | None) -> str | None:
    sides = {partnership.start.organisation_id: "start", partnership.end.organisation_id: "end"}
    return sides.get(organisation_id) if organisation_id else None


def _away(partnership: Progress, order: tuple[str, str]) -> str | None:
    return next((at for at in reversed(order) if not partnership.side(at).is_here), None)


def _may_write(partnership: Progress, at: str, own: str, role: str) -> bool:
    """Others may stand in for a company of which nobody is here; who is here writes for themselves."""
    return at == own or role == "facilitator" or not partnership.side(at).is_here
