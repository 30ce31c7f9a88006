"""What every test has: nothing remembered from the test before, and made-up examples without a stop-watch."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import timezone

from partners.canvases import reading
from tests.factories import Cast
from tests.remembering import cast_again

pytest_plugins = ["tests.plugins.chromium", "tests.plugins.room"]

# A busy computer is no mistake of the code. Each run makes up other examples, and begins with those that failed before;
# HYPOTHESIS_PROFILE=thorough, for work on what they test, takes minutes.
unhurried: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("workbench", max_examples=40, **unhurried)
hypothesis.settings.register_profile("thorough", max_examples=1000, **unhurried)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "workbench"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is loaded stays: the garbage collector need not look through all of it again and again.

    What a request leaves is gone by itself, but for a few circles: they are looked for less often than usual.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before `-m` is looked at
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What asks no database is marked so: `./dev test` runs it once, and all else on both databases.

    The longest tests come first, so that at the end no worker has one left while the others have none.
    """
    for item in items:
        fixtures: list[str] = getattr(item, "fixturenames", [])
        asks = {"db", "transactional_db"}.intersection(fixtures)
        if not asks and not any(item.iter_markers("django_db")) and not any(item.iter_markers("own_server")):
            item.add_marker("no_database")
    yield
    items.sort(key=_is_short)


def _is_short(item: pytest.Item) -> bool:
    return not any(item.get_closest_marker(name) for name in ("schemathesis", "axe"))


@pytest.fixture(autouse=True)
def forgotten_limits() -> Iterator[None]:
    """Attempts to sign in are counted in the cache of the process; each test starts with none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def forgotten_notes() -> None:
    """A scene that is laid again has the numbers it had before: what was known under them is not what is there now."""
    reading.known_rows.clear()
    reading.known_words.clear()


@pytest.fixture(autouse=True, scope="session")
def kept_connection() -> Iterator[None]:
    """A test that commits leaves its connection to the next, as one that rolls back does.

    Django would connect anew, for databases that forget on rolling back what was set on connecting: ours do not. To
    PostgreSQL that costs such a test half of its scene: a process starts, and reads of all tables what they are.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_should_reload_connections", lambda _: False)
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and companies of `tests.factories`, in a workshop of their own."""
    return cast_again()


@pytest.fixture
def stopped_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time stands still, for tests of what counts seconds.

    The cast has come together before: it is remembered for later tests, which ask who came last.
    """
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
