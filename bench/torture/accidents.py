"""What happens to a room in three minutes: lost connections, closed laptops, killed servers, a database that falls."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.torture.browsers import Reader
from bench.torture.person import Person
from bench.torture.servers import Servers
from devtools.postgres import TempPostgres

KILLS = (0.25, 0.5, 0.8)
"""When a server is killed, of the whole time."""
FALL = 0.65
FREEZE_S = 60.0
FROZEN = 4
CUT_EVERY_S = 1.5


@dataclass(frozen=True)
class Plan:
    """How long it lasts; another `seed` makes other things happen."""

    seconds: float
    seed: int


@dataclass
class Count:
    """How often what happened."""

    cuts: int = 0
    frozen: int = 0
    kills: int = 0
    falls: int = 0
    offline: int = 0


async def happen(
    people: Sequence[Person],
    readers: Sequence[Reader],
    servers: Servers,
    database: TempPostgres | None,
    plan: Plan,
) -> Count:
    """Let it all happen within the time there is."""
    count, seconds = Count(), plan.seconds
    dice = Random(plan.seed)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_cut(people, readers, dice, count, seconds))
        for person in dice.sample(list(people), min(FROZEN, len(people))):
            tasks.create_task(_freeze(person, count, seconds))
        for number, moment in enumerate(KILLS):
            tasks.create_task(_kill(servers, number % len(servers.ports), count, seconds * moment))
        if database:
            tasks.create_task(_fall(database, count, seconds * FALL))
        for moment in (0.1, 0.6):
            tasks.create_task(_offline(readers[0], count, seconds * moment, seconds * 0.12))
    return count


async def _cut(people: Sequence[Person], readers: Sequence[Reader], dice: Random, count: Count, seconds: float) -> None:
    for _ in range(int(seconds / CUT_EVERY_S)):
        await asyncio.sleep(CUT_EVERY_S)
        for person in dice.sample(list(people), 2):
            person.cut()
        if dice.random() < 0.3:
            dice.choice(readers).wire.cut()
        count.cuts += 2


async def _freeze(person: Person, count: Count, seconds: float) -> None:
    await asyncio.sleep(seconds * 0.15)
    count.frozen += 1
    await person.freeze(min(FREEZE_S, seconds * 0.5))


async def _kill(servers: Servers, place: int, count: Count, after: float) -> None:
    await asyncio.sleep(after)
    servers.kill(place)
    count.kills += 1
    await asyncio.sleep(0.5)
    await servers.start(place)


async def _fall(database: TempPostgres, count: Count, after: float) -> None:
    await asyncio.sleep(after)
    await asyncio.to_thread(database.fall_and_rise)
    count.falls += 1


async def _offline(reader: Reader, count: Count, after: float, seconds: float) -> None:
    await asyncio.sleep(after)
    count.offline += 1
    await reader.offline(seconds)
