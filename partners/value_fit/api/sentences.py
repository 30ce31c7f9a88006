"""Joint sentences over REST: the operations of the pages, with versions instead of merging."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
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

from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, sentence_for
from partners.value_fit.api.base import Compared
from partners.value_fit.api.serializers.sentences import NewSentence, SentenceChanges, SentenceOut, Yes
from partners.value_fit.models import JointSentence
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.reads import Gone, sentences_gone, sentences_seen
from partners.value_fit.telling import told_sentence
from partners.workspaces.access import Viewer
from partners.workspaces.api.base import Rows
from partners.workspaces.api.versions import IF_MATCH, as_read


class SentenceRows(Rows):
    """Filters of joint sentences."""

    partnership = filters.UUIDFilter(field_name="partnership_id", label="Of this partnership.")
    kind = filters.ChoiceFilter(choices=JointSentence.Kind.choices, label="Of this kind.")
    organisation = filters.UUIDFilter(field_name="organisation_id", label="Created value for this organisation.")


@extend_schema_view(
    list=extend_schema(summary="Joint sentences of a workspace"),
    retrieve=extend_schema(summary="One joint sentence"),
    create=extend_schema(summary="Begin a joint sentence", request=NewSentence, responses={201: SentenceOut}),
    partial_update=extend_schema(
        summary="Change a joint sentence", request=SentenceChanges, parameters=[IF_MATCH], responses=SentenceOut
    ),
    destroy=extend_schema(summary="Drop a joint sentence", parameters=[IF_MATCH]),
)
class Sentences(Compared):
    """How it gets across, and what becomes possible together."""

    queryset = JointSentence.objects.none()
    serializer_class = SentenceOut
    filterset_class = SentenceRows

    def create(self, request: Request) -> Response:
        """Begin a joint sentence, in own words or from a note of either sheet."""
        values = self.values(NewSentence)
        seen = self.opened(values.pop("partnership"))
        made = operations.add_sentence(
            seen=seen, sentence_id=values.pop("id", None), source_note_id=values.pop("source_note", None), **values
        )
        return self.answer(seen.viewer, made.pk, status=201)

    def partial_update(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Reword a joint sentence, or change what it says beside its words: all of what is sent, or nothing."""
        seen, sentence = self._found(id)
        values = self.values(SentenceChanges)
        text = values.pop("text", None)
        with self._as_read(seen, sentence):
            if text is not None:
                operations.edit_sentence(seen=seen, sentence=sentence, text=text)
            if values:
                operations.change_sentence(seen=seen, sentence=sentence, **values)
        return self.answer(seen.viewer, id)

    def destroy(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Drop a joint sentence."""
        seen, sentence = self._found(id)
        with self._as_read(seen, sentence):
            operations.remove_sentence(seen=seen, sentence=sentence)
        return Response(status=204)

    @extend_schema(summary="Bring a joint sentence back", request=None, responses=SentenceOut)
    @action(detail=True, methods=["post"])
    def restoration(self, request: Request, id: UUID) -> Response:  # noqa: A002 - the name in the address
        """Bring back a joint sentence that was dropped."""
        deleted = JointSentence.objects.filter(pk=id, deleted_at__isnull=False).exists()
        seen, sentence = self._found(id, deleted=deleted)
        operations.remove_sentence(seen=seen, sentence=sentence, removed=False)
        return self.answer(seen.viewer, id)

    @extend_schema(methods=["put"], summary="Say yes to a joint sentence", request=Yes, responses=SentenceOut)
    @extend_schema(methods=["delete"], summary="Take a yes back", responses={200: SentenceOut})
    @action(detail=True, methods=["put", "delete"], url_path="consents/<uuid:organisation>")
    def consent(self, request: Request, id: UUID, organisation: UUID) -> Response:  # noqa: A002 - the name in the address
        """Say *Yes, that is how it works* for one's own company, or take it back; nobody can for another."""
        seen, sentence = self._found(id)
        given = request.method == "PUT"
        version = self.values(Yes).get("version") if given else None
        operations.consent(seen=seen, sentence=sentence, organisation_id=organisation, given=given, version=version)
        return self.answer(seen.viewer, id)

    def seen(self, viewer: Viewer) -> QuerySet[JointSentence]:
        """Return the joint sentences a viewer sees."""
        return sentences_seen(viewer.audience)

    def gone(self, viewer: Viewer, since: datetime) -> Iterable[Gone]:
        """Return the joint sentences that were dropped."""
        return sentences_gone(viewer, since)

    def written(self, viewer: Viewer, rows: list[Any]) -> list[Any]:
        """Return joint sentences as this viewer is told of them."""
        told = [
            told_sentence(PartnershipInView(viewer, row.partnership), row)
            | {"workspace": row.partnership.workspace_id, "etag": etag_of(row)}
            for row in rows
        ]
        return super().written(viewer, told)

    def _found(self, sentence_id: UUID, *, deleted: bool = False) -> tuple[PartnershipInView, JointSentence]:
        return sentence_for(self.identity, sentence_id, deleted=deleted)

    def _as_read(self, seen: PartnershipInView, sentence: JointSentence) -> AbstractContextManager[None]:
        """One change to a joint sentence as it was read."""

        def lock() -> str:
            lock_comparison(seen)
            return etag_of(JointSentence.objects.only("text_version", "drawn").get(pk=sentence.pk))

        return as_read(
            self.request,
            lock=lock,
            changed=_("Somebody changed this sentence since you read it."),
            theirs=lambda: self.written(seen.viewer, [self.row(seen.viewer, sentence.pk)])[0],
        )


def etag_of(sentence: JointSentence) -> str:
    """Return the version of everything told of a joint sentence, its yeses included."""
    return f'"{sentence.text_version}-{sentence.drawn}"'
