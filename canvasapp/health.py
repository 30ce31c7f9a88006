"""`/healthz`: whether this process can do its work, for load balancers and service managers."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

ADDRESS = "/healthz"


class HealthMiddleware:
    """Answers 200 `ok`, or 503 when the database cannot be asked.

    A middleware and no view, because probes come by number, not by a name in `ALLOWED_HOSTS`, and by plain http.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != ADDRESS:
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            answer = HttpResponse("database not reachable\n", status=503, content_type="text/plain")
        else:
            answer = HttpResponse("ok\n", content_type="text/plain")
        answer.headers["Cache-Control"] = "no-store"
        return answer
