from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from canvasapp.checks import hasty


def found() -> set[str]:
    """The ids of our own checks' complaints."""
    return {message.id for message in run_checks() if message.id and message.id.startswith("canvasapp.")}


class TestChecks:
    def test_the_settings_as_they_are_break_no_promise(self) -> None:
        assert found() == set()

    @pytest.mark.parametrize("policy", [["'self'", "'unsafe-inline'"], ["*"], []])
    def test_scripts_of_others_are_seen(self, policy: list[str]) -> None:
        directives: dict[str, Any] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"script-src": policy}
        with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": directives}):
            assert found() == {"canvasapp.E003"}

    def test_transactions_as_long_as_requests_are_seen(self) -> None:
        [message] = hasty(settings.DATABASES["default"] | {"ATOMIC_REQUESTS": True})
        assert message.id == "canvasapp.E001"

    def test_a_sqlite_that_refuses_busy_writers_is_seen(self) -> None:
        [message] = hasty({"ENGINE": "django.db.backends.sqlite3"})
        assert message.id == "canvasapp.E002"

    def test_health_behind_the_judge_of_hosts_is_seen(self) -> None:
        with override_settings(MIDDLEWARE=settings.MIDDLEWARE[2:]):
            assert found() == {"canvasapp.E004"}
