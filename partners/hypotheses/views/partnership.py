"""The ideas of a partnership: reading them, and writing another one down, at one address."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from partners.hypotheses.views.board import of_partnership
from partners.hypotheses.views.ideas import add


@require_http_methods(["GET", "POST"])
def ideas(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """All ideas of two companies; POST writes one down."""
    return add(request, partnership_id) if request.method == "POST" else of_partnership(request, partnership_id)
