"""What a browser shows when the server cannot be reached, and the small worker that keeps it there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from partners.base.joined import address_of


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page for no connection."""
    return render(request, "errors/offline.html")


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker; browsers take it only over https or on the computer itself, elsewhere they do without."""
    values = {"page": reverse("offline"), "style": address_of("css/app.css"), "script": static("js/no-connection.js")}
    return render(request, "overview/service_worker.js", values, content_type="text/javascript")
