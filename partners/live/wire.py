"""The words of the stream: cursors and server-sent events, as bytes.

`docs/architecture.md`, “The wire”, is the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

AT_ONCE = "partners.at_once"
"""The ASGI extension by which a server lets a stream write without waiting; see `canvasapp/protocol.py`."""

_CURSOR = re.compile(r"([0-9a-f]{32})\.([0-9]{1,18})")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Cursor(NamedTuple):
    """A place in one workspace's log, written `epoch.seq`."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"


def cursor_from(text: str) -> Cursor | None:
    """Return the cursor in some input, or None when it is not one.

    >>> cursor_from("00000000000000000000000000000001.57")
    Cursor(epoch='00000000000000000000000000000001', seq=57)
    """
    match = _CURSOR.fullmatch(text)
    return Cursor(match[1], int(match[2])) if match else None


def board(pieces: Iterable[str], cursor: Cursor | None = None) -> bytes:
    """Return pieces of HTML as one message; with a cursor when they are all that changed up to there."""
    return _event("board", "\n".join(pieces), cursor)


def present(regions: Iterable[str]) -> bytes:
    """Return all regions that show who is here: a page may have missed who left, so the others it has are empty now."""
    return _event("present", "\n".join(regions), None)


def ping(cursor: Cursor) -> bytes:
    """Return a sign of life that moves the cursor on: nothing on this page has changed up to there."""
    return _event("ping", "", cursor)


def reset(cursor: Cursor) -> bytes:
    """Return the request to fetch the board again; what happens from the cursor on follows."""
    return _event("reset", "", cursor)


def gone(address: str) -> bytes:
    """Return the news that access has ended, and where to go."""
    return _event("gone", address, None)


def chunk(message: bytes) -> bytes:
    """Return a message as it goes over an HTTP connection, within an answer whose length nobody knows."""
    return b"%x\r\n%b\r\n" % (len(message), message)


def _event(name: str, data: str, cursor: Cursor | None) -> bytes:
    lines = [f"data: {line}" for line in _LINE_ENDS.split(data)]
    head = f"id: {cursor}\n" if cursor else ""
    return f"{head}event: {name}\n{chr(10).join(lines)}\n\n".encode()
