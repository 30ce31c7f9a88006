"""Nobody's words are lost: a full room at work while connections, servers and the database fall.

Forty clients on five sheets, three of them in Chromium with the shipped scripts. Afterwards the database is held
against what everybody was told (`audit`), and everybody's board against a page fetched afresh.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from bench.report import Report
from bench.stage import DURABLE, database, how_busy
from bench.torture.accidents import Count, Plan, happen
from bench.torture.audit import Held, audit
from bench.torture.browsers import Browsers, Reader
from bench.torture.ground import ask
from bench.torture.journal import Journal
from bench.torture.person import Person, Seat
from bench.torture.servers import Servers
from devtools.postgres import TempPostgres

SECONDS = 180.0
SEED = 4
CLIENTS = 40
IN_BROWSERS = 3
BROWSER_SEATS = (0, 3, 1)
"""Who sits at a browser: on a business model, and on either side's sketch."""
EVERY_S = 5.0
"""How long somebody waits between two changes, on average."""
SETTLE_S = 90.0
LAST_LOOK_S = 20.0
"""How long each board is waited for once that time is over."""
PROCESSES = {"SQLite": 1, "PostgreSQL": 3}


@dataclass
class Told:
    """One run: what was sent, what happened, what was found."""

    journal: Journal
    count: Count
    errors: Counter[str]
    boards: int = 0
    events: int = 0
    reopened: int = 0
    settled_s: float = 0
    wrong: list[str] = field(default_factory=list)


def run(seconds: float = SECONDS, seed: int = SEED, only: str = "") -> Report:
    """Torture the workbench on both databases (or on the one named)."""
    busy = how_busy()
    told: dict[str, Told] = {}
    for name in PROCESSES:
        if only in {"", name}:
            told[name] = _torture(name, Plan(seconds, seed))
    return _report(told, seconds, busy)


def _torture(name: str, plan: Plan) -> Told:
    with ExitStack() as stack:
        server = stack.enter_context(TempPostgres(*DURABLE)) if name == "PostgreSQL" else None
        environment = stack.enter_context(database(name, server))
        seats = [Seat(**seat) for seat in ask(environment, "fill", str(CLIENTS))["seats"]]
        told = asyncio.run(_room(environment, seats, server, PROCESSES[name], plan))
        held = Held.told(ask(environment, "look"))
        told.events = len(held.events)
        told.wrong = [*told.journal.wrong, *told.wrong, *audit(held, told.journal)]
        return told


async def _room(
    environment: dict[str, str], seats: list[Seat], server: TempPostgres | None, processes: int, plan: Plan
) -> Told:
    journal = Journal()
    async with Servers(environment, processes) as servers, Browsers() as browsers:
        readers = [
            Reader(place, seats[place], servers.ports[turn % processes], journal, every_s=EVERY_S / 2, seed=plan.seed)
            for turn, place in enumerate(BROWSER_SEATS)
        ]
        people = [
            Person(place, seat, servers.ports[place % processes], journal, every_s=EVERY_S, seed=plan.seed)
            for place, seat in enumerate(seats)
            if place not in BROWSER_SEATS
        ]
        await asyncio.gather(*(person.arrive() for person in people))
        await asyncio.gather(*(reader.arrive(browsers.chromium) for reader in readers))
        everybody: list[Person | Reader] = [*people, *readers]
        working = [asyncio.create_task(each.run()) for each in everybody]
        count = await happen(people, readers, servers, server, plan)
        for each in everybody:
            each.stop_acting()
        started = time.monotonic()
        wrong = await _settled(people, readers)
        told = Told(journal, count, servers.errors(), boards=len(people) + len(readers), wrong=wrong)
        told.settled_s = time.monotonic() - started
        told.reopened = sum(person.reopened for person in people)
        for person in people:
            person.leave()
        await asyncio.gather(*working, return_exceptions=True)
        for reader in readers:
            told.wrong += reader.mistakes
            await reader.leave()
        return told


