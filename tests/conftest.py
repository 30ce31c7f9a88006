"""What every test has: nothing remembered from the test before, and made-up examples without a stop-watch."""

import gc
from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache

from tests.factories import Cast
from tests.remembering import cast_again

pytest_plugins = ["tests.plugins.chromium"]

# A busy computer is no mistake of the code.
hypothesis.settings.register_profile("workbench", deadline=None)
hypothesis.settings.load_profile("workbench")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through all of it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def forgotten_limits() -> Iterator[None]:
    """Attempts to sign in are counted in the cache of the process; each test starts with none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and companies of `tests.factories`, in a workshop of their own."""
    return cast_again()
