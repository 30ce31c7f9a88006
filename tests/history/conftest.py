"""What the tests of undo and redo share."""

from __future__ import annotations

import pytest

from partners.canvases.models import Note
from tests.factories import Cast


@pytest.fixture
def note(cast: Cast) -> Note:
    """The second of three of Ana's notes in one block."""
    return [cast.note(text, block="key_resources") for text in ("Club", "Brand", "Boutiques")][1]
