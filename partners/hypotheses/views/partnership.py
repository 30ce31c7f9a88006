"""The ideas of a partnership: reading them, and writing another one down, at one address."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from partners.hypotheses.views.ideas import add


@require_http_methods(["GET", "POST"])
def ideas(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """All ideas of two companies; POST writes one down."""
    if request.method == "POST":
        return add(request, partnership_id)
    return redirect("outcomes:outcome", partnership_id)
