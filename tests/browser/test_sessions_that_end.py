"""A session that ends while somebody writes: their words stay, they sign in, and what they wrote is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from partners.canvases.models import Note
from partners.people.models import GuestPass
from partners.workspaces.models import Membership
from partners.workspaces.operations.sharing import device_link
from tests.browser.conftest import Visits
from tests.factories import PASSWORD, Cast
from tests.live.listening import wait_until

pytestmark = pytest.mark.browser


def write_while_signed_out(page: Page) -> None:
    """Finish a note that was begun before, and see it wait."""
    page.keyboard.type("Boutiques")
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]").first).to_have_attribute("data-state", "signin")
    expect(page.get_by_text("Sign in again to send 1 change").first).to_be_visible()
    expect(page.locator("[data-block=channels] .note.is-pending .text").first).to_have_text("Boutiques")
    page.get_by_role("button", name="Copy what waits").click()
    expect(page.locator("#announce")).to_have_text("Copied")
    assert not Note.objects.filter(text="Boutiques").exists()


def begin(page: Page) -> None:
    page.locator(".sheet [data-block=channels]").get_by_role("button", name="Add a note to Channels").click()


def guest_who_lost_her_pass(visit: Visits, cast: Cast) -> Page:
    """Carla's page, on which a note waits."""
    page = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/models/end/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page)
    GuestPass.objects.filter(membership=cast.carla).delete()
    write_while_signed_out(page)
    return page


def by(who: Any) -> bool:
    """Whether the note is there, once, and written by somebody."""
    return list(Note.objects.filter(text="Boutiques").values_list("author", flat=True)) == [who.pk]


def test_of_an_account_who_signs_in_again_on_the_spot(visit: Visits, cast: Cast) -> None:
    page = visit(cast.ana, f"/p/{cast.with_delonghi.pk}/models/start/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page)
    Session.objects.all().delete()
    write_while_signed_out(page)
    page.locator("[data-saved]").first.get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill("ana@nespresso.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/models/start/")
    wait_until(lambda: by(cast.ana))
    expect(page.locator("[data-block=channels] .note:not(.is-pending) .text")).to_have_text("Boutiques")


def test_of_a_guest_who_comes_back_in_another_tab(visit: Visits, cast: Cast) -> None:
    page = guest_who_lost_her_pass(visit, cast)
    again = page.context.new_page()
    again.goto(f"{visit.base}/join/{device_link(member=cast.carla).code}/")
    again.get_by_role("button", name="Continue").click()
    again.wait_for_url("**/p/**")  # signed in by then
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    wait_until(lambda: by(cast.carla))
    expect(page.locator("[data-block=channels] .note:not(.is-pending) .text")).to_have_text("Boutiques")


def test_of_a_guest_who_joins_by_the_code_as_somebody_new(visit: Visits, cast: Cast) -> None:
    page = guest_who_lost_her_pass(visit, cast)
    page.goto(f"{visit.base}/join/{cast.code.code}/")
    page.get_by_label("Your name").fill("Carla again")
    page.get_by_role("button", name="Join De'Longhi").click()
    draft = page.locator("#drafts .draft")
    expect(draft).to_contain_text("Boutiques")
    expect(draft).to_contain_text("before you joined")
    assert not Note.objects.filter(text="Boutiques").exists()
    draft.get_by_role("button", name="Make it a new note").click()
    wait_until(lambda: by(Membership.objects.get(name="Carla again")))
    expect(draft).to_have_count(0)
