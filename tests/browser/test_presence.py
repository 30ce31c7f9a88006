"""Who is here, as another person's page shows it: a killed browser, a hidden tab, a reload."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from canvasapp.asgi import Entry
from partners.live.hub import Hub
from partners.live.present import LEAVING_S
from tests.browser.conftest import Visits
from tests.browser.test_coming_back import HIDE
from tests.factories import Cast
from tests.live.clock import Clock
from tests.live.listening import Server, wait_until
from tests.plugins.seats import patient_context

pytestmark = pytest.mark.browser

TICK_S = 1
"""How often the server looks at its clock."""
WATCH = """name => {
  const people = document.getElementById("people-end")
  const look = () => { if (!people.textContent.includes(name)) document.body.dataset.missed = name }
  new MutationObserver(look).observe(people, { childList: true, subtree: true, characterData: true })
  look()
}"""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(transactional_db: None, port: int, clock: Clock) -> Iterator[Server]:
    """A server that takes the time from the test's clock when it asks how long ago it heard of somebody."""
    with Server(Entry(Hub(clock)), port=port) as server:
        yield server


def sketch(cast: Cast, side: str = "start") -> str:
    """The address of a side's sketch."""
    return f"/p/{cast.with_delonghi.pk}/sketch/{side}/"


@pytest.fixture
def anas(visit: Visits, cast: Cast) -> Page:
    return visit(cast.ana, sketch(cast))


@pytest.fixture
def carlas(visit: Visits, cast: Cast, anas: Page) -> Page:
    """Carla's page, which Ana has heard of."""
    page = visit(cast.carla, sketch(cast))
    expect(carla_at(anas)).to_be_visible()
    return page


def carla_at(page: Page) -> Locator:
    """Carla, in the list of who is here from De'Longhi."""
    return page.locator("#people-end .person[title^='Carla Rossi']")


def test_a_killed_browser_is_gone_within_20_s(chromium: Browser, visit: Visits, anas: Page, clock: Clock) -> None:
    cast = visit.cast
    doomed = patient_context(chromium, base_url=visit.base)
    doomed.add_cookies([{"name": n, "value": v, "url": visit.base} for n, v in cast.cookies(cast.carla).items()])
    hidden, page = doomed.new_page(), doomed.new_page()
    for tab in (hidden, page):
        tab.goto(sketch(cast))
        visit.wait_until_live(tab)
    expect(carla_at(anas)).to_be_visible()
    hidden.evaluate(HIDE, "hidden")
    for tab in (hidden, page):
        with pytest.raises(Error):
            tab.goto("chrome://crash")
    clock.advance(20 - TICK_S)
    expect(carla_at(anas)).to_have_count(0)
    doomed.close()


def test_a_hidden_tab_is_away_and_nobody_vanishes_who_reloads_or_goes_to_another_page(
    anas: Page, carlas: Page, visit: Visits, site: Server, clock: Clock
) -> None:
    expect(carla_at(anas)).to_have_attribute("title", "Carla Rossi")
    carlas.evaluate(HIDE, "hidden")
    expect(carla_at(anas)).to_have_attribute("title", "Carla Rossi (away)")
    carlas.evaluate(HIDE, "visible")
    expect(carla_at(anas)).to_have_attribute("title", "Carla Rossi")

    anas.evaluate(WATCH, "Carla Rossi")
    for _ in range(2):
        carlas.reload()
        visit.wait_until_live(carlas)
    visit.lead(carlas, sketch(visit.cast, "end"))
    carlas.locator(".sheet [data-block=desired_value]").get_by_role("button", name="Add a note").first.click()
    carlas.keyboard.type("x")
    wait_until(lambda: len(states(site, visit.cast)) > 1)
    clock.advance(LEAVING_S)
    wait_until(lambda: len(states(site, visit.cast)) == 1)
    expect(anas.locator("body")).not_to_have_attribute("data-missed", "Carla Rossi")
    expect(carla_at(anas)).to_be_visible()
    anas.evaluate("document.getElementById('people-end').replaceChildren()")
    expect(anas.locator("body")).to_have_attribute("data-missed", "Carla Rossi")  # it was looked for


def states(site: Server, cast: Cast) -> list[str]:
    """What the server knows of Carla's pages."""
    people = site.entry.hub.present.in_workspace(cast.workspace.pk)
    return [str(each.state) for each in people if each.member_id == cast.carla.pk]
