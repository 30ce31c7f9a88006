"""Coming in by a personal link: straight to the learning card that one is asked to accept, with yes or not yet."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.base.errors import Conflict
from partners.facilitation.passes import with_pass
from partners.hypotheses import operations
from partners.hypotheses.asked import Closed, closed
from partners.hypotheses.boards.request import draw_request
from partners.hypotheses.models import AcceptanceRequest
from partners.hypotheses.models.testing import SAYS_LIMIT
from partners.people.identity import identity_of
from partners.workspaces.access import member_of


def personal(request: HttpRequest, asked: AcceptanceRequest) -> HttpResponse:
    """Show the card with *yes* and *not yet*; POST: come in as who was asked, and say one of them.

    Whoever belongs to this workshop in this browser stays who they are: people of that company go to the card, others
    are told whom the link is for.
    """
    invitation = asked.invitation
    known = member_of(identity_of(request), invitation.workspace_id)
    if known is not None and known.organisation_id == invitation.organisation_id:
        return redirect(_card(asked))
    if (why := closed(asked)) is not None:
        return _page(request, asked, closed=why, status=HTTPStatus.NOT_FOUND)
    if known is not None:
        return _page(request, asked, known=known, status=HTTPStatus.FORBIDDEN)
    if request.method != "POST" or request.POST.get("answer") not in ("yes", "not yet"):
        return _page(request, asked)
    return _answer(request, asked)


def _answer(request: HttpRequest, asked: AcceptanceRequest) -> HttpResponse:
    accepts, why = request.POST["answer"] == "yes", request.POST.get("why", "")
    revision = request.POST.get("revision", "")
    try:
        member, token = operations.answer_request(
            request=asked,
            accepts=accepts,
            revision=int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0,
            why=why,
        )
    except Conflict as conflict:
        return _page(request, asked, mistake=conflict, why=why[:SAYS_LIMIT], status=HTTPStatus.CONFLICT)
    company = asked.invitation.organisation
    if accepts:
        messages.success(request, _("%(company)s accepts it. Thank you.") % {"company": company})
    else:
        messages.success(request, _("Kept: not yet. You can accept it here as soon as it is so."))
    return with_pass(request, member, token, redirect(_card(asked)))


def _card(asked: AcceptanceRequest) -> str:
    return f"{reverse('ideas:idea', args=[asked.card.hypothesis_id])}#card-{asked.card_id}"


def _page(
    request: HttpRequest, asked: AcceptanceRequest, *, status: int = HTTPStatus.OK, **values: Any
) -> HttpResponse:
    """The page of the link; nothing of the card stands on it when nothing can be said by the link."""
    is_open = "closed" not in values and "known" not in values
    shown: dict[str, Any] = {
        "workspace": asked.invitation.workspace,
        "company": asked.invitation.organisation,
        "name": asked.invitation.name,
        "host": asked.invitation.created_by,
        "closed": None,
        "known": None,
        "mistake": None,
        "why": "",
        "most": SAYS_LIMIT,
        "Closed": Closed,
    }
    shown |= {"idea": asked.card.hypothesis, "card": draw_request(asked)} if is_open else {}
    return render(request, "facilitation/personal.html", shown | values, status=status)
