"""The decision of a partnership over REST, and beside it the created values that can be accepted."""

from __future__ import annotations

from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partners.outcome import operations
from partners.outcome.access import require_writing
from partners.outcome.api.base import OfPartnership
from partners.outcome.api.serializers import Assenting, OutcomeChanges, OutcomeOut
from partners.outcome.candidates import candidates
from partners.outcome.models import Decision
from partners.outcome.operations.shared import lock_outcome
from partners.outcome.telling import told_decision
from partners.value_fit.access import PartnershipInView
from partners.workspaces.api.versions import IF_MATCH, as_read


class Outcomes(OfPartnership):
    """What comes out of a comparison."""

    queryset = Decision.objects.none()
    serializer_class = OutcomeOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # one answer has no pages

    @extend_schema(summary="What was decided and accepted")
    def retrieve(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Return the decision with both sides' yes to it, and every created value with what it lacks."""
        return self._outcome(self.opened(id))

    @extend_schema(summary="Decide, or say why", request=OutcomeChanges, parameters=[IF_MATCH])
    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Write down go on, adapt or stop (empty takes it back), or the reason: all of what is sent, or nothing."""
        seen = self.opened(id)
        require_writing(seen)  # who may not write hears that, and not first of a version
        values = self.values(OutcomeChanges)
        with _as_read(request, seen):
            if "verdict" in values:
                operations.decide(seen=seen, verdict=values["verdict"])
            if "why" in values:
                operations.explain(seen=seen, text=values["why"])
        return self._outcome(seen)

    @extend_schema(methods=["put"], summary="Agree to the decision", request=Assenting, responses=OutcomeOut)
    @extend_schema(methods=["delete"], summary="Take the yes to the decision back", responses={200: OutcomeOut})
    def assent(self, request: Request, id: UUID, organisation: UUID) -> Response:  # noqa: A002 - the name in the address
        """Agree to the decision for one's own company, or take that back; nobody can for another."""
        seen = self.opened(id)
        given = request.method == "PUT"
        read = self.values(Assenting) if given else {}
        operations.assent(
            seen=seen,
            organisation_id=organisation,
            given=given,
            verdict=read.get("verdict"),
            version=read.get("why_version"),
        )
        return self._outcome(seen)

    def _outcome(self, seen: PartnershipInView) -> Response:
        told = _written(seen)
        return Response(told, headers={"ETag": told["etag"]})


def _written(seen: PartnershipInView) -> dict[str, Any]:
    decision = _decision(seen)
    told = {
        "workspace": seen.partnership.workspace_id,
        "partnership": seen.partnership.pk,
        "etag": etag_of(decision),
        "decision": told_decision(seen, decision),
        "candidates": candidates(seen),
    }
    return dict(OutcomeOut(told).data)


def etag_of(decision: Decision | None) -> str:
    """Return the version of a decision (with its assents loaded), both sides' yes included."""
    now = decision or Decision()
    assents = decision.assents.all() if decision else ()
    said = sorted((str(given.organisation_id), given.created_at.isoformat()) for given in assents)
    whole = repr((now.verdict, str(now.decided_at), now.why_version, said))
    return f'"{sha256(whole.encode()).hexdigest()[:20]}"'


def _decision(seen: PartnershipInView) -> Decision | None:
    return Decision.objects.filter(partnership=seen.partnership).prefetch_related("assents").first()


def _as_read(request: Request, seen: PartnershipInView) -> AbstractContextManager[None]:
    """One change to a decision as it was read."""

    def lock() -> str:
        lock_outcome(seen)
        return etag_of(_decision(seen))

    return as_read(
        request,
        lock=lock,
        changed=_("Somebody changed the decision since you read it."),
        theirs=lambda: _written(seen)["decision"],
    )
