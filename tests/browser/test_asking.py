"""Somebody without an account accepts what was learned by a personal link, and everybody sees it at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.workspaces.models import Membership
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Visits
from tests.browser.hands import Hands
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.browser


@pytest.fixture
def ideas(outcome: Outcome) -> Ideas:
    """What the two companies do with ideas."""
    return Ideas(outcome.table)


def asked(page: Page, name: str) -> str:
    """Somebody of De'Longhi is asked, by keys; returns the link's path."""
    hands = Hands(page)
    hands.reach(page.get_by_text("Ask somebody of De'Longhi by a personal link"))
    hands.press("Enter")
    hands.reach(page.get_by_label("Whom of De'Longhi?"))
    hands.type(name)
    hands.press("Enter")
    link = page.get_by_label(f"Personal link for {name}").input_value()
    return link[link.index("/join/") :]


def test_who_has_no_account_accepts_and_who_asked_sees_it_live(visit: Visits, cast: Cast, ideas: Ideas) -> None:
    idea = ideas.add()
    ideas.test(idea)
    ideas.accept(ideas.card(idea, title="Pilot in ten shops"), cast.bo)
    anas = visit(cast.ana, f"/ideas/{idea.pk}/")
    bos = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/learning/")
    path = asked(anas, "Giulia Neri")
    assert violations(anas) == []

    giulias = visit(None, path, viewport=PHONE)
    expect(giulias.get_by_role("heading", level=1)).to_have_text("Giulia Neri, is this what De'Longhi saw?")
    expect(giulias.locator("#asked-title")).to_have_text("Pilot in ten shops")
    assert violations(giulias) == []
    giulias.get_by_role("button", name="Yes, De'Longhi accepts this").click()
    expect(giulias.locator(".idea-state .pill")).to_have_text("holds for both")
    visit.wait_until_live(giulias)

    words = "accepted it, Giulia Neri, by a personal link made by Ana Vries of Nespresso"
    for page in (giulias, anas, bos):
        expect(page.locator(".agreed-by").first).to_contain_text(words)
    expect(anas.locator(".idea-state .pill")).to_have_text("holds for both")
    expect(bos.locator(".time-line.is-state .pill").first).to_have_text("holds for both")
    assert Membership.objects.get(name="Giulia Neri").organisation == cast.delonghi


def test_not_yet_is_said_with_why_and_a_link_is_ended(visit: Visits, cast: Cast, ideas: Ideas) -> None:
    idea = ideas.add()
    ideas.test(idea)
    ideas.accept(ideas.card(idea), cast.bo)
    carlas = visit(cast.carla, f"/ideas/{idea.pk}/")
    path = asked(carlas, "Ugo Verdi")
    ugos = visit(None, path)
    ugos.get_by_label("Or what is missing?").fill("The second month")
    ugos.get_by_role("button", name="Not yet").click()
    expect(carlas.locator(".asked")).to_contain_text("Ugo Verdi of De'Longhi: not yet “The second month”")

    asked(carlas, "Marta Bassi")
    carlas.get_by_role("button", name="End the link Marta Bassi").click()
    expect(carlas.get_by_text("Marta Bassi of De'Longhi is asked")).to_have_count(0)
