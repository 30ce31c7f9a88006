"""Attempts are counted once for all processes, and forgotten when their window closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.base.limits import Limit, TooMany
from partners.base.models import Attempts

pytestmark = pytest.mark.django_db
KNOCKS = Limit("knocks", most=2, seconds=60)


def test_stops_after_the_last_one_allowed() -> None:
    KNOCKS.count("Ana")
    KNOCKS.count("Ana")
    with pytest.raises(TooMany):
        KNOCKS.count("Ana")
    KNOCKS.count("Bo")


def test_another_process_goes_on_with_the_same_count() -> None:
    KNOCKS.count("Ana")
    elsewhere = Limit("knocks", most=2, seconds=60)
    elsewhere.count("Ana")
    with pytest.raises(TooMany):
        KNOCKS.check("Ana")


def test_starts_anew_when_the_window_has_closed() -> None:
    KNOCKS.count("Ana")
    KNOCKS.count("Ana")
    KNOCKS.count("Bo")
    Attempts.objects.update(until=timezone.now() - timedelta(seconds=1))
    KNOCKS.count("Ana")
    assert list(Attempts.objects.values_list("count", flat=True)) == [1]


def test_keeps_no_address_in_the_clear() -> None:
    KNOCKS.count("192.0.2.7")
    assert "192.0.2.7" not in Attempts.objects.get().key
