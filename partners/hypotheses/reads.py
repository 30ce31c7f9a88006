"""What programs and exports list of joint ideas and their rhythm: rows that a reader may know of, and what is gone.

While a partnership's sheets are private until the reveal, there are no ideas for anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from partners.canvases.models import Note
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.queries import accepted
from partners.value_fit.reads import Gone, in_open, pairs_seen, went_with_partnership
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.gone import partnerships_gone, still_there

_PARTNERSHIP = ("partnership__first", "partnership__second", "partnership__workspace")
_OF_IDEA = "hypothesis__partnership__"


def ideas_seen(audience: Audience) -> QuerySet[SynergyHypothesis]:
    """Return the ideas, with companies, workspace and what they rest on loaded: three queries.

    `changed_at` is when anything last changed that people said of them: their tests and learning cards included.
    """
    found = SynergyHypothesis.objects.filter(in_open(audience), deleted_at=None)
    pairs = pairs_seen(audience).select_related(None).prefetch_related(None)
    return (
        found.select_related(*_PARTNERSHIP, "sentence", "came_from")
        .prefetch_related(
            Prefetch("notes", Note.objects.filter(deleted_at=None).select_related("canvas")), Prefetch("pairs", pairs)
        )
        .annotate(changed_at=Greatest("updated_at", _last(TestCard), _last(LearningCard)))
    )


def ideas_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the ideas that were deleted, or went with their partnership, since a moment."""
    return _went_alone(viewer, since, SynergyHypothesis.objects.all())


def tests_seen(audience: Audience) -> QuerySet[TestCard]:
    """Return the tests, with their ideas, iterations and companies loaded: one query.

    `changed_at`: as of `cards_seen`, and when its iteration last changed, since it is told of none while that is gone.
    """
    found: QuerySet[TestCard] = _of_ideas(TestCard.objects.all(), audience).select_related("iteration")
    changed_at = Greatest("updated_at", "hypothesis__updated_at", Coalesce("iteration__updated_at", "updated_at"))
    return found.annotate(changed_at=changed_at)


def tests_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the tests that were deleted, or went with their idea or partnership, since a moment."""
    return _went(viewer, since, TestCard.objects.all())


def cards_seen(audience: Audience) -> QuerySet[LearningCard]:
    """Return the learning cards, with their ideas, companies, acceptances and the idea's tests loaded: three queries.

    `changed_at` is when one last changed, or its idea did: with that it comes back after both were deleted.
    """
    living = TestCard.objects.filter(deleted_at=None)
    return _of_ideas(LearningCard.objects.all(), audience).prefetch_related(
        accepted(), Prefetch("hypothesis__tests", living)
    )


def cards_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the learning cards that were deleted, or went with their idea or partnership, since a moment."""
    return _went(viewer, since, LearningCard.objects.all())


def iterations_seen(audience: Audience) -> QuerySet[Iteration]:
    """Return the iterations, with companies loaded: one query. `changed_at` is when one last changed."""
    found = Iteration.objects.filter(in_open(audience), deleted_at=None)
    return found.select_related(*_PARTNERSHIP).annotate(changed_at=F("updated_at"))


def iterations_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the iterations that were deleted, or went with their partnership, since a moment."""
    return _went_alone(viewer, since, Iteration.objects.all())


def questions_seen(audience: Audience) -> QuerySet[BigQuestion]:
    """Return the big questions, with companies and the living ideas that bear on them loaded: two queries.

    `changed_at` is when one last changed, or an idea that bears on it did: a deleted one is not told.
    """
    living = SynergyHypothesis.objects.filter(deleted_at=None).only("pk").order_by("created_at", "pk")
    linked = SynergyHypothesis.objects.filter(big_questions=OuterRef("pk")).order_by("-updated_at")
    last = Coalesce(Subquery(linked.values("updated_at")[:1]), F("updated_at"))
    found = BigQuestion.objects.filter(in_open(audience), deleted_at=None)
    return (
        found.select_related(*_PARTNERSHIP)
        .prefetch_related(Prefetch("ideas", living))
        .annotate(changed_at=Greatest("updated_at", last))
    )


def questions_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the big questions that were deleted, or went with their partnership, since a moment."""
    return _went_alone(viewer, since, BigQuestion.objects.all())


def _last(table: type[TestCard] | type[LearningCard]) -> Coalesce:
    """When anything of an idea last changed in a table; when there is nothing, the idea itself."""
    rows = table._default_manager.filter(hypothesis=OuterRef("pk")).order_by("-updated_at").values("updated_at")[:1]
    return Coalesce(Subquery(rows), F("updated_at"))


def _of_ideas(rows: QuerySet[Any], audience: Audience) -> QuerySet[Any]:
    here = in_open(audience, _OF_IDEA) & Q(hypothesis__deleted_at=None)
    changed_at = Greatest("updated_at", "hypothesis__updated_at")
    found: QuerySet[Any] = rows.filter(here, deleted_at=None).annotate(changed_at=changed_at)
    return found.select_related(*(f"hypothesis__{name}" for name in _PARTNERSHIP))


def _went_alone(viewer: Viewer, since: datetime, rows: QuerySet[Any]) -> list[Gone]:
    """What of a partnership is gone: deleted itself, or with the partnership."""
    deleted = rows.filter(in_open(viewer.audience), deleted_at__gte=since)
    gone: dict[UUID, datetime] = dict(deleted.values_list("pk", "deleted_at"))
    gone |= went_with_partnership(viewer, since, rows.filter(still_there(since)))
    return _in_order(gone)


def _went(viewer: Viewer, since: datetime, rows: QuerySet[Any]) -> list[Gone]:
    here = rows.filter(in_open(viewer.audience, _OF_IDEA))
    with_idea = here.filter(deleted_at=None, hypothesis__deleted_at__gte=since)
    gone: dict[UUID, datetime] = dict(with_idea.values_list("pk", "hypothesis__deleted_at"))
    gone |= dict(here.filter(deleted_at__gte=since).values_list("pk", "deleted_at"))
    moments = dict(partnerships_gone(viewer, since).values_list("pk", "deleted_at"))
    idea_was_there = Q(hypothesis__deleted_at=None) | Q(hypothesis__deleted_at__gte=since)
    told = rows.filter(still_there(since), idea_was_there, hypothesis__partnership__in=moments)
    for pk, partnership_id in told.values_list("pk", "hypothesis__partnership_id"):
        if at := moments[partnership_id]:
            gone[pk] = at
    return _in_order(gone)


def _in_order(gone: dict[UUID, datetime]) -> list[Gone]:
    return sorted(gone.items(), key=lambda row: (row[1], row[0]))
