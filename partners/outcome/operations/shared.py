"""What all writes of an outcome share: the lock, and words that several people change."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from partners.base.errors import NotFound
from partners.base.prepared import Prepared
from partners.events.models import Event
from partners.value_fit.access import PartnershipInView
from partners.workspaces.models import Partnership


def lock_outcome(seen: PartnershipInView) -> None:
    """Wait for others who write this outcome; raises `NotFound` when the partnership was taken away meanwhile."""
    if _locked.one(partnership_id=seen.partnership.pk) is None:
        raise NotFound


@Prepared
def _locked(*, partnership_id: UUID) -> QuerySet[Partnership, tuple[UUID]]:
    row = Partnership.objects.select_for_update(no_key=True).filter(pk=partnership_id, deleted_at=None)
    return row.order_by().values_list("pk")


def words_at(thing_id: UUID, version: int, *, kinds: Iterable[str], now: str) -> str:
    """Return a thing's words as they were in a version, from the log; the words of now when it is not known."""
    if version == 0:
        return ""
    told = Event.objects.filter(thing_id=thing_id, kind__in=list(kinds)).order_by("seq")
    texts = {int(data.get("version", 1)): str(data["text"]) for data in told.values_list("data", flat=True)}
    return texts.get(version, now)
