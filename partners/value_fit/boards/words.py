"""The words on screen for what the rules say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from partners.value_fit.rules import State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STRENGTHS: dict[int, _StrPromise] = {0: _("not"), 1: _("partly"), 2: _("mostly"), 3: _("fully")}
NEED_STATES: dict[str, _StrPromise] = {
    State.MET: _("met"),
    State.PARTLY_MET: _("partly met"),
    State.WAITING: _("waiting"),
    State.UNMATCHED: _("nobody offers this"),
    State.NOT_LOOKED_AT: _("not looked at yet"),
}


def need_state(state: State, *, has_offer: bool) -> str:
    """Return how far a need is: one for which an offer was weighed and found wanting is *not met*."""
    return str(_("not met") if has_offer and state is State.UNMATCHED else NEED_STATES[state])


def number(value: Fraction, places: int = 2) -> str:
    """Return an exact number as it is written in a sum: whole ones whole, others rounded half up.

    >>> number(Fraction(13, 24)), number(Fraction(27, 40), 3), number(Fraction(1))
    ('0.54', '0.675', '1')
    """
    if value.denominator == 1:
        return formats.number_format(value.numerator)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return formats.number_format(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)


def percent(value: Fraction) -> int:
    """Return a share as a whole number of percent, half up.

    >>> percent(Fraction(27, 40)), percent(Fraction(13, 24))
    (68, 54)
    """
    return int(value * 100 + Fraction(1, 2))
