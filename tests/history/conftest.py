"""What the tests of history share."""

from __future__ import annotations

import pytest

from partners.canvases.models import Canvas, Note
from tests.factories import Cast
from tests.remembering import remembered


@pytest.fixture
def note(cast: Cast) -> Note:
    """The second of three of Ana's notes in one block."""
    return second_again(cast)


@pytest.fixture
def model(cast: Cast) -> Canvas:
    """Nespresso's business model."""
    return cast.model(cast.nespresso)


@remembered
def second_again(cast: Cast) -> Note:
    """Write the three; returns the second."""
    return [cast.note(text, block="key_resources") for text in ("Club", "Brand", "Boutiques")][1]
