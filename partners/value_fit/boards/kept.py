"""Templates whose pieces are kept under everything that they print: drawn once, and alike for all who may see that."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from partners.base.kept import Kept

_NUMBER = 'data-drawn="0"'


class KeptTemplate:
    """A template that prints the values it is given in one language, and nothing else of the world.

    The values are the key: a piece can reach nobody for whom another one would have been drawn. Only the number up to
    which it is known is no part of them, since it grows with every change: it goes in when the piece is sent.
    """

    def __init__(self, name: str, *, limit: int) -> None:
        self._template: Any = SimpleLazyObject(lambda: get_template(name))
        self._drawings: Kept[str] = Kept(limit)

    def html(self, upto: int, **values: Hashable) -> SafeString:
        """Return the piece with these values, known up to a number of the log."""
        key = (translation.get_language(), *values.items())
        piece = self._drawings.get(key)
        if piece is None:
            piece = str(self._template.render(values | {"drawn": 0}))
            self._drawings.keep(key, piece)
        return known_upto(piece, upto)


def known_upto(piece: str, upto: int) -> SafeString:
    """Return a piece that was drawn as known up to 0, known up to a number."""
    return SafeString(piece.replace(_NUMBER, f'data-drawn="{upto}"', 1))  # our own templates, which escape
