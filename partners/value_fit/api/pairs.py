"""Pairs over REST, and what each side says of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import Invalid, NotFound
from partners.base.rest.filters import MomentFilter
from partners.canvases.access import note_for
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, pair_for
from partners.value_fit.api.base import Compared
from partners.value_fit.api.serializers.pairs import NewPair, NewRating, PairChanges, PairOut, RatingChanges, RatingOut
from partners.value_fit.models import Pair, Rating
from partners.value_fit.reads import Gone, pairs_gone, pairs_seen
from partners.value_fit.telling import told_pair
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Rows


class PairRows(Rows):
    """Filters of pairs."""

    partnership = filters.UUIDFilter(field_name="partnership_id", label="Of this partnership.")
    offer = filters.UUIDFilter(field_name="offer_id", label="With this offer.")
    need = filters.UUIDFilter(field_name="need_id", label="With this need.")
    organisation = filters.UUIDFilter(
        field_name="need__canvas__organisation_id", label="For the needs of this organisation."
    )
    interest = filters.ChoiceFilter(choices=Pair.Interest.choices, label="Of such interests.")
    updated_since = MomentFilter(
        field_name="changed_at",
        lookup_expr="gte",
        label="Only what changed since; the answer then also has `deleted` and `as_of`.",
    )


@extend_schema_view(
    list=extend_schema(summary="Pairs of a workspace"),
    retrieve=extend_schema(summary="One pair"),
    create=extend_schema(summary="Put an offer to a need", request=NewPair, responses={201: PairOut}),
    partial_update=extend_schema(summary="Say whether interests are common", request=PairChanges),
    destroy=extend_schema(summary="Take a pair apart"),
)
class Pairs(Compared):
    """Offers of one company put to needs of the other."""

    queryset = Pair.objects.none()
    serializer_class = PairOut
    filterset_class = PairRows
    followed_by = "changed_at"

    def create(self, request: Request) -> Response:
        """Put an offer of one company to a need of the other (people of either, and facilitators)."""
        values = self.values(NewPair)
        sheet, _note = note_for(self.identity, values["offer"])
        if sheet.canvas.partnership_id is None:
            raise Invalid(_("A pair is an offer of one company and a need of the other."), code="not_a_pair")
        pair = operations.make_pair(
            seen=self.opened(sheet.canvas.partnership_id),
            offer_id=values["offer"],
            need_id=values["need"],
            pair_id=values.get("id"),
        )
        return self.answer(sheet.viewer, pair.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Say that a pair is of common, different or opposed interests."""
        seen, pair = pair_for(self.identity, id)
        operations.say_interest(seen=seen, pair=pair, **self.values(PairChanges))
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Take a pair apart. What was said of it is there again when it is put together again."""
        seen, pair = pair_for(self.identity, id)
        operations.remove_pair(seen=seen, pair=pair)
        return Response(status=204)

    @extend_schema(methods=["put"], summary="Rate a pair", request=NewRating, responses=PairOut)
    @extend_schema(methods=["patch"], summary="Change a rating", request=RatingChanges, responses=PairOut)
    @extend_schema(methods=["delete"], summary="Take a rating back", responses={200: PairOut})
    @action(detail=True, methods=["put", "patch", "delete"], url_path="ratings/<uuid:organisation>")
    def rating(self, request: Request, id: UUID, organisation: UUID) -> Response:  # noqa: A002 - the name in the address
        """Say for a company how far an offer meets a need, or take it back; the answer is the pair."""
        seen, pair = pair_for(self.identity, id)
        if request.method == "DELETE":
            operations.take_rating_back(seen=seen, pair=pair, organisation_id=organisation)
        else:
            partial = request.method == "PATCH"
            said = self.values(RatingChanges if partial else NewRating, told_as=RatingOut)
            if partial:
                said.setdefault("strength", self._strength(seen, pair, organisation))
            operations.rate(
                seen=seen,
                organisation_id=organisation,
                strength=said["strength"],
                reason=said.get("reason"),
                offer_id=pair.offer_id,
                need_id=pair.need_id,
            )
        return self.answer(seen.viewer, id)

    @extend_schema(methods=["put"], summary="Confirm a stand-in’s rating", request=None, responses=PairOut)
    @extend_schema(methods=["delete"], summary="Take a confirmation back", responses={200: PairOut})
    @action(detail=True, methods=["put", "delete"], url_path="ratings/<uuid:organisation>/confirmation")
    def rating_confirmation(self, request: Request, id: UUID, organisation: UUID) -> Response:  # noqa: A002 - as above
        """Say, as somebody of the company, that what a stand-in said for it is so; or take that back."""
        seen, pair = pair_for(self.identity, id)
        confirmed = request.method == "PUT"
        operations.confirm_rating(seen=seen, pair=pair, organisation_id=organisation, confirmed=confirmed)
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[Pair]:
        """Return the pairs a viewer sees."""
        return pairs_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the pairs that do not stand any more."""
        return pairs_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return pairs as this viewer is told of them."""
        told = [
            told_pair(PartnershipInView(viewer, pair.partnership), pair)
            | {"workspace": pair.partnership.workspace_id, "updated_at": pair.changed_at}
            for pair in rows
        ]
        return super().written(viewer, told)

    def _strength(self, seen: PartnershipInView, pair: Pair, organisation_id: UUID) -> int:
        """The strength that stands, for who may change it; raises `NotFound` when nothing was said."""
        seen.require_rating(organisation_id)
        said = Rating.objects.filter(pair=pair, organisation_id=organisation_id)
        strength = said.values_list("strength", flat=True).first()
        if strength is None:
            raise NotFound
        return strength
