"""More than a field takes is not cut off without a word: it stays, and the field says how much there is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from partners.workspaces.models import Workspace
from tests.browser.conftest import Visits
from tests.factories import Cast
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.browser
SAYS = "(field) => field.validationMessage"


def expect_kept(field: Locator, *, most: int, has: int) -> None:
    expect(field).to_be_focused()
    assert field.evaluate(SAYS) == f"At most {most} characters, please; this has {has}."
    expect(field).to_have_js_property("value", "x" * has)


def test_in_a_next_step(visit: Visits, cast: Cast, outcome: Outcome, minutes: str) -> None:
    page = visit(cast.bo, minutes)
    field = page.get_by_placeholder("What is to be done?")
    field.fill("x" * 600)
    field.press("Enter")
    expect_kept(field, most=500, has=600)
    field.fill("Ask ten shops")
    assert field.evaluate(SAYS) == ""
    field.press("Enter")
    expect(page.locator(".step:not(.is-pending, [data-awaits]) .what")).to_have_text("Ask ten shops")


def test_in_the_settings(visit: Visits, cast: Cast) -> None:
    page = visit(cast.ana, f"/w/{cast.workspace.pk}/settings/")
    field = page.get_by_label("Customer segment")
    field.fill("x" * 250)
    field.press("Enter")
    expect_kept(field, most=200, has=250)
    assert Workspace.objects.get(pk=cast.workspace.pk).customer_segment != "x" * 200


def test_in_a_joint_sentence(visit: Visits, cast: Cast, outcome: Outcome) -> None:
    sentence = outcome.created()
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/sentences/")
    page.locator(f"#sentence-{sentence.pk}").get_by_role("button", name="Reword").click()
    field = page.locator(f"#words-{sentence.pk}")
    field.fill("x" * 1200)
    field.press("Enter")
    expect_kept(field, most=1000, has=1200)
