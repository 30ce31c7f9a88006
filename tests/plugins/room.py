"""Tests run with room below them: an eighth of the work of those without a browser was making it.

Python keeps its frames in pieces of memory of 16 KiB (`push_chunk` in CPython's Python/pystate.c, so in 3.11 to 3.13).
A piece is taken from the system when a call does not fit into the last one, and given back when that call returns: a
call that happens to stand on the border takes 8 µs instead of 0.05, each time. Tests stand deep below pytest, and
Django's queries deeper, so nearly every test has such a border in the middle of its work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest
from _pytest.runner import runtestprotocol

P = ParamSpec("P")
R = TypeVar("R")
SLOTS = 70_000
"""Of eight bytes: over half a MiB, so that the piece is one MiB. What the frame leaves is for those below it."""


def with_room(work: Callable[P, R]) -> Callable[P, R]:
    """The same function, below a frame that asks for so much room that whatever it calls has some too."""

    def roomy(*args: P.args, **more: P.kwargs) -> R:
        return work(*args, **more)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
    return roomy


run_with_room = with_room(runtestprotocol)


@pytest.hookimpl
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """What pytest does for each test, with room."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    run_with_room(item, nextitem=nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
