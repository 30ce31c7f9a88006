"""Tests are dealt out so that all workers end at the same time: each has its share of long ones, and begins with them.

pytest-xdist cuts the list into one run for each worker; who is done takes over half of what another has left. A page in
a browser takes as long as a hundred other tests: where pages come last, three workers wait for the fourth.
"""

from __future__ import annotations

import os

import pytest

LONGEST_FIRST = ("schemathesis", "axe", "browser")


@pytest.hookimpl(trylast=True)  # after they were chosen and shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put them into one run for each worker, the longest first."""
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if hands > 1:
        items[:] = dealt(sorted(items, key=rank), hands)


def rank(item: pytest.Item) -> int:
    """How early a test comes."""
    return next((at for at, name in enumerate(LONGEST_FIRST) if item.get_closest_marker(name)), len(LONGEST_FIRST))


def dealt(items: list[pytest.Item], hands: int) -> list[pytest.Item]:
    """Return the items one hand after the other, each in the order of all."""
    return [item for hand in range(hands) for item in items[hand::hands]]
