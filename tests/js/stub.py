"""A small server that speaks the wire of docs/architecture.md, so that the scripts can be tried alone in a browser.

Tests drive it from outside: they change notes as somebody else would, cut streams, refuse requests, and read what
arrived. It keeps one canvas in memory.
"""

from __future__ import annotations

import html
import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.js.wire import Arrived, Server, handler_for
from tests.patience import PATIENCE_S

EPOCH = "0" * 31 + "1"


@dataclass
class Note:
    """A note as the stub keeps it."""

    id: str
    block: str
    text: str
    rank: int
    drawn: int
    version: int = 1
    fill: str = "plain"
    gone: bool = False

    def html(self) -> str:
        fill = "" if self.fill == "plain" else f" fill-{self.fill}"
        return (
            f'<li class="note{fill}" id="note-{self.id}" data-note="{self.id}" data-notes="c1:{self.block}" '
            f'data-rank="{self.rank:010d}" data-drawn="{self.drawn}" data-version="{self.version}" '
            f'data-fill="{self.fill}" tabindex="0"><p class="text" dir="auto">{html.escape(self.text)}</p>'
            f'<div class="note-actions"><button type="button" class="up" hx-post="/notes/{self.id}/thumb/" '
            f'hx-swap="upsert">up</button><button type="button" class="button more-for-note" '
            f'hx-get="/notes/{self.id}/menu/" hx-target="#popover">more</button></div></li>'
        )

    def piece(self) -> str:
        return f'<del data-gone="note-{self.id}" data-drawn="{self.drawn}"></del>' if self.gone else self.html()


@dataclass
class Stub:
    """The server and its board. `url` is where it listens."""

    host: str = "127.0.0.1"
    person: str = "mara"
    company: str = "nespresso"
    is_guest: bool = False
    epoch: str = EPOCH
    seq: int = 0
    notes: dict[str, Note] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    keys: dict[str, tuple[int, str]] = field(default_factory=dict)
    connections: list[dict[str, str]] = field(default_factory=list)
    streams: list[queue.Queue[str | None]] = field(default_factory=list)
    presence: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[Arrived], tuple[int, str] | None] = lambda arrived: None
    stream_status: int = 200
    blocks: tuple[str, ...] = ("offers", "wants", "costs")
    bodies: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    toast: str = ""
    page_class: str = "page-canvas"
    is_joined: bool = True

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.moved = threading.Condition(self.lock)
        self.server: Server | None = None
        self.made = itertools.count()

    # --- life ---------------------------------------------------------------------------------------------------------
    def start(self, port: int = 0) -> Stub:
        self.server = Server((self.host, port), handler_for(self))
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    @property
    def port(self) -> int:
        assert self.server
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def stop(self) -> None:
        """Refuse connections and end those that are open."""
        assert self.server
        self.cut()
        self.server.shutdown()
        self.server.server_close()

    # --- what others do -----------------------------------------------------------------------------------------------
    def add(self, block: str, text: str, note_id: str | None = None, rank: int | None = None) -> Note:
        with self.lock:
            self.seq += 1
            last = max((each.rank for each in self.notes.values() if each.block == block), default=0)
            note_id = note_id or f"00000000-0000-4000-8000-{next(self.made):012d}"
            note = Note(note_id, block, text, rank or last + 65536, self.seq)
            self.notes[note.id] = note
        self.tell(note.piece())
        return note

    def change(self, note: Note, **changes: Any) -> None:
        with self.lock:
            self.seq += 1
            for name, value in changes.items():
                setattr(note, name, value)
            note.version += "text" in changes
            note.drawn = self.seq
        self.tell(note.piece())

    def tell(self, pieces: str, event: str = "board", cursor: str | None = None) -> None:
        data = "".join(f"data: {line}\n" for line in pieces.split("\n"))
        message = f"id: {cursor or f'{self.epoch}.{self.seq}'}\nevent: {event}\n{data}\n"
        for stream in self._open():
            stream.put(message)

    def cut(self) -> None:
        """End every open stream, also one that a page opens meanwhile."""

        def is_over() -> bool:
            for stream in self._open():
                stream.put(None)
            return not self.streams

        self.wait(is_over)

    def _open(self) -> list[queue.Queue[str | None]]:
        with self.lock:
            return list(self.streams)

    # --- what tests wait for ------------------------------------------------------------------------------------------
    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something holds of the stub; fail when it does not come true."""
        deadline = time.monotonic() + PATIENCE_S
        with self.moved:
            while not until():
                if not self.moved.wait(min(0.5, deadline - time.monotonic())) and time.monotonic() >= deadline:
                    raise AssertionError("the stub waited in vain")

    def texts(self, block: str) -> list[str]:
        """The texts of a block as the server has them, in order."""
        with self.lock:
            notes = [each for each in self.notes.values() if each.block == block and not each.gone]
        return [each.text for each in sorted(notes, key=lambda each: (each.rank, each.id))]

    def sent_to(self, ending: str) -> list[Arrived]:
        return [each for each in self.arrived if each.path.endswith(ending)]

    # --- what the page asks -------------------------------------------------------------------------------------------
    def take(self, arrived: Arrived) -> tuple[int, str]:
        """Make a change, once per key."""
        with self.moved:
            if arrived.key in self.keys:
                return self.keys[arrived.key]
            self.arrived.append(arrived)
            self.moved.notify_all()
        refusal = self.answer(arrived)
        status, body = refusal or (200, self._do(arrived))
        if status < 400:
            self.keys[arrived.key] = (status, body)
        return status, body

    def _do(self, arrived: Arrived) -> str:
        parts = arrived.path.strip("/").split("/")
        fields = arrived.fields
        if parts[-1] == "paste":
            return "".join(self.add(fields["block"], line).piece() for line in fields["lines"].split("\n"))
        if parts[0] == "canvases":
            note = self.add(fields["block"], fields["text"], fields["id"], self._rank(fields["block"], fields["after"]))
            return note.piece()
        if parts[-1] == "copy":
            of = self.notes[parts[1]]
            return self.add(of.block, of.text, fields["id"], self._rank(of.block, of.id)).piece()
        if parts[1] == "many":
            chosen = [self.notes[each] for each in arrived.lists["notes"]]
            for note in chosen:
                self._apply(note, fields["do"], fields)
                fields["after"] = note.id
            return "".join(note.piece() for note in chosen)
        note = self.notes[parts[1]]
        self._apply(note, parts[2] if len(parts) > 2 else "text", fields)
        return note.piece() + (self.toast if parts[-1] == "deletion" else "")

    def _apply(self, note: Note, what: str, fields: dict[str, str]) -> None:
        match what:
            case "text":
                self.change(note, text=fields["text"])
            case "position" | "move":
                rank = self._rank(fields["block"], fields.get("after", ""), note)
                self.change(note, block=fields["block"], rank=rank)
            case "look" | "fill":
                self.change(note, fill=fields["fill"])
            case "deletion" | "delete":
                self.change(note, gone=True)
            case "restoration":
                self.change(note, gone=False)

    def _rank(self, block: str, after: str, moving: Note | None = None) -> int:
        with self.lock:
            ranks = sorted(
                (each.rank, each.id) for each in self.notes.values() if each.block == block and each is not moving
            )
        if after == "first":
            return ranks[0][0] // 2 if ranks else 65536
        at = next((place for place, (_, note) in enumerate(ranks) if note == after), len(ranks) - 1)
        if at < 0:
            return 65536
        following = ranks[at + 1][0] if at + 1 < len(ranks) else ranks[at][0] + 131072
        return (ranks[at][0] + following) // 2
