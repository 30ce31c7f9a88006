"""What all that happens to joint ideas has in common."""

from partners.value_fit.events import THINGS as COMPARED_THINGS

IDEAS: tuple[str, ...] = ("ideas", "activity")
"""What must be fetched anew."""
THINGS = (*COMPARED_THINGS, "hypothesis", "test_card", "learning_card", "iteration", "big_question")
"""Types of thing that hold the words of both sheets: nothing is told of them while those are private."""
