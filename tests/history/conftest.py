"""What the tests of undo and redo share."""

from __future__ import annotations

import pytest

from partners.canvases.models import Note
from tests.factories import Cast
from tests.remembering import remembered


@pytest.fixture
def note(cast: Cast) -> Note:
    """The second of three of Ana's notes in one block."""
    return second_again(cast)


@remembered
def second_again(cast: Cast) -> Note:
    """Write the three; returns the second."""
    return [cast.note(text, block="key_resources") for text in ("Club", "Brand", "Boutiques")][1]
