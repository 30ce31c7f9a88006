"""What was lately sent to everybody who looks at the same thing: a ring of messages, encoded once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from partners.events.fragments import FeedScope
from partners.live import wire
from partners.live.presence_html import Sides

if TYPE_CHECKING:
    from partners.live.stream import Stream

RING_MESSAGES = 256
RING_BYTES = 512 * 1024


class Region(NamedTuple):
    """A region as it was last drawn: when (in ms), what of, and the HTML."""

    drawn: int
    shows: tuple[Hashable, ...]
    html: str


class Feed:
    """The messages of one scope, each at a place that only grows.

    Streams hold a place and take what lies behind it when they can; no stream has a queue of its own. One that is so
    slow that its place has left the ring starts again from its cursor, so nobody's memory grows and nobody waits.
    """

    def __init__(self, scope: FeedScope, sides: Sides, seq: int) -> None:
        self.scope = scope
        self.sides = sides
        self.seq = seq
        """Everything up to this number of the log has been published, or concerned nobody here."""
        self.floor = seq
        """Everything after this number is still in the ring."""
        self.streams: set[Stream] = set()
        self.resting: dict[Stream, Callable[[bytes], bool]] = {}
        """Those to which everything is sent, and that want nothing else; with how to write to each at once."""
        self.is_closed = False
        """Whether its audience is in doubt, so that nothing more comes from here."""
        self.present: dict[str, Region] = {}
        """What each region of the page shows of who is present, by element id."""
        self._ring: deque[tuple[int, bytes]] = deque()
        self._bytes = 0
        self.end = 0
        """The place after the newest message."""

    def publish(self, message: bytes, seq: int | None = None) -> None:
        """Append a message for everybody: about the log up to `seq`, or about who is present.

        Who rests is written to here, in one go and without another look at each: whatever stands against that has made
        them rise before.
        """
        place, reached = self.end, self.seq
        if seq is not None:
            self.seq = seq
        self._ring.append((self.seq, message))
        self._bytes += len(message)
        self.end += 1
        while len(self._ring) > RING_MESSAGES or (self._bytes > RING_BYTES and len(self._ring) > 1):
            self.floor, dropped = self._ring.popleft()
            self._bytes -= len(dropped)
        chunk = wire.chunk(message)
        for stream in [stream for stream, write in self.resting.items() if not write(chunk)]:
            stream.rise(place, reached)

    def place_after(self, seq: int) -> int | None:
        """Return the place from which on everything after `seq` follows; None when that has left the ring."""
        if seq < self.floor:
            return None
        newer = sum(1 for upto, _ in self._ring if upto > seq)
        return self.end - newer

    def since(self, place: int) -> tuple[bytes, int] | None:
        """Return all messages from a place on and the log number they reach; None when that place has left the ring."""
        if place == self.end - 1:  # nearly always: everybody takes the newest as it comes
            seq, message = self._ring[-1]
            return message, seq
        start = place - (self.end - len(self._ring))
        if start < 0:
            return None
        entries = list(islice(self._ring, start, None))
        return b"".join(message for _, message in entries), entries[-1][0] if entries else self.seq

    def presence_now(self) -> list[str]:
        """Return all regions that show somebody, for a page that has just come, or come back."""
        return [region.html for region in self.present.values() if region.shows]
