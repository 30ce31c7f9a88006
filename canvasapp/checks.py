"""Our own system checks: settings that would break a promise without breaking a page. `manage.py check` runs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

# The request is named before anything can fail; then health answers before hosts are judged.
FIRST = ["canvasapp.logging.RequestIdMiddleware", "canvasapp.health.HealthMiddleware"]


@register(Tags.security)
def writers_queue_up(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Saves must neither fail because others save too, nor hold the log's counter for a whole request."""
    return hasty(settings.DATABASES["default"])


def hasty(database: Mapping[str, Any]) -> list[CheckMessage]:
    """What is wrong with a database's settings for many people who save at once."""
    found: list[CheckMessage] = []
    if database.get("ATOMIC_REQUESTS"):
        found.append(Error("ATOMIC_REQUESTS holds locks for whole requests: leave it off.", id="canvasapp.E001"))
    options = database.get("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3") and options.get("transaction_mode") != "IMMEDIATE":
        found.append(Error("SQLite refuses busy writers unless transaction_mode is IMMEDIATE.", id="canvasapp.E002"))
    return found


@register(Tags.security)
def pages_run_only_our_scripts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Notes hold anybody's words, so no script or style but our own files may ever run."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = [name for name in ("script-src", "style-src") if list(policy.get(name, ())) != ["'self'"]]
    return [Error(f"The content security policy opens {name}.", id="canvasapp.E003") for name in loose]


@register(Tags.security)
def health_comes_first(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Both must see the request before a middleware that may refuse it."""
    if settings.MIDDLEWARE[:2] == FIRST:
        return []
    return [Error(f"MIDDLEWARE must begin with {', '.join(FIRST)}.", id="canvasapp.E004")]


@register(Tags.security, deploy=True)
def many_processes_need_postgresql(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """On SQLite one process serves; others would learn of a change only by their sweep."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [Caution("SQLite is for one process; set DATABASE_URL to grow beyond.", id="canvasapp.W005")]
