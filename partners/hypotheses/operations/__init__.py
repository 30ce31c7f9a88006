"""Writes of joint ideas, their tests and what was learned. Each is one transaction: it checks the rights and whether
the idea is in a state in which people do this, changes, records, and returns the thing.

All take the partnership as `access` returned it, so that pages and REST cannot forget a right, and raise `Forbidden`,
`Invalid`, `Conflict` or `NotFound` from `base.errors` in the user's words. When nothing changed, nothing is recorded.
Writers of one partnership's ideas wait for each other, and for those who compare, on the partnership's row.
"""

from partners.hypotheses.operations.asking import answer_request, ask_to_accept, end_request
from partners.hypotheses.operations.ideas import (
    add_idea,
    change_idea,
    flag_idea,
    pivot_idea,
    remove_idea,
    retire_idea,
    reword_idea,
    take_idea_up,
)
from partners.hypotheses.operations.iterations import (
    change_iteration,
    close_iteration,
    plan_iteration,
    remove_iteration,
    reopen_iteration,
)
from partners.hypotheses.operations.learning import accept_card, change_card, remove_card, write_card
from partners.hypotheses.operations.questions import answer_question, ask_question, change_question, remove_question
from partners.hypotheses.operations.shared import deleted, why_not
from partners.hypotheses.operations.testing import (
    change_test,
    count_points,
    design_test,
    end_test,
    remove_test,
    start_test,
)

__all__ = [
    "accept_card",
    "add_idea",
    "answer_question",
    "answer_request",
    "ask_question",
    "ask_to_accept",
    "change_card",
    "change_idea",
    "change_iteration",
    "change_question",
    "change_test",
    "close_iteration",
    "count_points",
    "deleted",
    "design_test",
    "end_request",
    "end_test",
    "flag_idea",
    "pivot_idea",
    "plan_iteration",
    "remove_card",
    "remove_idea",
    "remove_iteration",
    "remove_question",
    "remove_test",
    "reopen_iteration",
    "retire_idea",
    "reword_idea",
    "start_test",
    "take_idea_up",
    "why_not",
    "write_card",
]
