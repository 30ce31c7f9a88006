"""HTTP as uvicorn speaks it, and for streams a way to write at once.

Hundreds of streams get the same message at the same moment. Through ASGI each of them costs a task woken, two
coroutines, and an envelope of its own around the same bytes: more than the writing itself.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from partners.live.wire import AT_ONCE

STREAMS = "/live/"


class Protocol(HttpToolsProtocol):
    """Puts into the scope of a stream, as an ASGI extension, how to write to its reader without waiting."""

    def on_headers_complete(self) -> None:
        """Begin the request; its task has not run yet."""
        super().on_headers_complete()
        if self.scope["path"].startswith(STREAMS):
            self.scope["extensions"] = {AT_ONCE: {"write": AtOnce(self.cycle)}}


class AtOnce:
    """Writes a chunk of an answer that has begun; says False when that has to be done through ASGI, which can wait."""

    __slots__ = ("_answer",)

    def __init__(self, answer: RequestResponseCycle) -> None:
        self._answer = answer

    def __call__(self, chunk: bytes) -> bool:
        """Write it, in its envelope already (`partners.live.wire.chunk`), to a reader who keeps up."""
        answer = self._answer
        is_open = answer.chunked_encoding and not answer.response_complete and not answer.disconnected
        if not is_open or answer.flow.write_paused:
            return False
        answer.transport.write(chunk)
        return True
