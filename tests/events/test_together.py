"""What two threads want to read at the same moment is read once, and never older than they may have it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from partners.base.together import Together
from tests.patience import PATIENCE_S


def test_the_second_waits_for_the_first() -> None:
    shared, reads, begun, may_end = Together[int](), [], Event(), Event()

    def read() -> int:
        reads.append(1)
        begun.set()
        may_end.wait(PATIENCE_S)
        return len(reads)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(shared.get, "at 5", read)
        assert begun.wait(PATIENCE_S)
        second = threads.submit(shared.get, "at 5", read)
        may_end.set()
        assert (first.result(PATIENCE_S), second.result(PATIENCE_S)) == (1, 1)
    assert shared.get("at 6", read) == 2


def test_who_waited_for_a_failure_reads_alone() -> None:
    shared, together = Together[str](), Barrier(2, timeout=PATIENCE_S)

    def fails() -> str:
        together.wait()
        raise OSError("the connection broke")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(shared.get, "at 5", fails)
        together.wait()
        assert shared.get("at 5", lambda: "read alone") == "read alone"
        with pytest.raises(OSError, match="broke"):
            first.result(PATIENCE_S)


def test_only_the_newest_are_kept() -> None:
    shared = Together[int](limit=2)
    for number in range(3):
        shared.get(number, lambda number=number: number)  # type: ignore[misc]
    assert [shared.get(number, lambda: -1) for number in (2, 0)] == [2, -1]
