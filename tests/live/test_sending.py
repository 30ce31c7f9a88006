"""What can be sent without waiting is sent at once; the rest of it goes on where it stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from partners.live.sending import begun

T = TypeVar("T")


def run(trial: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, trial).result()


def test_what_needs_no_waiting_is_done_at_once() -> None:
    sent = []

    async def send() -> None:
        sent.append(1)

    assert begun(send()) is None
    assert sent == [1]


async def _waits_twice(gates: list[asyncio.Event], said: list[str]) -> None:
    for number, gate in enumerate(gates):
        said.append(f"waits {number}")
        await gate.wait()
    said.append("done")


def test_what_has_to_wait_is_done_by_who_awaits_the_rest() -> None:
    async def trial() -> list[str]:
        gates, said = [asyncio.Event(), asyncio.Event()], list[str]()
        left = begun(_waits_twice(gates, said))
        assert left is not None
        assert said == ["waits 0"]

        async def go_on() -> None:
            await left

        task = asyncio.create_task(go_on())
        for gate in gates:
            await asyncio.sleep(0)
            gate.set()
        await task
        return said

    assert run(trial()) == ["waits 0", "waits 1", "done"]


def test_the_rest_can_be_given_up() -> None:
    async def trial() -> list[str]:
        said = list[str]()

        async def send() -> None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                said.append("given up")
                raise

        left = begun(send())
        assert left is not None

        async def go_on() -> None:
            await left

        task = asyncio.create_task(go_on())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return said

    assert run(trial()) == ["given up"]


def test_a_failure_is_for_who_awaits_it() -> None:
    async def trial() -> None:
        async def send() -> None:
            raise OSError("gone")

        left = begun(send())
        assert left is not None
        with pytest.raises(OSError, match="gone"):
            await left

    run(trial())
