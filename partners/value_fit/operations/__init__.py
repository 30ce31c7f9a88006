"""Writes of a comparison. Each is one transaction: it checks the rights, changes, records, and returns the thing.

All take the partnership as `access` returned it, so that pages and REST cannot forget a right, and raise `Forbidden`,
`Invalid`, `Conflict` or `NotFound` from `base.errors` in the user's words. When nothing changed, nothing is recorded.
Writers of one comparison wait for each other on its partnership's row.
"""

from partners.value_fit.operations.declarations import declare_looked_through, declare_same, declare_unmatched
from partners.value_fit.operations.pairs import make_pair, remove_pair, say_interest
from partners.value_fit.operations.ratings import confirm_rating, rate, take_rating_back
from partners.value_fit.operations.rounds import start_round
from partners.value_fit.operations.sentences import (
    add_sentence,
    change_sentence,
    consent,
    edit_sentence,
    remove_sentence,
)

__all__ = [
    "add_sentence",
    "change_sentence",
    "confirm_rating",
    "consent",
    "declare_looked_through",
    "declare_same",
    "declare_unmatched",
    "edit_sentence",
    "make_pair",
    "rate",
    "remove_pair",
    "remove_sentence",
    "say_interest",
    "start_round",
    "take_rating_back",
]
