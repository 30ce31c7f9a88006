"""The same request sent again (bad wifi, two tabs, a reload) does nothing twice and gets the same answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base import rows
from partners.base.errors import Conflict, DomainError, Invalid, TooLarge
from partners.base.http import answer_error, body_hash, uuid_or_none
from partners.base.prepared import Prepared
from partners.base.rest import answer_json_error
from partners.events.keys import KEPT, SentKey, clear_old, sent_with
from partners.events.models import IdempotencyKey
from partners.people.identity import identity_of
from partners.workspaces.models import Membership

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@Prepared
def _kept_under(*, key: UUID, since: datetime) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(key=key, created_at__gt=since)


class IdempotencyMiddleware:
    """Replays the answer to a change whose key is known; else lets the log keep the key with the change."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        header = request.headers.get(HEADER)
        if request.method not in CHANGING or header is None:
            return self.get_response(request)
        key = uuid_or_none(header)
        if key is None:
            return _refuse(request, Invalid(_("The Idempotency-Key must be a UUID.")))
        try:
            sent = SentKey(key, body_hash(request))
            if known := known_answer(request, sent):
                return known
        except RequestDataTooBig:
            return _refuse(request, TooLarge(_("This is more than one request may carry. Send it in smaller parts.")))
        except DomainError as error:
            return _refuse(request, error)
        request.sent_key = sent  # type: ignore[attr-defined]  # for REST, which learns later who is asking
        with sent_with(sent):
            response = self.get_response(request)
        if isinstance(response, HttpResponse) and REPLAYED not in response:
            _remember(sent, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the loser of two equal requests at the same moment as the winner was; anything else surfaces."""
        sent: SentKey | None = getattr(request, "sent_key", None)
        if sent is None or not isinstance(error, IntegrityError):
            return None
        try:
            return known_answer(request, sent)
        except DomainError as refusal:
            return _refuse(request, refusal)


def known_answer(request: HttpRequest, sent: SentKey) -> HttpResponse | None:
    """Return the answer this person was given before for the same key, or None.

    Raises `Invalid` when the key was used for something else, `Conflict` when its answer was lost.
    """
    for row in _kept_under(key=sent.key, since=timezone.now() - KEPT):
        if not _is_mine(request, row.owner):
            continue
        if row.body_hash != sent.body_hash:
            raise Invalid(_("This Idempotency-Key was used for another request."), code="key_reused")
        if row.headers is None and request.path.startswith("/api/"):
            # The process ended between commit and answer: the change stands; a page sees it by its stream.
            raise Conflict(_("This change was made already."), code="already_made", change=str(row.change))
        response = HttpResponse(row.answer, status=row.status, headers=row.headers)
        response[REPLAYED] = "true"
        return response
    return None


def _is_mine(request: HttpRequest, owner: str) -> bool:
    identity = identity_of(request)
    member_id = uuid_or_none(owner)
    if member_id is None:
        return False
    member = Membership.objects.filter(pk=member_id).values_list("user_id", "workspace_id").first()
    if member is None:
        return False
    user_id, workspace_id = member
    if identity.only not in (None, workspace_id):
        return False
    if identity.user_id and identity.user_id == user_id:
        return True
    token_hash = identity.pass_hashes.get(workspace_id)
    return bool(token_hash) and Membership.objects.filter(pk=member_id, passes__token_hash=token_hash).exists()


def _remember(sent: SentKey, response: HttpResponse) -> None:
    """Keep the answer with the row that this very request made; somebody else's key may be equal, down to the body."""
    if sent.row is None:
        return
    if response.status_code < 400 and not response.streaming:
        rows.update(
            IdempotencyKey,
            sent.row,
            status=response.status_code,
            answer=response.content.decode(),
            headers=dict(response.headers),
        )
    clear_old(sent.row)


def _refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer_json_error(error) if request.path.startswith("/api/") else answer_error(request, error)
