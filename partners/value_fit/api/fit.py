"""What a comparison comes to, over REST: scores with their sums, findings, and what has moved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partners.value_fit.api.base import Compared
from partners.value_fit.api.serializers.results import FitOut
from partners.value_fit.models import Pair, Round
from partners.value_fit.queries import Comparison, comparison, organisation_at
from partners.value_fit.rules import RULE_VERSION, SIDES, Scores, Side, findings, scores
from partners.value_fit.snapshots import moved_since, plain_scores


class Fit(Compared):
    """How two sheets compare."""

    queryset = Pair.objects.none()
    serializer_class = FitOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # one answer has no pages

    @extend_schema(summary="How two sheets compare")
    def retrieve(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return the numbers and findings of a partnership, recomputed now: the same for everybody who sees it."""
        seen = self.opened(id)
        compared = comparison(seen.partnership)
        last = Round.objects.filter(partnership=seen.partnership).order_by("-number").first()
        values = _fit(compared) | {"round": last.number + 1 if last else 1, "moved": _moved(compared, last)}
        return Response(FitOut(values).data)


def _fit(compared: Comparison) -> dict[str, Any]:
    table = compared.table
    return {
        "workspace": compared.partnership.workspace_id,
        "partnership": compared.partnership.pk,
        "rule_version": RULE_VERSION,
        "agreed": _scores(compared, scores(table)),
        "hoped": _scores(compared, scores(table, with_guesses=True)),
        "findings": [
            {
                "kind": found.kind.value,
                "organisation": _company(compared, found.side),
                "notes": found.notes,
                "pairs": found.pairs,
            }
            for found in findings(table)
        ],
    }


def _scores(compared: Comparison, found: Scores) -> dict[str, Any]:
    plain = plain_scores(found)
    return {
        "coverage": [
            {"organisation": _company(compared, side), "value": plain[side], "terms": found.coverage[side].terms}
            for side in SIDES
        ],
        "fit": plain["fit"],
        "balance": plain["balance"],
    }


def _moved(compared: Comparison, last: Round | None) -> list[dict[str, Any]]:
    moved = moved_since(last.snapshot, compared) if last else []
    return [
        {
            "need": each.need,
            "organisation": _company(compared, each.side),
            "text": each.text,
            "before": each.before,
            "after": each.after,
        }
        for each in moved
    ]


def _company(compared: Comparison, side: Side | None) -> UUID | None:
    return organisation_at(compared.partnership, side).pk if side else None
