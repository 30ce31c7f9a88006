"""Writes of an outcome. Each is one transaction: it checks the rights, changes, records, and returns the thing.

All take the partnership as `access` returned it, so that pages and REST cannot forget a right, and raise `Forbidden`,
`Invalid`, `Conflict` or `NotFound` from `base.errors` in the user's words. When nothing changed, nothing is recorded.
Writers of one outcome wait for each other on its partnership's row.
"""

from partners.outcome.operations.acceptance import accept_created_value, put_into_model, take_acceptance_back
from partners.outcome.operations.decisions import assent, decide, explain
from partners.outcome.operations.steps import add_step, change_step, move_step, remove_step, tick_step

__all__ = [
    "accept_created_value",
    "add_step",
    "assent",
    "change_step",
    "decide",
    "explain",
    "move_step",
    "put_into_model",
    "remove_step",
    "take_acceptance_back",
    "tick_step",
]
