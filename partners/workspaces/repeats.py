"""The same request sent again (bad wifi, two tabs, a reload) does nothing twice and gets the same answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict, DomainError, Invalid
from partners.base.http import answer_error, body_hash, uuid_or_none
from partners.base.rest import answer_json_error
from partners.events.keys import SentKey, sent_with
from partners.events.models import IdempotencyKey
from partners.people.identity import identity_of
from partners.workspaces.models import Membership

HEADER = "Idempotency-Key"
KEPT = timedelta(days=30)
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


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
        sent = SentKey(key, body_hash(request))
        try:
            if known := _known(request, sent):
                return known
            with sent_with(sent):
                response = self.get_response(request)
        except IntegrityError:
            if known := _known(request, sent):
                return known
            raise
        except DomainError as error:
            return _refuse(request, error)
        if isinstance(response, HttpResponse):
            _remember(sent, response)
        return response


def _known(request: HttpRequest, sent: SentKey) -> HttpResponse | None:
    """The answer given before; raises `Invalid` when the key was used for something else."""
    for row in IdempotencyKey.objects.filter(key=sent.key, created_at__gt=timezone.now() - KEPT):
        if not _is_mine(request, row.owner):
            continue
        if row.body_hash != sent.body_hash:
            raise Invalid(_("This Idempotency-Key was used for another request."), code="key_reused")
        if not row.content_type and request.path.startswith("/api/"):
            # The process ended between commit and answer: the change stands; a page sees it by its stream.
            raise Conflict(_("This change was made already."), code="already_made", change=str(row.change))
        response = HttpResponse(row.answer, status=row.status, content_type=row.content_type or "text/html")
        response["Idempotent-Replayed"] = "true"
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
    if identity.user_id and identity.user_id == user_id:
        return True
    token_hash = identity.pass_hashes.get(workspace_id)
    return bool(token_hash) and Membership.objects.filter(pk=member_id, passes__token_hash=token_hash).exists()


def _remember(sent: SentKey, response: HttpResponse) -> None:
    if response.status_code < 400 and not response.streaming:
        IdempotencyKey.objects.filter(key=sent.key, body_hash=sent.body_hash).update(
            status=response.status_code,
            answer=response.content.decode(),
            content_type=response.headers.get("Content-Type", "text/html")[:80],
        )


def _refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer_json_error(error) if request.path.startswith("/api/") else answer_error(request, error)
