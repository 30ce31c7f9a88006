"""What programs and exports list of joint ideas: the rows that a reader may know of, and what is gone since.

While a partnership's sheets are private until the reveal, there are no ideas for anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from partners.canvases.models import Note
from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from partners.value_fit.reads import Gone, pairs_seen, partnerships_open, went_with_partnership
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.gone import partnerships_gone

_PARTNERSHIP = ("partnership__first", "partnership__second", "partnership__workspace")


def ideas_seen(audience: Audience) -> QuerySet[SynergyHypothesis]:
    """Return the ideas, with companies, workspace and what they rest on loaded: three queries.

    `changed_at` is when anything last changed that people said of them: their tests and learning cards included.
    """
    found = SynergyHypothesis.objects.filter(deleted_at=None, partnership__in=partnerships_open(audience))
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
    deleted = SynergyHypothesis.objects.filter(
        deleted_at__gte=since, partnership__in=partnerships_open(viewer.audience)
    ).values_list("pk", "deleted_at")
    gone = {pk: at for pk, at in deleted if at}
    gone |= went_with_partnership(viewer, since, SynergyHypothesis.objects.filter(deleted_at=None))
    return _in_order(gone)


def tests_seen(audience: Audience) -> QuerySet[TestCard]:
    """Return the tests, with their ideas and companies loaded: one query. `changed_at`: as of `cards_seen`."""
    return _of_ideas(TestCard.objects.all(), audience)


def tests_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the tests that were deleted, or went with their idea or partnership, since a moment."""
    return _went(viewer, since, TestCard.objects.all())


def cards_seen(audience: Audience) -> QuerySet[LearningCard]:
    """Return the learning cards, with their ideas, companies, acceptances and the idea's tests loaded: three queries.

    `changed_at` is when one last changed, or its idea did: with that it comes back after both were deleted.
    """
    living = TestCard.objects.filter(deleted_at=None)
    return _of_ideas(LearningCard.objects.all(), audience).prefetch_related(
        "acceptances", Prefetch("hypothesis__tests", living)
    )


def cards_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the learning cards that were deleted, or went with their idea or partnership, since a moment."""
    return _went(viewer, since, LearningCard.objects.all())


def _last(table: type[TestCard] | type[LearningCard]) -> Coalesce:
    """When anything of an idea last changed in a table; when there is nothing, the idea itself."""
    rows = table._default_manager.filter(hypothesis=OuterRef("pk")).order_by("-updated_at").values("updated_at")[:1]
    return Coalesce(Subquery(rows), F("updated_at"))


def _of_ideas(rows: QuerySet[Any], audience: Audience) -> QuerySet[Any]:
    here = {"hypothesis__deleted_at": None, "hypothesis__partnership__in": partnerships_open(audience)}
    changed_at = Greatest("updated_at", "hypothesis__updated_at")
    found: QuerySet[Any] = rows.filter(deleted_at=None, **here).annotate(changed_at=changed_at)
    return found.select_related(*(f"hypothesis__{name}" for name in _PARTNERSHIP))


def _went(viewer: Viewer, since: datetime, rows: QuerySet[Any]) -> list[Gone]:
    here = rows.filter(hypothesis__partnership__in=partnerships_open(viewer.audience))
    with_idea = here.filter(deleted_at=None, hypothesis__deleted_at__gte=since)
    gone: dict[UUID, datetime] = dict(with_idea.values_list("pk", "hypothesis__deleted_at"))
    gone |= dict(here.filter(deleted_at__gte=since).values_list("pk", "deleted_at"))
    moments = dict(partnerships_gone(viewer, since).values_list("pk", "deleted_at"))
    living = rows.filter(deleted_at=None, hypothesis__deleted_at=None, hypothesis__partnership__in=moments)
    for pk, partnership_id in living.values_list("pk", "hypothesis__partnership_id"):
        if at := moments[partnership_id]:
            gone[pk] = at
    return _in_order(gone)


def _in_order(gone: dict[UUID, datetime]) -> list[Gone]:
    return sorted(gone.items(), key=lambda row: (row[1], row[0]))
