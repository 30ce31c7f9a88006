"""One workspace as one process has it open: its feeds, its streams, and the one task that reads on in its log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from partners.events.fragments import FeedScope
from partners.live import wire
from partners.live.feeds import Feed, Region
from partners.live.presence_html import piece, regions
from partners.live.present import Present
from partners.live.render import News, news
from partners.live.workers import Unavailable, Workers

if TYPE_CHECKING:
    from partners.live.doors import Admitted
    from partners.live.stream import Stream
    from partners.workspaces.models import Workspace

logger = logging.getLogger(__name__)

PAUSE_PER_STREAM_S = 0.000_1
LONGEST_PAUSE_S = 0.05
PRESENCE_PAUSE_S = 0.1
LONGEST_RETRY_S = 5.0
FEW_FEEDS = 8
"""So many are drawn by the thread that made a change before it goes on: somebody waits for its answer."""


def pause_s(streams: int, changes: int) -> float:
    """How long to let so many streams be after telling them so many changes.

    The more came at once, the more will come: a busy board rests longer, and tells more at a time.
    """
    return min(PAUSE_PER_STREAM_S * streams * max(changes, 1), LONGEST_PAUSE_S)


class Errand(NamedTuple):
    """What is to be read for a board."""

    cursors: Mapping[FeedScope, int]
    checked: int
    workspace: Workspace | None = None
    """The workspace as it was when the board read last; whoever claims the errand may change it."""

    @property
    def is_small(self) -> bool:
        """Whether it takes hardly longer than the change that is to be told."""
        return 0 < len(self.cursors) <= FEW_FEEDS and not any(scope.compared for scope in self.cursors)


class Board:
    """Reads once for everybody and wakes them at most as often as sending to all of them can bear.

    While it is at rest, a thread of this process that has just made a change may read for it (`claim`, then `taken` in
    the loop): it needs the same notes for its answer, and nobody has to be woken first. All else happens in the loop.
    """

    def __init__(self, workspace_id: UUID, head: wire.Cursor, reads: Workers, present: Present) -> None:
        self.workspace_id = workspace_id
        self.epoch, self.seq = head
        self.streams: set[Stream] = set()
        self.people: Counter[str] = Counter()
        """How many of the streams each person has."""
        self.doubts = 0
        """Grows whenever who may see what has changed: streams that looked it up before must look again."""
        self._feeds: dict[FeedScope, Feed] = {}
        self._checked = head.seq
        self._heard = 0
        self._workspace: Workspace | None = None
        self._reads = reads
        self._present = present
        self._has_moved = False
        self._is_over = False
        self._reading: asyncio.Task[None] | None = None
        self._presence_timer: asyncio.TimerHandle | None = None
        self._lock = Lock()
        self._errand: Errand | None = Errand({}, head.seq)
        """What who comes first may read; None while that is being done, and until the streams have had their rest."""

    def claim(self, seq: int) -> Errand | None:
        """Take over, in any thread, what there is to read after a change that reached a number; None: leave it to us.

        Whoever got it calls `taken` in the loop afterwards, whatever comes.
        """
        with self._lock:
            errand = self._errand
            if errand is None or not errand.is_small:
                return None
            self._errand = None
            self._heard = max(self._heard, seq)
            return errand

    def taken(self, errand: Errand, found: News | None, *, failed: bool) -> None:
        """Tell what somebody else has read for us, or read it when they failed."""
        if self._is_over:
            return
        rest = 0.0
        try:
            if failed:
                self._has_moved = True
            else:
                rest = self._tell(errand, found)
        finally:
            self._reading = asyncio.create_task(self._read_on(rest))

    def moved(self, seq: int | None = None) -> None:
        """Something happened here, or may have: read on, now or right after what is being read.

        A number that was heard before has been read, or will be: a change of this process is told twice. None may mean
        another log, whose numbers begin anew.
        """
        with self._lock:
            if seq is not None and seq <= self._heard:
                return
            self._heard = seq or 0
            self._has_moved = True
            is_at_rest, self._errand = self._errand is not None, None
        if is_at_rest:
            self._reading = asyncio.create_task(self._read_on())

    def heard_of(self, epoch: str) -> None:
        """A reader at the door found the log in this epoch; another one than ours means a restore."""
        if epoch != self.epoch:
            self.epoch = epoch
            self._doubt()

    def feed_for(self, admitted: Admitted, seq: int) -> Feed:
        """Return the feed of a scope; a new one begins at the reader's number and reads on from there."""
        feed = self._feeds.get(admitted.scope)
        if feed is None:
            feed = self._feeds[admitted.scope] = Feed(admitted.scope, admitted.sides, seq)
            self._show_presence_on(feed)
            self.moved()
        return feed

    def enter(self, stream: Stream) -> None:
        """Take a stream in."""
        self.streams.add(stream)
        self.people[stream.person] += 1

    def leave(self, stream: Stream) -> None:
        """Forget a stream."""
        self.streams.remove(stream)
        self.people[stream.person] -= 1
        if not self.people[stream.person]:
            del self.people[stream.person]

    def leave_feed(self, stream: Stream, feed: Feed) -> None:
        """Take a stream off a feed, and drop the feed with its last one."""
        feed.streams.discard(stream)
        if not feed.streams and self._feeds.get(feed.scope) is feed:
            del self._feeds[feed.scope]
            self._feeds_changed()

    def show_presence_soon(self) -> None:
        """Tell all feeds who is here, a moment from now and once for all that changes until then."""
        if self._presence_timer is None:
            self._presence_timer = asyncio.get_running_loop().call_later(PRESENCE_PAUSE_S, self._show_presence)

    def stop(self) -> None:
        """End the task and the timer."""
        self._is_over = True
        if self._reading:
            self._reading.cancel()
        if self._presence_timer:
            self._presence_timer.cancel()

    async def _read_on(self, rest: float = 0.0) -> None:
        """Rest, read on and tell, and rest again as long as something has happened."""
        try:
            await asyncio.sleep(rest)
            while self._has_moved:
                errand, found = await self._read()
                await asyncio.sleep(self._tell(errand, found))
        finally:
            with self._lock:
                self._errand = self._next_errand()

    def _tell(self, errand: Errand, found: News | None) -> float:
        """Tell what was read; returns how long to let the streams be after that."""
        before = self.seq
        if errand.cursors:
            self._take(errand, found)
        return pause_s(len(self.streams), self.seq - before)

    async def _read(self) -> tuple[Errand, News | None]:
        """Read what has happened, as soon as the database answers."""
        failures = 0
        while True:
            self._has_moved = False
            errand = self._next_errand()
            try:
                return errand, await self._news(errand) if errand.cursors else None
            except Unavailable as error:
                failures += 1
                logger.warning("the log cannot be read just now: %s", error.__cause__)
                await asyncio.sleep(min(0.2 * 2**failures, LONGEST_RETRY_S))

    async def _news(self, errand: Errand) -> News | None:
        return await self._reads.read(news, self.workspace_id, errand.cursors, errand.checked)

    def _next_errand(self) -> Errand:
        return Errand({scope: feed.seq for scope, feed in self._feeds.items()}, self._checked, self._workspace)

    def _feeds_changed(self) -> None:
        """Who comes first is to read for the feeds that there are now."""
        with self._lock:
            if self._errand is not None:
                self._errand = self._next_errand()

    def _take(self, errand: Errand, found: News | None) -> None:
        if found:
            self._forget_numbers_beyond(found.head)
        if found is None or found.epoch != self.epoch or found.access_changed:
            if found:
                self.epoch, self.seq, self._checked = found.epoch, found.head, found.head
            self._doubt()
            return
        self.seq = self._checked = found.head
        self._workspace = found.workspace
        for scope, pieces in found.pieces.items():
            feed = self._feeds.get(scope)
            # One that has begun meanwhile may begin further back; it is read for next.
            if feed is None or not errand.cursors[scope] <= feed.seq <= found.head:
                continue
            cursor = wire.Cursor(found.epoch, found.head)
            if pieces is None:
                feed.publish(wire.reset(cursor), found.head)
            elif pieces:
                feed.publish(wire.board(pieces, cursor), found.head)
            else:
                feed.seq = found.head

    def _forget_numbers_beyond(self, head: int) -> None:
        """A number was heard that the log has not reached: a late one of a log that was replaced, and no measure."""
        with self._lock:
            if head < self._heard:
                self._heard, self._has_moved = head, True

    def _doubt(self) -> None:
        """Send nothing more to anybody until it has been looked up again what they may see."""
        self.doubts += 1
        self._workspace = None
        for feed in self._feeds.values():
            feed.is_closed = True
        self._feeds = {}
        self._feeds_changed()
        for stream in self.streams:
            stream.wake()

    def _show_presence(self) -> None:
        self._presence_timer = None
        for feed in self._feeds.values():
            changed = self._show_presence_on(feed)
            if changed:
                feed.publish(wire.board(changed))

    def _show_presence_on(self, feed: Feed) -> list[str]:
        """Bring a feed's regions up to date; returns the pieces of those that changed."""
        content = regions(feed.scope, feed.sides, self._present.in_workspace(self.workspace_id))
        now = time.time_ns() // 1_000_000
        changed = []
        for name in {**feed.present, **content}:
            before = feed.present.get(name)
            shows = content.get(name, ())
            if before and before.shows == shows:
                continue
            drawn = max(now, before.drawn + 1) if before else now
            html = piece(name, shows, drawn, feed.scope, feed.sides)
            feed.present[name] = Region(drawn, shows, html)
            changed.append(html)
        return changed
