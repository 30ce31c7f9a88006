"""The scripts of two people in the workshop of the joint ideas, and what a learning card says over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.api.conftest import Program
from tests.hypotheses.conftest import SUPPORTED, Ideas, ideas

__all__ = ["ideas"]

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def bo(ideas: Ideas, program: Callable[..., Program]) -> Program:
    """The script of Nespresso's member."""
    return program(ideas.cast.bo)


@pytest.fixture
def eli(ideas: Ideas, program: Callable[..., Program]) -> Program:
    """The observer's script."""
    return program(ideas.cast.eli)


@pytest.fixture
def here(ideas: Ideas) -> str:
    """The partnership with De'Longhi."""
    return str(ideas.cast.with_delonghi.pk)


def learned(idea: str, **more: Any) -> dict[str, Any]:
    """What a card says that supports everything."""
    return {
        "hypothesis": idea,
        "observed": "34 of 100 buyers ordered pods again",
        "observed_on": timezone.localdate().isoformat(),
        "data_points": 100,
        "verdicts": SUPPORTED,
        "level": 4,
        "costs_start": "4 for each pod",
        "costs_end": "20 for each machine",
        **more,
    }