async def _settled(people: list[Person], readers: list[Reader]) -> list[str]:
    """Wait until nothing waits and every board is what a fresh page shows; say what never came to be so."""
    until = time.monotonic() + SETTLE_S
    await _until(until, lambda: _all_answered(people))
    found = [f"{person.name}: {len(person.waiting)} changes were never answered" for person in people if person.waiting]
    found += [
        f"{reader.name}: the page never said that all is saved"
        for reader in readers
        if not await _until(until, reader.is_saved)
    ]
    everybody: list[Person | Reader] = [*people, *readers]
    for each in everybody:
        if differences := await _differences(each, until):
            found += [f"{each.name} on {each.seat.path}: {difference}" for difference in differences[:3]]
    return found


async def _differences(each: Person | Reader, until: float) -> list[str]:
    """Where somebody's board is not what a fresh page shows, once that stays so."""
    while True:
        try:
            async with asyncio.timeout(max(LAST_LOOK_S, until - time.monotonic())):
                if isinstance(each, Person):
                    found = each.board.differences(await each.fresh_page())
                else:
                    found = await each.differences()
        except TimeoutError:
            return ["a fresh page never came"]
        if not found or time.monotonic() > until:
            return found
        await asyncio.sleep(1)


async def _all_answered(people: list[Person]) -> bool:
    return not any(person.waiting for person in people)


async def _until(until: float, is_so: Callable[[], Coroutine[Any, Any, bool]]) -> bool:
    """Wait for something; returns whether it came to be so in time."""
    while time.monotonic() < until:
        if await is_so():
            return True
        await asyncio.sleep(0.5)
    return await is_so()


def _report(told: dict[str, Told], seconds: float, busy: str) -> Report:
    kinds = sorted({entry.what for each in told.values() for entry in each.journal.sent})
    rows: list[dict[str, object]] = []
    for name, each in told.items():
        for what in [*kinds, "all"]:
            own = [entry for entry in each.journal.sent if what in (entry.what, "all")]
            rows.append(
                {
                    "database": name,
                    "change": what,
                    "tried": len(own),
                    "acknowledged": sum(entry.outcome == "done" for entry in own),
                    "refused": sum(entry.outcome == "refused" for entry in own),
                    "sent again": sum(entry.resent for entry in own),
                    "lost": len(each.wrong) if what == "all" else None,
                }
            )
    notes = [_story(name, each, seconds) for name, each in told.items()]
    wrong = [f"{name}: {sentence}" for name, each in told.items() for sentence in each.wrong]
    tried = sum(len(each.journal.sent) for each in told.values())
    return Report(
        title="Torture: what was lost while everything fell",
        rows=rows,
        wrong=wrong,
        notes=[*notes, f"Tried: {tried} changes. Lost: {len(wrong)}.", busy],
        figures={"tried": tried, "lost": len(wrong), "seconds": seconds},
    )


def _story(name: str, told: Told, seconds: float) -> str:
    count = told.count
    answers = ", ".join(f"{number} × {status}" for status, number in sorted(told.journal.statuses.items()))
    reasons = "; ".join(f"{number} × {why}" for why, number in told.journal.reasons.most_common()) or "none"
    errors = "; ".join(f"{number} × {line}" for line, number in told.errors.most_common(6)) or "none"
    return (
        f"{name}, {PROCESSES[name]} process(es), {CLIENTS} clients ({IN_BROWSERS} in Chromium), {seconds:.0f} s: "
        f"{count.cuts} connections cut, {count.frozen} readers frozen, {count.kills} servers killed, "
        f"{count.falls} database restarts, {count.offline} times offline, {told.reopened} streams opened again; "
        f"{told.boards} boards compared {told.settled_s:.0f} s after the last change, {told.events} events.\n"
        f"  Answers: {answers}.\n  Refused: {reasons}\n  Errors logged: {errors}."
    )
