"""What a browser shows when the server cannot be reached, and the small worker that keeps it there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page for no connection."""
    return render(request, "errors/offline.html")


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker; browsers take it only over https or on the computer itself, elsewhere they do without."""
    folder = Path(settings.BASE_DIR, "static")
    files = [static(file.relative_to(folder).as_posix()) for file in sorted((folder / "css").rglob("*.css"))]
    values = {
        "page": reverse("offline"),
        "files": files,
        "version": hashlib.sha256("".join(files).encode()).hexdigest()[:12],
    }
    return render(request, "overview/service_worker.js", values, content_type="text/javascript")
