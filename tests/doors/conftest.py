"""The cast at the negotiating table, and the talks that each company keeps to itself, for the doors of both."""

import pytest

from tests.doors.whispering import Talks, talks_again
from tests.factories import Cast
from tests.outcome.conftest import outcome
from tests.value_fit.conftest import table

__all__ = ["outcome", "table"]


@pytest.fixture
def talks(cast: Cast) -> Talks:
    """A sealed partnership between two companies whose models have something to take."""
    return talks_again(cast)
