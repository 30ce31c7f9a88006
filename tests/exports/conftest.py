"""The negotiating table of the comparisons, for what is exported of it."""

from tests.value_fit.conftest import table

__all__ = ["table"]
