"""The pages about the REST interface: its reference, and where a person makes and revokes tokens for programs."""

from __future__ import annotations

from functools import lru_cache

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

from partners.api.forms import TokenForm
from partners.api.reference_reader import read_reference
from partners.api.tokens import make_token, revoke_token, tokens_of
from partners.base.errors import Invalid
from partners.people.identity import identity_of
from partners.people.models import User
from partners.workspaces.queries import memberships_of


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """What programs can ask, for everybody to read; the examples name the site they are read on."""
    origin = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/docs.html", {"reference": read_reference(), "origin": origin})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """What programs can ask, for programs: OpenAPI 3 as YAML, or as JSON by `?format=json` or `Accept`."""
    asked = request.GET.get("format") or request.headers.get("Accept", "")
    renderer = OpenApiJsonRenderer if "json" in asked else OpenApiYamlRenderer
    media_type = "application/json" if asked == "application/json" else renderer.media_type
    return HttpResponse(_written(get_language(), renderer), content_type=media_type)


@lru_cache(maxsize=8)
def _written(language: str | None, renderer: type[OpenApiYamlRenderer | OpenApiJsonRenderer]) -> bytes:
    """The schema, the same for everybody: to make it takes half a second, which others would wait for."""
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # of the library
    written: bytes = renderer().render(document, renderer_context={})
    return written


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens. POST: one more, shown this once."""
    user = _user(request)
    workspaces = [member.workspace for member in memberships_of(identity_of(request)) if member.user_id == user.pk]
    form = TokenForm(request.POST if request.method == "POST" else None, workspaces=workspaces)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = make_token(user=user, **form.cleaned_data)
            form = TokenForm(workspaces=workspaces)
        except Invalid as refusal:
            for name, reasons in refusal.details["fields"].items():
                form.add_error(name, reasons)
    values = {"form": form, "secret": secret, "tokens": tokens_of(user)}
    return render(request, "api/tokens.html", values, status=422 if form.errors else 200)


@login_required
@require_POST
def revocation(request: HttpRequest, key: str) -> HttpResponse:
    """End a token at once."""
    if revoke_token(user=_user(request), key=key):
        messages.success(request, _("The token does not work any more."))
    return redirect("tokens:tokens")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # both views need a sign-in
    return request.user
