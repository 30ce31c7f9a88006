"""The pure helpers, each alone, and all modules as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from tests.js.acts import write
from tests.js.pages import ROOT, texts
from tests.js.stub import Stub
from tests.pasting import PASTED

pytestmark = pytest.mark.browser
Call = Callable[..., Any]


@pytest.fixture(scope="module")
def call(chromium: Browser) -> Iterator[Call]:
    """Runs a function of a module in the browser: `call("lib/ids.js", "return it.uuid()")` names the module `it`.

    One page serves all of them: they remember nothing.
    """
    stub = Stub().start()
    page = chromium.new_page(base_url=stub.url)
    page.goto("/board/")

    def run(module: str, body: str) -> Any:
        return page.evaluate(f"async () => {{ const it = await import('/static/js/{module}'); {body} }}")

    yield run
    page.close()
    stub.stop()


def test_they_run_as_they_are_written_each_from_its_own_file(visit: Callable[..., Page], board: Stub) -> None:
    board.is_joined = False
    page = visit()
    write(page, "costs", "Night beds")
    board.wait(lambda: board.texts("costs") == ["Night beds"])
    written = {f"/static/{file.relative_to(ROOT / 'static')}" for file in (ROOT / "static/js").rglob("*.js")}
    alone = "/static/js/no-connection.js"  # on the page for no connection
    assert written - board.files == {alone}


def test_uuids_are_random_and_of_version_4(call: Call) -> None:
    made = call("lib/ids.js", "return [it.uuid(), it.uuid()]")
    assert made[0] != made[1]
    assert all(UUID(each).version == 4 and str(UUID(each)) == each for each in made)


@pytest.mark.parametrize(
    ("chunks", "messages"),
    [
        (["id: e.1\nevent: board\ndata: a\ndata: b\n\n"], [{"event": "board", "data": "a\nb", "id": "e.1"}]),
        (["id: e.1\neve", "nt: board\nda", "ta: a\n", "\n"], [{"event": "board", "data": "a", "id": "e.1"}]),
        (["data: a\r\n\r\ndata: b\r\n\r\n"], [{"event": "message", "data": "a"}, {"event": "message", "data": "b"}]),
        (
            ["data: a\r", "\n\r", "\ndata: b\n\n"],
            [{"event": "message", "data": "a"}, {"event": "message", "data": "b"}],
        ),
        ([": quiet\n\n", "event: ping\n\n"], [{"event": "ping", "data": ""}]),
        (["data:  two\n\n"], [{"event": "message", "data": " two"}]),
        (["data: never finished\n"], []),
    ],
)
def test_a_stream_is_read_whatever_way_it_is_cut(call: Call, chunks: list[str], messages: list[dict[str, str]]) -> None:
    read = call(
        "lib/sse.js",
        f"const reader = new it.EventStreamReader(); return {chunks!r}.flatMap((each) => reader.push(each))",
    )
    assert [{name: value for name, value in each.items() if value is not None} for each in read] == messages


def test_a_rank_made_here_lies_between_its_neighbours(call: Call) -> None:
    order = call(
        "lib/rank.js",
        """
        const note = (rank, id) => {
          const made = document.createElement("li")
          made.id = id
          made.dataset.rank = rank
          return made
        }
        const [a, b] = [note("0000065536", "a"), note("0000065537", "b")]
        const between = note(it.rankAfter(a), "c")
        const next = note(it.rankAfter(between), "0")
        const first = note(it.FIRST, "z")
        return [b, next, first, a, between].sort(it.byRank).map((each) => each.id)
        """,
    )
    assert order == ["z", "a", "c", "0", "b"]


def test_waits_double_up_to_a_cap_and_are_spread(call: Call) -> None:
    waits = call(
        "lib/timing.js",
        "return [0, 1, 2, 50].map((n) => [0, 1].map((r) => it.backoff(n, { base: 100, cap: 1000, random: () => r })))",
    )
    assert waits == [[50, 100], [100, 200], [200, 400], [500, 1000]]


def test_texts_are_filled_and_know_one_from_many(call: Call) -> None:
    said = call("lib/texts.js", "return [1, 3].map((n) => it.text('offline', { n }))")
    assert said == ["Offline, 1 change waiting", "Offline, 3 changes waiting"]


@pytest.mark.parametrize(("pasted", "lines"), PASTED.values(), ids=PASTED)
def test_lines_of_a_spreadsheet_become_notes(call: Call, pasted: str, lines: list[str]) -> None:
    assert call("elements/paste.js", f"return it.linesOf({json.dumps(pasted)})") == lines


def test_every_text_that_scripts_say_is_on_the_page() -> None:
    page = texts()
    named = set(re.findall(r'data-text="([^"]+)"', page))
    templates = set(re.findall(r'template id="t-([^"]+)"', page))
    source = "\n".join(file.read_text() for file in sorted((ROOT / "static/js").rglob("*.js")))
    said = set(re.findall(r'\b(?:text|show|ask)\((?:\w+, \w+, )?"([a-z-]+)"', source))
    copied = set(re.findall(r'fromTemplate\("([a-z-]+)"\)', source))
    assert said - named == set()
    assert copied - templates == set()
    assert "{{" not in page
