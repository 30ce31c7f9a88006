"""Signing in by a one-time link."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from partners.people.signin import redeem


@require_GET
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in once; a link that was used says so, and leads whoever is signed in already to their workshops."""
    user = redeem(token)
    if user is not None:
        login(request, user)
    elif not request.user.is_authenticated:
        return render(request, "people/link_used.html", status=404)
    return redirect("workspaces:mine")
