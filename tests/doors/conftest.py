"""The cast at the negotiating table, for the doors of what it says there."""

from tests.outcome.conftest import outcome
from tests.value_fit.conftest import table

__all__ = ["outcome", "table"]
