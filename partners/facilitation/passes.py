"""How a browser keeps who a guest is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from partners.people.identity import PASS_COOKIE
from partners.workspaces.models import Membership
from partners.workspaces.operations.people import PASS_LIVES


def with_pass(request: HttpRequest, member: Membership, token: str, response: HttpResponse) -> HttpResponse:
    """Give the browser its pass: a year long, out of reach of scripts, kept when an account signs out."""
    response.set_cookie(
        f"{PASS_COOKIE}{member.workspace_id.hex}",
        token,
        max_age=PASS_LIVES,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
