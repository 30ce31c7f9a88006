"""The processes that serve, to be killed and started again on the same ports."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import subprocess
import tempfile
import urllib.request
from collections import Counter
from types import TracebackType
from typing import Self

from bench.stage import PRODUCTION
from devtools.console import ROOT

READY_S = 60
ERROR = re.compile(r"^((?:\w+\.)+\w+(?:Error|Exception)\b.*)$", re.MULTILINE)


class Servers:
    """`count` processes on one database; `ports` stay theirs."""

    def __init__(self, environment: dict[str, str], count: int) -> None:
        self._environment = environment
        self.ports = [_free_port() for _ in range(count)]
        self._processes: list[subprocess.Popen[bytes] | None] = [None] * count
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving

    async def __aenter__(self) -> Self:
        await asyncio.gather(*(self.start(place) for place in range(len(self.ports))))
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for process in self._processes:
            if process:
                process.terminate()
                try:
                    process.wait(timeout=READY_S)
                except subprocess.TimeoutExpired:
                    process.kill()
        self._said.close()

    async def start(self, place: int) -> None:
        """Start one of them and return once it answers."""
        port = self.ports[place]
        command = [part.format(port=port) for part in PRODUCTION]
        self._processes[place] = await asyncio.to_thread(
            subprocess.Popen, command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=self._said
        )
        for _ in range(READY_S * 10):
            if await asyncio.to_thread(_answers, port):
                return
            await asyncio.sleep(0.1)
        raise RuntimeError(f"no server answered on port {port} within {READY_S} s")

    def kill(self, place: int) -> None:
        """End one of them without a word: `kill -9`."""
        process = self._processes[place]
        if process:
            process.kill()
            process.wait(timeout=READY_S)

    def errors(self) -> Counter[str]:
        """The last lines of all tracebacks that they have logged, and how often each came."""
        self._said.seek(0)
        return Counter(line[:160] for line in ERROR.findall(self._said.read().decode(errors="replace")))


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
        return True
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
