"""Accepting a created value over REST, and putting it into the block of a business model that it changes."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partners.base.errors import NotFound
from partners.outcome import operations
from partners.outcome.api.serializers import Accepting, CandidateOut, Landing
from partners.outcome.candidates import candidates
from partners.value_fit.access import PartnershipInView, sentence_for
from partners.value_fit.api.base import Compared
from partners.value_fit.models import JointSentence


class Acceptances(Compared):
    """What two companies accept to go on with."""

    queryset = JointSentence.objects.none()
    serializer_class = CandidateOut
    filter_backends = ()
    pagination_class = None  # type: ignore[assignment]  # one answer has no pages

    @extend_schema(methods=["put"], summary="Accept a created value", request=Accepting, responses=CandidateOut)
    @extend_schema(methods=["delete"], summary="Take an acceptance back", responses={200: CandidateOut})
    def acceptance(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Accept a created value to go on with, or take that back: what somebody has gone on with stays."""
        seen, sentence = self._found(id)
        if request.method == "PUT":
            operations.accept_created_value(seen=seen, sentence=sentence, into=self.values(Accepting)["into"])
        else:
            operations.take_acceptance_back(seen=seen, sentence=sentence)
        return self._candidate(seen, sentence)

    @extend_schema(summary="Put an accepted value into a business model", request=Landing, responses=CandidateOut)
    def landing(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Put an accepted value into the block that it changes; where it stands already it stays."""
        seen, sentence = self._found(id)
        operations.put_into_model(seen=seen, sentence=sentence, into=self.values(Landing)["into"])
        return self._candidate(seen, sentence)

    def _found(self, sentence_id: UUID) -> tuple[PartnershipInView, JointSentence]:
        seen, sentence = sentence_for(self.identity, sentence_id)
        if sentence.kind != JointSentence.Kind.CREATED:
            raise NotFound
        return seen, sentence

    def _candidate(self, seen: PartnershipInView, sentence: JointSentence) -> Response:
        told = next((each for each in candidates(seen) if each["sentence"] == sentence.pk), None)
        if told is None:
            raise NotFound
        return Response(CandidateOut(told).data)
