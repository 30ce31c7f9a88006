"""What programs and exports list of comparisons: the rows that a reader may know of, and what is gone since.

While a partnership's sheets are private until the reveal, nothing of its comparison is there for anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Greatest

from partners.events.models import Event
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.gone import partnerships_gone, still_there
from partners.workspaces.models import Partnership
from partners.workspaces.queries import in_seen

Gone = tuple[UUID, datetime]

_STANDS = Q(
    removed_at=None,
    offer__deleted_at=None,
    need__deleted_at=None,
    offer__block=OFFERS,
    need__block=NEEDS,
    offer__canvas__partnership=F("partnership"),
    need__canvas__partnership=F("partnership"),
) & ~Q(offer__canvas__organisation=F("need__canvas__organisation"))
"""An offer of one side still faces a need of the other."""

_COMPANIES = ("partnership__first", "partnership__second")


def partnerships_open(audience: Audience) -> QuerySet[Partnership]:
    """Return the partnerships whose two sheets an audience may compare."""
    return Partnership.objects.filter(in_open(audience, "")).select_related("first", "second")


def in_open(audience: Audience, way: str = "partnership__") -> Q:
    """Return the condition that something was said in one of these; `way` leads to the partnership from its row."""
    return in_seen(audience, way) & Q(**{f"{way}sealed_at": None})


def pairs_seen(audience: Audience) -> QuerySet[Pair]:
    """Return the pairs that stand now, with notes, ratings and companies loaded: two queries.

    `changed_at` is when anything last changed that is told of them, the words of their notes included.
    """
    return (
        Pair.objects.filter(_STANDS, in_open(audience))
        .select_related(*_COMPANIES, "offer__canvas", "need__canvas")
        .prefetch_related("ratings")
        .annotate(changed_at=Greatest("updated_at", "offer__updated_at", "need__updated_at"))
    )


def pairs_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the pairs that were taken apart, lost a note, or went with their partnership since a moment."""
    apart = Pair.objects.filter(~_STANDS, in_open(viewer.audience))
    rows = list(apart.values_list("pk", "offer_id", "need_id", "removed_at", "offer__deleted_at", "need__deleted_at"))
    moves = Event.objects.filter(workspace=viewer.workspace, kind="note_moved", at__gte=since)
    notes = {note for row in rows for note in row[1:3]}
    moved = dict(moves.filter(thing_id__in=notes).order_by().values_list("thing_id").annotate(last=Max("at")))
    gone: dict[UUID, datetime] = {}
    for pk, offer, need, *moments in rows:
        later = [at for at in (*moments, moved.get(offer), moved.get(need)) if at is not None and at >= since]
        if later:
            gone[pk] = max(later)
    gone |= went_with_partnership(viewer, since, Pair.objects.filter(Q(removed_at=None) | Q(removed_at__gte=since)))
    return sorted(gone.items(), key=lambda row: (row[1], row[0]))


def declarations_seen(audience: Audience) -> QuerySet[Declaration]:
    """Return the declarations that stand: about companies, and about needs and offers that are still there."""
    note, other = (
        Q(
            **{
                f"{name}__deleted_at": None,
                f"{name}__block__in": (NEEDS, OFFERS),
                f"{name}__canvas__partnership": F("partnership"),
            }
        )
        for name in ("note", "other")
    )
    standing = Q(kind=Declaration.Kind.LOOKED_THROUGH) | (note & (Q(other=None) | other))
    return Declaration.objects.filter(standing, in_open(audience)).select_related(*_COMPANIES)


def sentences_seen(audience: Audience) -> QuerySet[JointSentence]:
    """Return the joint sentences, with what was said to them and companies loaded: two queries."""
    found = JointSentence.objects.filter(in_open(audience), deleted_at=None)
    return found.select_related(*_COMPANIES, "source_note__canvas").prefetch_related("consents")


def sentences_gone(viewer: Viewer, since: datetime) -> list[Gone]:
    """Return the joint sentences that were dropped, or went with their partnership, since a moment."""
    dropped = JointSentence.objects.filter(in_open(viewer.audience), deleted_at__gte=since).values_list(
        "pk", "deleted_at"
    )
    gone = {pk: at for pk, at in dropped if at}
    gone |= went_with_partnership(viewer, since, JointSentence.objects.filter(still_there(since)))
    return sorted(gone.items(), key=lambda row: (row[1], row[0]))


def rounds_seen(audience: Audience) -> QuerySet[Round]:
    """Return the rounds that were kept, with companies loaded."""
    return Round.objects.filter(in_open(audience)).select_related(*_COMPANIES)


def went_with_partnership(viewer: Viewer, since: datetime, rows: QuerySet[Any]) -> dict[UUID, datetime]:
    """Return which of these rows went with their partnership since a moment, and when."""
    moments = dict(partnerships_gone(viewer, since).values_list("pk", "deleted_at"))
    went = rows.filter(partnership_id__in=moments).values_list("pk", "partnership_id")
    return {pk: at for pk, partnership_id in went if (at := moments[partnership_id])}
