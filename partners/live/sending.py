"""Beginning to send at once, instead of waking somebody who then sends.

Hundreds of streams get the same message at the same moment, and nearly all of them can take it without waiting. To wake
a task for each takes as long as the sending itself. (Python 3.12 calls such a task eager.)
"""

from __future__ import annotations

from collections.abc import Awaitable, Coroutine, Generator
from types import coroutine
from typing import Any


def begun(sending: Coroutine[Any, Any, None]) -> Awaitable[None] | None:
    """Go as far as it goes without waiting; returns what is left to be awaited in a task, None when it is done."""
    try:
        waits_for = sending.send(None)
    except StopIteration:
        return None
    except Exception as error:  # it is for the stream's own task to fail
        return _failed(error)
    return _rest(sending, waits_for)


@coroutine
def _rest(sending: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    while True:
        try:
            try:
                got = yield waits_for
            except BaseException as error:
                waits_for = sending.throw(error)
            else:
                waits_for = sending.send(got)
        except StopIteration:
            return


@coroutine
def _failed(error: Exception) -> Generator[Any, Any, None]:
    raise error
    yield
