"""Whatever depth a test calls from, no memory is taken and given back for each call."""

import resource
from collections.abc import Callable

CALLS = 1000


def below(depth: int, work: Callable[[], object]) -> None:
    if depth:
        below(depth - 1, work)
    else:
        work()


def call_often() -> None:
    for _ in range(CALLS):
        below(0, int)


def taken(depth: int) -> int:
    """The pages of memory that the system gives for calls from a depth."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    below(depth, call_often)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_depth_stands_on_a_border() -> None:
    assert max(map(taken, range(200))) < CALLS / 10
