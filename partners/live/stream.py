"""One open page listening: an ASGI answer that never ends by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from partners.base.errors import NotFound
from partners.events.fragments import FeedScope
from partners.live import wire
from partners.live.doors import Admitted, Asked
from partners.live.feeds import Feed
from partners.live.workers import Unavailable

if TYPE_CHECKING:
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable

    from partners.live.board import Board
    from partners.live.hub import Hub

RETRY_S = 1.0
LANDING = "/?closed"
"""Where a page goes that is closed to its reader, and is told so (`overview.views.first`)."""
"""Where somebody goes whose access has ended: a page that everybody may see."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Line(NamedTuple):
    """The way to a reader: through ASGI, which waits until they have read on; or at once, or not at all."""

    send: ASGISendCallable
    at_once: Callable[[bytes], bool] = lambda _: False
    """Writes a chunk in its envelope (`wire.chunk`), or says that it cannot, as where the server has no such thing."""


class Stream:
    """A cursor into the log with a connection to write to; `wake` it when there may be something to send.

    It takes messages from its feed's ring as fast as its reader reads. When its place has left the ring, it drops what
    it missed and catches up from its cursor by one read of the present state.
    """

    def __init__(self, hub: Hub, asked: Asked, admitted: Admitted, doubts: int, line: Line) -> None:
        self.admitted = admitted
        self.person = admitted.person
        self.checked = doubts
        """The workspace's doubts about who may see what that `admitted` has taken in."""
        self.wants_ping = True  # a first sign of life, so that the page knows that the way is open
        self.wants_check = False
        self.slot = 0
        """The second, of the seconds between two pings, in which this one is pinged."""
        self.pings = 0
        """How often it was; begins at a different number for each, so that not all are looked up at the same time."""
        self._hub = hub
        self._asked = asked
        self._send, self._at_once = line
        self._board: Board | None = None
        self._feed: Feed | None = None
        self._place: int | None = None
        self._cursor = asked.after or admitted.head
        self._is_over = False
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Look again whether there is something to send; from now on nobody else writes to this reader."""
        if self._feed:
            self.rise(self._feed.end, self._feed.seq)
        self._news.set()

    def rise(self, place: int, seq: int) -> None:
        """Rest no more: what lies before a place of the feed's ring is sent, up to a number of the log."""
        if self._feed and self._feed.resting.pop(self, None):
            self._place = place
            self._reached(seq)
            self._news.set()

    def ping(self, *, checking: bool) -> None:
        """Give a sign of life; with `checking`, look up first whether this reader may still listen."""
        self.pings += 1
        self.wants_ping = True
        self.wants_check = self.wants_check or checking
        self.wake()

    def end(self) -> None:
        """End the answer; what was not sent is fetched by the page when it comes back."""
        self._is_over = True
        self.wake()

    async def run(self, receive: ASGIReceiveCallable) -> None:
        """Send until the reader leaves, access ends or the server stops."""
        await self._send({"type": "http.response.start", "status": 200, "headers": HEADERS, "trailers": False})
        leaving = asyncio.ensure_future(_disconnected(receive))
        leaving.add_done_callback(lambda _: self.end())
        self._board = self._hub.enter(self)
        try:
            await self._begin()
            while not self._is_over:
                try:
                    await self._next()
                except Unavailable:
                    await asyncio.sleep(RETRY_S)
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            leaving.cancel()
            self._hub.leave(self, self._feed)

    async def _begin(self) -> None:
        head = self.admitted.head
        if self._asked.is_garbled or self._cursor.epoch != head.epoch or self._cursor.seq > head.seq:
            await self._reset(head)

    async def _next(self) -> None:
        """Do the one thing that is due, the most important first."""
        assert self._board is not None
        self._news.clear()
        if self.wants_check or self._board.doubts != self.checked:
            await self._check()
        elif self._feed is None or self._feed.is_closed:
            await self._join()
        elif self._place is None:
            await self._catch_up(self._feed)
        elif self._place < self._feed.end:
            await self._send_ring(self._feed)
        elif self.wants_ping:
            await self._ping(self._feed)
        else:
            self._feed.resting[self] = self._at_once
            try:
                await self._news.wait()
            finally:
                self.wake()

    async def _check(self) -> None:
        """Look up again what this reader may see; on a change of what is on the page, have it fetched again."""
        assert self._board is not None
        doubts = self._board.doubts
        try:
            admitted = await self._hub.admit(self._asked)
        except NotFound:
            await self._write(wire.gone(LANDING))
            return self.end()
        before, self.admitted, self.checked, self.wants_check = self.admitted, admitted, doubts, False
        if self._cursor.epoch != admitted.head.epoch or _shows_other_sheets(before.scope, admitted.scope):
            await self._reset(admitted.head)
        if before.scope != admitted.scope:
            self._leave_feed()
        return None

    async def _join(self) -> None:
        self._leave_feed()
        assert self._board is not None
        self._feed = self._board.feed_for(self.admitted, self._cursor.seq)
        self._feed.streams.add(self)
        self._place = self._feed.place_after(self._cursor.seq)
        if self._place is not None:  # else it comes with what was missed
            await self._write(wire.present(self._feed.presence_now()))

    def _leave_feed(self) -> None:
        if self._feed and self._board:
            self._board.leave_feed(self, self._feed)
        self._feed = self._place = None

    async def _catch_up(self, feed: Feed) -> None:
        """Send the present state of all that changed since the cursor; what happens meanwhile waits in the ring."""
        place = feed.end
        news = await self._hub.news_for(feed.scope, self._cursor.seq, self.admitted.head.seq)
        if news is None or news.epoch != self._cursor.epoch or news.access_changed:
            self.wants_check = True
            return
        cursor = wire.Cursor(news.epoch, news.head)
        pieces = news.pieces[feed.scope]
        if pieces is None:
            await self._reset(cursor)
        else:
            self._cursor = cursor
            missed = wire.board(pieces, cursor) if pieces else b""
            await self._write(missed + wire.present(feed.presence_now()))
        self._place = place

    async def _send_ring(self, feed: Feed) -> None:
        assert self._place is not None
        taken = feed.since(self._place)
        if taken is None:
            self._place = None
            return
        chunk, seq = taken
        self._place = feed.end
        await self._write(chunk)
        self._reached(seq)

    async def _ping(self, feed: Feed) -> None:
        self.wants_ping = False
        self._reached(feed.seq)
        await self._write(wire.ping(self._cursor))

    async def _reset(self, cursor: wire.Cursor) -> None:
        self._cursor = cursor
        self._place = None
        self._leave_feed()
        await self._write(wire.reset(cursor))

    def _reached(self, seq: int) -> None:
        if seq > self._cursor.seq:
            self._cursor = wire.Cursor(self._cursor.epoch, seq)

    async def _write(self, chunk: bytes) -> None:
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})


def _shows_other_sheets(before: FeedScope, now: FeedScope) -> bool:
    """Whether a page of this scope looks different, whoever made it so: sheets came, went, were sealed or revealed."""
    return before.canvases != now.canvases or before.audience.sealed != now.audience.sealed


async def _disconnected(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
