"""What all writes of joint ideas share: the lock, legal moves, and words that several people change."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.errors import Conflict, Invalid
from partners.base.merging import merged_words
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.queries import read
from partners.hypotheses.rules import Move, State, Word, is_legal
from partners.value_fit.access import PartnershipInView
from partners.value_fit.operations.pairs import lock_comparison

WHY_NOT = {
    State.DRAFT: _lazy("This idea is a draft: flag it as worth a test first."),
    State.FLAGGED: _lazy("Describe a test first."),
    State.RETIRED: _lazy("This idea was dropped: take it up again first."),
    State.PIVOTED: _lazy("This idea went on as another one: go on there."),
}
DELETED = {
    SynergyHypothesis: _lazy("Somebody deleted this idea."),
    TestCard: _lazy("Somebody deleted this test."),
    LearningCard: _lazy("Somebody deleted this learning card."),
}


def deleted(thing: SynergyHypothesis | TestCard | LearningCard, *, yours: str = "") -> Conflict:
    """Return what is said to who writes about something that somebody deleted meanwhile."""
    return Conflict(str(DELETED[type(thing)]), code="deleted", yours=yours, theirs="")


def locked_idea(seen: PartnershipInView, idea_id: UUID, *, yours: str = "") -> SynergyHypothesis:
    """Read an idea again, under the lock of its comparison; raises `Conflict` when somebody deleted it."""
    lock_comparison(seen)
    idea = SynergyHypothesis.objects.get(pk=idea_id)
    idea.partnership = seen.partnership
    if idea.deleted_at is not None:
        raise deleted(idea, yours=yours)
    return idea


def locked_test(seen: PartnershipInView, test: TestCard) -> TestCard:
    """Read a test again with its idea, under the same lock; raises `Conflict` when somebody deleted either."""
    idea = locked_idea(seen, test.hypothesis_id)
    fresh = TestCard.objects.get(pk=test.pk)
    fresh.hypothesis = idea
    if fresh.deleted_at is not None:
        raise deleted(fresh)
    return fresh


def locked_card(seen: PartnershipInView, card: LearningCard) -> LearningCard:
    """Read a learning card again with its idea, under the same lock; raises `Conflict` when somebody deleted either."""
    idea = locked_idea(seen, card.hypothesis_id)
    fresh = LearningCard.objects.get(pk=card.pk)
    fresh.hypothesis = idea
    if fresh.deleted_at is not None:
        raise deleted(fresh)
    return fresh


def require_move(seen: PartnershipInView, idea: SynergyHypothesis, move: Move) -> None:
    """Raise `Invalid` when the idea is in no state in which people do this, and say what comes first."""
    if move in (Move.START_TEST, Move.LEARN) and idea.word == Word.FLAGGED:
        [found] = read([idea], seen.partnership, today=timezone.localdate())
        state = found.state
    else:
        # Which of the states under test it is in makes no difference to any other move.
        state = State(idea.word) if idea.word != Word.FLAGGED else State.TESTING
    if not is_legal(move, state):
        why = _("An idea that is worth a test already cannot be flagged.") if move is Move.FLAG else WHY_NOT.get(state)
        raise Invalid(str(why or _("This cannot be done now.")), code="illegal_move", state=state.value)


def why_not(seen: PartnershipInView, idea: SynergyHypothesis, move: Move) -> str:
    """Return what comes first when an idea is in no state in which people do this; empty when they may."""
    try:
        require_move(seen, idea, move)
    except Invalid as mistake:
        return mistake.message
    return ""


def merged(
    mine: Mapping[str, str], *, base: Mapping[str, str], now: Mapping[str, str], limits: Mapping[str, int], version: int
) -> tuple[dict[str, str], bool]:
    """Return my words with what others wrote since `base` (what I had read), and whether others had.

    Raises `Conflict` with both versions and the `field` where both changed the same words, and with what `stands` in
    it: on that, either version is to be saved. A field that is not in `base` is taken as I wrote it.
    """
    result, is_merged = {}, False
    for name, text in mine.items():
        theirs, read_before = now.get(name, ""), base.get(name)
        if read_before is None or read_before == theirs:
            result[name] = text
            continue
        try:
            result[name] = merged_words(text, base=read_before, theirs=theirs, version=version, limit=limits[name])
        except Conflict as conflict:
            conflict.details |= {"field": name, "stands": theirs}
            raise
        is_merged |= text != read_before
    return result, is_merged
