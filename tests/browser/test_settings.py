"""The settings of a workshop follow what others change in them, and leave alone where somebody types."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.workspaces import operations
from partners.workspaces.models import Membership, Workspace
from tests.browser.conftest import Visits
from tests.factories import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def gina(cast: Cast) -> Membership:
    """A second facilitator."""
    return cast.join("Gina Bay", cast.nespresso, role="facilitator")


def settings(cast: Cast) -> str:
    return f"/w/{cast.workspace.pk}/settings/"


def sun(page: Page):  # type: ignore[no-untyped-def]
    """The meaning of the yellow notes."""
    return page.locator("#colours input[name=sun]")


def test_what_others_change_is_seen_at_once(visit: Visits, cast: Cast, gina: Membership) -> None:
    page, ana = visit(gina, settings(cast)), cast.viewer(cast.ana)
    operations.change_workspace(viewer=ana, title="Two names", evidence_months=12)
    expect(page.get_by_label("Title")).to_have_value("Two names")
    expect(page.get_by_role("navigation", name="Where you are")).to_have_text("Two names")
    expect(page.get_by_label("It counts for so many months")).to_have_value("12")
    operations.name_colours(viewer=ana, meanings={"sun": "ask a customer"})
    expect(sun(page)).to_have_value("ask a customer")
    operations.archive_workspace(viewer=ana)
    expect(page.get_by_role("button", name="Take it out of the archive")).to_be_visible()


def test_nothing_is_taken_from_a_field_in_which_somebody_types(visit: Visits, cast: Cast, gina: Membership) -> None:
    page, ana = visit(gina, settings(cast)), cast.viewer(cast.ana)
    sun(page).fill("ours al")
    operations.change_workspace(viewer=ana, title="Two names", fill_meanings={"sun": "talk about this", "leaf": "new"})
    expect(page.get_by_label("Title")).to_have_value("Two names")  # the other forms do not wait
    sun(page).press_sequentially("one")
    expect(sun(page)).to_have_value("ours alone")
    expect(page.locator("#colours input[name=leaf]")).to_have_value("new together")
    sun(page).press("Enter")
    expect(page.locator("#colours input[name=leaf]")).to_have_value("new")
    expect(sun(page)).to_have_value("ours alone")
    assert Workspace.objects.get(pk=cast.workspace.pk).fill_meanings == {"sun": "ours alone", "leaf": "new"}


def test_who_begins_to_facilitate_may_change_them_without_asking_for_the_page_again(visit: Visits, cast: Cast) -> None:
    page = visit(cast.bo, settings(cast))
    expect(page.get_by_label("Title")).to_have_count(0)
    operations.change_member(viewer=cast.viewer(cast.ana), member=cast.bo, role="facilitator")
    expect(page.get_by_label("Title")).to_have_value(cast.workspace.title)
