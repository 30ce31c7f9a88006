"""A small style sheet of one's own: pages and pieces are the same for everybody, this says which of it is mine."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_GET
from django.views.decorators.vary import vary_on_cookie

from partners.base.http import uuid_or_none
from partners.people.identity import identity_of
from partners.workspaces.access import member_of
from partners.workspaces.models import Membership

RULES = """@layer pages {{
  .note[data-author="{me}"] > .meta > .signed, .note[data-author="{me}"] > .signed {{ text-decoration: underline; }}
  .note[data-thumbs~="{me}"] .thumbs {{ font-weight: var(--weight-loud); color: var(--ink); }}
  .typing [data-member="{me}"] {{ display: none; }}
}}
"""


def _member(request: HttpRequest) -> Membership | None:
    known: Membership | None = getattr(request, "own_membership", None)
    if known is None:
        workspace_id = uuid_or_none(request.GET.get("w"))
        known = member_of(identity_of(request), workspace_id) if workspace_id else None
        request.own_membership = known  # type: ignore[attr-defined]  # one look-up a request
    return known


def _etag(request: HttpRequest) -> str:
    member = _member(request)
    return f'"{member.pk.hex if member else "nobody"}"'


@require_GET
@vary_on_cookie
@condition(etag_func=_etag)
def me_css(request: HttpRequest) -> HttpResponse:
    """What is mine in a workshop (`?w=`); empty for who does not belong to it. Kept by this browser alone."""
    member = _member(request)
    css = RULES.format(me=member.pk) if member else ""
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    # Asked for anew each time, since who I am may change; the answer is then a 304 of no size.
    patch_cache_control(response, private=True, no_cache=True)
    return response
