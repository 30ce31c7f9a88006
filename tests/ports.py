"""Ports that are one's own, also while no server listens on them."""

from __future__ import annotations

import contextlib
import random
import socket
from collections.abc import Iterator

# The system gives these to nobody by itself, so no connection of anybody takes one between two servers.
NUMBERS = range(20_000, 30_000)


@contextlib.contextmanager
def own_port() -> Iterator[int]:
    """Keep a port for one server after another, or for one that takes its time to start.

    Whoever holds the UDP port of a number may use its TCP port: so those who test beside each other keep apart. The
    dice are the system's, for tests of several processes may be given the same ones.
    """
    with socket.socket(type=socket.SOCK_DGRAM) as held:
        yield _port_of(held)


def _port_of(held: socket.socket) -> int:
    dice = random.SystemRandom()
    while True:
        port = dice.choice(NUMBERS)
        if _nobody_listens(port):
            with contextlib.suppress(OSError):  # somebody keeps it
                held.bind(("127.0.0.1", port))
                return port


def _nobody_listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) != 0
