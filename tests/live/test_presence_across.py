"""Every process shows the same people, whichever of them heard it first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from canvasapp.asgi import Entry
from partners.live.hub import Hub
from partners.live.present import KEPT_S, LEAVING_S
from tests.factories import Cast
from tests.live.clock import Clock
from tests.live.conftest import Scene
from tests.live.listening import Listener, Server, wait_until
from tests.live.processes import Process
from tests.live.test_presence import present


@pytest.fixture
def process(cast: Cast) -> Iterator[Process]:
    started = Process()
    yield started
    started.end()


@pytest.fixture
def another(process: Process) -> Iterator[Process]:
    """A process beside the first, started later. On SQLite only one may serve, and it stands for both."""
    if connection.vendor == "sqlite":
        yield process
        return
    with_listeners = Process()
    yield with_listeners
    with_listeners.end()


def listens(cast: Cast, port: int) -> Listener:
    """Bo's page of Nespresso's sketch, at the server of that port."""
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    return Listener(port, f"/live/{cast.workspace.pk}/?canvas={sheet.pk}", cast.cookies(cast.bo))


def people(listener: Listener, region: str = "people-end") -> str:
    """What a page shows in a region, whenever it was drawn."""
    return present(listener, region).partition(">")[2]


def test_two_processes_show_the_same_people(cast: Cast, process: Process, another: Process) -> None:
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    line = f"typing-{sheet.pk}-{Scene.block}"

    def say(at: Process, state: str, word: int) -> None:
        said = {"workspace": cast.workspace.pk, "page": "p", "word": word, "state": state}
        assert at.post(cast, cast.carla, "/presence/", **said, canvas=sheet.pk, block=Scene.block) == 204

    with listens(cast, process.port) as here, listens(cast, another.port) as there:
        both = [here.opened(), there.opened()]
        for first, at, other in ((1, process, another), (10, another, process)):
            say(at, "here", first)
            wait_until(lambda: all("Carla Rossi" in people(each) for each in both))
            say(other, "typing", first + 1)
            wait_until(lambda: all("Carla Rossi is typing here" in people(each, line) for each in both))
            say(at, "away", first + 3)
            say(other, "here", first + 2)
            wait_until(lambda: all("is-away" in people(each) for each in both))
            assert people(here) == people(there)


def test_a_process_that_is_started_later_learns_who_was_there(cast: Cast, process: Process) -> None:
    said = {"workspace": cast.workspace.pk, "page": "p", "word": 1, "state": "away"}
    assert process.post(cast, cast.carla, "/presence/", **said) == 204
    with listens(cast, process.port) as here:
        wait_until(lambda: "is-away" in people(here))
        later = process if connection.vendor == "sqlite" else Process()
        try:
            with listens(cast, later.port) as there:
                wait_until(lambda: "is-away" in people(there))
                assert people(here) == people(there)
        finally:
            later.end()


def test_all_agree_on_who_has_gone(cast: Cast, transactional_db: None) -> None:
    clock = Clock()
    with Server(Entry(Hub(clock))) as one, Server(Entry(Hub(clock))) as two:
        said = {"workspace": cast.workspace.pk, "page": "p"}
        with listens(cast, one.port) as here, listens(cast, two.port) as there:
            both = [here.opened(), there.opened()]
            for member, word, state in ((cast.carla, 1, "here"), (cast.carla, 2, "gone"), (cast.ana, 1, "here")):
                cast.client(member).post("/presence/", said | {"word": word, "state": state})
            wait_until(lambda: all("Ana Vries" in people(each, "people-start") for each in both))
            assert all("Carla Rossi" in people(each) for each in both)
            clock.advance(LEAVING_S + 1)
            wait_until(lambda: all("Carla" not in people(each) for each in both))
            assert all("Ana Vries" in people(each, "people-start") for each in both), "she was heard of since"
            clock.advance(KEPT_S - LEAVING_S - 1)
            wait_until(lambda: all("Ana" not in people(each, "people-start") for each in both))
