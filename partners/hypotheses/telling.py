"""What a reader is told of joint ideas, their tests, what was learned, and their rhythm, for REST and exports alike.

Names of people are never among it: a member is told by id, to who sees them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from partners.canvases.models import Note
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, TestCard
from partners.hypotheses.queries import IdeaRead
from partners.hypotheses.rules import (
    MODELS,
    RULE_VERSION,
    ClaimStanding,
    Slot,
    State,
    holds_until,
    pays_only,
    quadrant,
    waits_for,
)
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES


def told_idea(seen: PartnershipInView, idea: IdeaRead) -> dict[str, Any]:
    """Return an idea (a row of `reads.ideas_seen`) as a reader is told of it, and what follows from its cards today."""
    row, score = idea.row, idea.candidate.score
    only = pays_only(idea.state)
    return {
        "id": row.pk,
        "partnership": row.partnership_id,
        "title": row.title,
        "words": {slot.value: row.words.get(slot.value, "") for slot in Slot},
        "version": row.version,
        "importance": row.importance,
        "assumed_level": row.assumed_level,
        "vanishes_without_start": row.vanishes_without_start,
        "vanishes_without_end": row.vanishes_without_end,
        "notes": [note.pk for note in row.notes.all() if _is_there(seen, note)],
        "pairs": [pair.pk for pair in row.pairs.all()],
        "finding": row.finding,
        "sentence": row.sentence_id if row.sentence and row.sentence.deleted_at is None else None,
        "came_from": row.came_from_id if row.came_from and row.came_from.deleted_at is None else None,
        "why": row.word_why,
        "label": idea.synergy.label.value,
        "checks": {check.value: holds for check, holds in idea.synergy.checks.items()},
        "state": idea.state.value,
        "holds_only_for": seen.organisation(only).pk if only else None,
        "waits_for": _value(waits_for(idea.state)),
        "expires_on": holds_until(idea.claims) if idea.state is State.VALIDATED else None,
        "claims": [_told_claim(seen, claim) for claim in idea.claims.values()],
        "level": idea.level,
        "score": score,
        "quadrant": quadrant(row.importance, idea.level).value,
        "rule_version": RULE_VERSION,
        "author": _person(seen, row.author_id),
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def told_test(seen: PartnershipInView, test: TestCard) -> dict[str, Any]:
    """Return a test (with its idea and its iteration loaded) as a reader is told of it."""
    same: tuple[str, ...] = (
        "title",
        "claims",
        "experiment",
        "does",
        "metric",
        "criterion",
        "criterion_at_start",
        "criterion_why",
    )
    same += ("critical", "cost", "reliability", "time", "by_product", "by_partnership", "starts_on", "due_on")
    same += ("points_wanted", "points", "links", "run", "version", "started_at", "ended_at")
    return {
        "id": test.pk,
        "partnership": test.hypothesis.partnership_id,
        "hypothesis": test.hypothesis_id,
        **{name: getattr(test, name) for name in same},
        "iteration": test.iteration_id if test.iteration and test.iteration.deleted_at is None else None,
        "owner_start": _person(seen, test.owner_start_id),
        "owner_end": _person(seen, test.owner_end_id),
        "author": _person(seen, test.author_id),
        "created_at": test.created_at,
        "updated_at": test.updated_at,
    }


def told_card(seen: PartnershipInView, card: LearningCard, tests: Iterable[TestCard] | None = None) -> dict[str, Any]:
    """Return a learning card (with its acceptances and its idea loaded) as a reader is told of it.

    `tests` are the idea's, when they are not loaded with it.
    """
    same: tuple[str, ...] = (
        "title",
        "observed",
        "observed_on",
        "data_points",
        "verdicts",
        "level",
        "learned",
        "will_do",
        "decision",
    )
    same += ("reliability", "action", "costs_start", "costs_end", "links", "version", "revision")
    given = sorted(card.acceptances.all(), key=lambda each: each.created_at)
    living = {str(test.pk) for test in (card.hypothesis.tests.all() if tests is None else tests)}
    return {
        "id": card.pk,
        "partnership": card.hypothesis.partnership_id,
        "hypothesis": card.hypothesis_id,
        "tests": [pk for pk in card.tests if pk in living],
        **{name: getattr(card, name) for name in same},
        "is_of_now": card.version == card.hypothesis.version,
        "acceptances": [
            {
                "organisation": each.organisation_id,
                "by": _person(seen, each.by_id),
                "by_link": each.came_by_link,  # type: ignore[attr-defined]  # annotated by `queries.accepted`
                "link_made_by": _person(seen, each.link_by_id),  # type: ignore[attr-defined]  # as above
                "given_at": each.created_at,
            }
            for each in given
        ],
        "agreed": set(seen.organisation_ids) <= {each.organisation_id for each in given},
        "author": _person(seen, card.author_id),
        "created_at": card.created_at,
        "updated_at": card.updated_at,
    }


def told_iteration(seen: PartnershipInView, iteration: Iteration) -> dict[str, Any]:
    """Return an iteration, and the review it was closed with, as a reader is told of it."""
    same = ("name", "starts_on", "ends_on", "priority", "opportunity", "adapts", "closed_at")
    return {
        "id": iteration.pk,
        "partnership": iteration.partnership_id,
        **{name: getattr(iteration, name) for name in same},
        "closed_by": _person(seen, iteration.closed_by_id),
        "author": _person(seen, iteration.author_id),
        "created_at": iteration.created_at,
        "updated_at": iteration.updated_at,
    }


def told_question(seen: PartnershipInView, question: BigQuestion) -> dict[str, Any]:
    """Return a big question (a row of `reads.questions_seen`) as a reader is told of it."""
    return {
        "id": question.pk,
        "partnership": question.partnership_id,
        "text": question.text,
        "answer": question.answer,
        "is_open": question.is_open,
        "ideas": [idea.pk for idea in question.ideas.all()],
        "author": _person(seen, question.author_id),
        "created_at": question.created_at,
        "updated_at": question.updated_at,
    }


def _told_claim(seen: PartnershipInView, claim: ClaimStanding) -> dict[str, Any]:
    side = next((side for side in SIDES if MODELS[side] is claim.claim), None)
    return {
        "claim": claim.claim.value,
        "organisation": seen.organisation(side).pk if side else None,
        "standing": claim.standing.value,
        "level": claim.level,
        "rests_on": claim.rests_on,
        "expires_on": claim.expires_on,
        "doubts": sorted(doubt.value for doubt in claim.doubts),
    }


def _value(claim: Any) -> str | None:
    return claim.value if claim else None


def _is_there(seen: PartnershipInView, note: Note) -> bool:
    canvas = note.canvas
    return note.deleted_at is None and seen.viewer.audience.sees_sheet(canvas.partnership_id, canvas.organisation_id)


def _person(seen: PartnershipInView, member_id: UUID | None) -> UUID | None:
    return member_id if seen.viewer.audience.sees_person(member_id) else None
