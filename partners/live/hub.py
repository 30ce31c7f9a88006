"""The hub of one process: hears that workspaces moved, reads what changed once, and hands it to all who look.

Everything here runs in the event loop except `committed` and what goes through `Workers`: one thread reads the log,
another looks up who may listen, so that a crowd at the door does not delay what is being typed. `docs/live.md` tells
the story.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from partners.events.fragments import FeedScope
from partners.events.models import LogHead
from partners.events.wakeup import Moved
from partners.live import presence
from partners.live.board import Board
from partners.live.doors import Admitted, Asked, admit
from partners.live.feeds import Feed
from partners.live.listener import Listener, listener_for
from partners.live.presence import Sighting
from partners.live.present import Present
from partners.live.render import News, known_from, news
from partners.live.workers import Unavailable, Workers

if TYPE_CHECKING:
    from partners.live.stream import Stream

logger = logging.getLogger(__name__)

PING_S = 15
CHECK_EVERY = 20
"""Every so many pings it is looked up again whether a reader may still listen: a session may have ended silently."""
PATIENCE_S = 0.05
"""So long an answer waits at most until others have been told: they share an interpreter, and it would hold them up."""


class Hub:
    """All open pages of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.present = Present()
        self.is_ending = False
        self._boards: dict[UUID, Board] = {}
        self._clock = clock
        """Says how long ago somebody was heard of."""
        self._places = count()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reads: Workers | None = None
        self._doors: Workers | None = None
        self._listener: Listener | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[None]] = set()

    # --- its life ---------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to listen: what is said from then on is heard, unless there is no database yet."""
        self.is_ending = False
        self._reads, self._doors = Workers(1, "live-log"), Workers(1, "live-door")
        self._loop = asyncio.get_running_loop()
        self._listener = listener_for(self._loop, self)
        await asyncio.to_thread(self._listener.start)
        self._ticking = asyncio.create_task(self._tick())

    def end_streams(self) -> None:
        """Let all readers go, and let nobody in any more."""
        self.is_ending = True
        for board in self._boards.values():
            for stream in board.streams:
                stream.end()

    async def stop(self) -> None:
        """End everything, threads and connections included."""
        self.end_streams()
        for task in (self._ticking, *self._answering):
            if task:
                task.cancel()
        for board in self._boards.values():
            board.stop()
        for part in (self._listener, self._reads, self._doors):
            if part:
                await asyncio.to_thread(part.close)

    # --- what streams ask of it -------------------------------------------------------------------------------------

    async def admit(self, asked: Asked) -> Admitted:
        """Look up what somebody may listen to; raises `NotFound`, or `Unavailable`."""
        assert self._doors is not None
        return await self._doors.read(admit, asked)

    async def news_for(self, scope: FeedScope, seq: int, checked: int) -> News | None:
        """Read what one reader, looked up at `checked`, has missed since a number; raises `Unavailable`."""
        assert self._doors is not None
        return await self._doors.read(news, scope.workspace_id, {scope: seq}, checked)

    def doubts_in(self, workspace_id: UUID) -> int:
        """Return how often it became doubtful who may see what; ask before looking it up."""
        board = self._boards.get(workspace_id)
        return board.doubts if board else 0

    def streams_of(self, admitted: Admitted) -> int:
        """Return how many open streams a person has in a workspace."""
        board = self._boards.get(admitted.scope.workspace_id)
        return board.people[admitted.person] if board else 0

    def enter(self, stream: Stream) -> Board:
        """Take a stream in."""
        workspace_id, head = stream.admitted.scope.workspace_id, stream.admitted.head
        board = self._boards.get(workspace_id)
        if board is None:
            assert self._reads is not None
            board = self._boards[workspace_id] = Board(workspace_id, head, self._reads, self.present)
        board.enter(stream)
        stream.pings, stream.slot = divmod(next(self._places), PING_S)
        board.heard_of(head.epoch)
        if self.is_ending:
            stream.end()
        return board

    def leave(self, stream: Stream, feed: Feed | None) -> None:
        """Forget a stream, and all about its workspace with the last one."""
        board = self._boards.get(stream.admitted.scope.workspace_id)
        if board is None:
            return
        if feed:
            board.leave_feed(stream, feed)
        board.leave(stream)
        if not board.streams:
            board.stop()
            del self._boards[board.workspace_id]

    # --- what it hears ----------------------------------------------------------------------------------------------

    def moved(self, workspace_id: UUID | None, seq: int | None = None) -> None:
        """Something happened in a workspace, up to a number; None: news may have been missed, so look everywhere."""
        if workspace_id is None:
            for board in self._boards.values():
                board.moved()
        elif workspace_id in self._boards:
            self._boards[workspace_id].moved(seq)

    def committed(self, moved: Moved) -> None:
        """This thread has changed something; called by no thread but that one.

        What has to be told of it is read here and now where a board is at rest: the change's own answer needs the same
        notes, and what waits for other threads to wake up is most of the way to who looks on. The answer goes on when
        they have it: the same interpreter would compute both by turns, and be late with both.
        """
        workspace_id, seq = moved.workspace_id, moved.seq
        board = self._boards.get(workspace_id)
        errand = board.claim(seq) if board and moved.is_small and seq is not None else None
        if board is None or errand is None:
            return self._in_loop(self.moved, workspace_id, seq)
        found, failed = None, True
        try:
            known = known_from(moved, errand.workspace, errand.cursors) if errand.workspace else None
            found, failed = news(workspace_id, errand.cursors, errand.checked, known), False
        except Exception:  # the change stands, and the board reads by itself
            logger.warning("what has changed could not be read at once", exc_info=True)
        finally:
            self._in_loop(partial(board.taken, errand, found, failed=failed))
            told = threading.Event()
            self._in_loop(told.set)
            told.wait(PATIENCE_S)
        return None

    def _in_loop(self, call: Callable[..., None], *args: object) -> None:
        assert self._loop is not None
        with contextlib.suppress(RuntimeError):  # it has been closed: nobody listens any more
            self._loop.call_soon_threadsafe(call, *args)

    def look_everybody_up(self) -> None:
        """Have it checked now whether all readers may still listen."""
        for board in self._boards.values():
            for stream in board.streams:
                stream.ping(checking=True)

    def saw(self, sighting: Sighting) -> None:
        """A page said where its reader is."""
        if self.present.saw(sighting, self._clock()):
            self._show_presence([sighting.workspace_id])

    def asked(self) -> None:
        """Another process has begun to listen and asks who is here: tell it what was heard before."""
        task = asyncio.create_task(self._answer())
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answer(self) -> None:
        assert self._reads is not None
        known = list(self.present.known(self._clock()))
        if known:
            with contextlib.suppress(Unavailable):
                await self._reads.read(presence.announce, *known)

    def _show_presence(self, workspace_ids: Iterable[UUID]) -> None:
        for workspace_id in workspace_ids:
            if board := self._boards.get(workspace_id):
                board.show_presence_soon()

    # --- what it does by the clock ----------------------------------------------------------------------------------

    async def _tick(self) -> None:
        for second in count(1):
            await asyncio.sleep(1)
            self._show_presence(self.present.forget_old(self._clock()))
            for board in self._boards.values():
                for stream in board.streams:
                    if second % PING_S == stream.slot:
                        stream.ping(checking=stream.pings % CHECK_EVERY == 0)
            if self._listener and second % self._listener.sweep_every_s == 0:
                await self._sweep()

    async def _sweep(self) -> None:
        """Find out by one query which open boards moved unheard: other processes on SQLite, a notice that got lost."""
        assert self._reads is not None
        if not self._boards:
            return
        with contextlib.suppress(Unavailable):
            heads = await self._reads.read(_heads, list(self._boards))
            for workspace_id, board in list(self._boards.items()):
                if heads.get(workspace_id) != (board.epoch, board.seq):
                    board.moved()


def _heads(workspace_ids: list[UUID]) -> dict[UUID, tuple[str, int]]:
    rows = LogHead.objects.filter(workspace_id__in=workspace_ids).values_list("workspace_id", "epoch", "seq")
    return {workspace_id: (epoch.hex, seq) for workspace_id, epoch, seq in rows}
