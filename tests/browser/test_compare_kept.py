"""Compare while others change it too, without a connection, and step by step back: nothing of mine is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.canvases.models import Note
from partners.value_fit import operations
from partners.value_fit.access import PartnershipInView, comparison_in
from partners.value_fit.models import Pair, Rating
from partners.value_fit.queries import NEEDS, OFFERS
from partners.workspaces.models import Membership
from tests.browser.axe import violations, violations_in_both_schemes
from tests.browser.conftest import PHONE, Visits
from tests.browser.noticing import undo_in_toast
from tests.browser.paper import pages_of
from tests.factories import Cast

pytestmark = pytest.mark.browser
PENDING = re.compile(r"\bis-pending\b")


class Scene:
    """Two offers of Nespresso, put to two needs of De'Longhi, not rated yet."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        ours, theirs = (cast.sheet(cast.with_delonghi, company) for company in (cast.nespresso, cast.delonghi))
        self.licence = cast.note("Technology licence", canvas=ours, block=OFFERS)
        self.brand = cast.note("Brand and marketing", canvas=ours, block=OFFERS)
        self.system = cast.note("Working capsule system", by=cast.carla, canvas=theirs, block=NEEDS)
        self.pull = cast.note("Demand pull", by=cast.carla, canvas=theirs, block=NEEDS)
        for offer, need in ((self.licence, self.system), (self.brand, self.pull)):
            operations.make_pair(seen=self.seen(cast.bo), offer_id=offer.pk, need_id=need.pk)
        self.place = f"/p/{cast.with_delonghi.pk}/compare/"

    def seen(self, who: Membership) -> PartnershipInView:
        return comparison_in(self.cast.viewer(who), self.cast.with_delonghi.pk)

    def rate(self, who: Membership, offer: Note, need: Note, strength: int) -> Pair:
        assert who.organisation_id
        return operations.rate(
            seen=self.seen(who),
            organisation_id=who.organisation_id,
            strength=strength,
            offer_id=offer.pk,
            need_id=need.pk,
        )


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


def row(page: Page, need: Note) -> Locator:
    return page.locator(f"#row-{need.pk}")


def test_docking_by_keys_begins_with_the_first_offer_and_who_asks_without_a_connection_is_told(
    visit: Visits, cast: Cast, scene: Scene
) -> None:
    need = cast.note("Service at home", by=cast.carla, canvas=scene.system.canvas, block=NEEDS)
    page = visit(cast.bo, scene.place)
    dock = row(page, need).get_by_role("button", name="Dock an offer here")
    dock.press("Enter")
    expect(page.locator(f"#put-{scene.licence.pk}-0")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dock).to_be_focused()

    page.context.set_offline(True)
    for _ in range(2):
        dock.press("Enter")
        expect(page.locator(".toast")).to_contain_text("This needs the connection")
    expect(page.locator(".toast")).to_have_count(1)
    page.context.set_offline(False)


def test_what_is_rated_or_written_without_a_connection_shows_at_once_waits_visibly_and_is_sent_later(
    visit: Visits, cast: Cast, scene: Scene
) -> None:
    ours, theirs = visit(cast.bo, scene.place), visit(cast.carla, scene.place)
    ours.context.set_offline(True)
    row(ours, scene.system).get_by_role("button", name="mostly").click()
    expect(row(ours, scene.system)).to_have_class(PENDING)
    expect(row(ours, scene.system).locator("[aria-pressed=true]")).to_have_text("mostly")
    ours.context.set_offline(False)
    expect(row(ours, scene.system)).not_to_have_class(PENDING)
    expect(row(ours, scene.system).locator("[aria-pressed=true]")).to_have_text("mostly")
    expect(row(theirs, scene.system)).to_contain_text("Nespresso has rated")

    theirs.context.set_offline(True)
    theirs.get_by_label("A need of De'Longhi").fill("Repair partners in towns")
    theirs.keyboard.press("Enter")
    need = theirs.locator(".need-row").filter(has_text="Repair partners in towns")
    expect(need).to_have_class(PENDING)
    ours.context.set_offline(True)
    ours.get_by_label("An offer of Nespresso").fill("Club members")
    ours.keyboard.press("Enter")
    offer = ours.locator(".tray-item").filter(has_text="Club members")
    expect(offer).to_have_class(PENDING)
    for page in (theirs, ours):
        page.context.set_offline(False)
    expect(need).not_to_have_class(PENDING)
    expect(need.get_by_role("button", name="Nobody offers this")).to_be_visible()
    expect(offer).not_to_have_class(PENDING)
    expect(offer).to_contain_text("not looked at yet")
    expect(theirs.locator(".tray-item").filter(has_text="Club members")).to_have_count(1)


def test_what_both_said_is_changed_from_its_line_and_a_reason_stays_while_the_other_side_changes_it(
    visit: Visits, cast: Cast, scene: Scene
) -> None:
    for who in (cast.bo, cast.carla):
        scene.rate(who, scene.licence, scene.system, 3)
    ours = visit(cast.bo, scene.place)
    row(ours, scene.system).hover()
    row(ours, scene.system).get_by_role("button", name="Change").click()
    ours.locator("#popover").get_by_role("button", name="partly").first.click()
    expect(row(ours, scene.system)).to_contain_text("counts as partly")
    ours.keyboard.press("Control+z")
    expect(ours.locator("#toasts")).to_contain_text("rated “Technology licence”")
    expect(row(ours, scene.system)).to_contain_text("both say: fully")

    scene.rate(cast.carla, scene.licence, scene.system, 1)
    why = row(ours, scene.system).get_by_label("Why does Nespresso say so?")
    why.press_sequentially("not at co")
    scene.rate(cast.carla, scene.licence, scene.system, 2)
    expect(row(ours, scene.system)).to_contain_text("mostly")
    expect(why).to_have_value("not at co")
    expect(why).to_be_focused()
    scene.rate(cast.carla, scene.licence, scene.system, 3)
    expect(row(ours, scene.system)).to_contain_text("both say: fully")
    expect(why).to_have_value("not at co")
    expect(why).to_be_focused()
    ours.keyboard.type("st")
    ours.keyboard.press("Enter")
    expect(row(ours, scene.system)).to_contain_text("Nespresso: not at cost")


def test_a_company_settles_its_needs_in_a_tap_each(visit: Visits, cast: Cast, scene: Scene) -> None:
    Note.objects.filter(pk=scene.system.pk).update(stands_in=True)
    scene.rate(cast.carla, scene.licence, scene.system, 3)
    Rating.objects.update(stands_in=True)
    scene.rate(cast.bo, scene.licence, scene.system, 3)
    operations.declare_unmatched(seen=scene.seen(cast.carla), note_id=scene.pull.pk)
    operations.remove_pair(seen=scene.seen(cast.bo), pair=Pair.objects.get(need=scene.pull))
    ours, theirs = visit(cast.bo, scene.place), visit(cast.carla, scene.place)

    # What a stand-in wrote and rated is confirmed.
    expect(row(ours, scene.system)).to_contain_text("if our guess holds: fully")
    expect(row(ours, scene.system).get_by_role("button", name="We confirm")).to_have_count(0)
    row(theirs, scene.system).get_by_role("button", name="We confirm this need").click()
    expect(row(ours, scene.system).locator(".need")).not_to_contain_text("our guess")
    row(theirs, scene.system).get_by_role("button", name="We confirm this rating").click()
    expect(row(ours, scene.system)).to_contain_text("both say: fully")

    # A need that nobody offers is tagged for a third party, and dropped.
    expect(row(ours, scene.pull).get_by_role("button", name="Look for a third party")).to_be_hidden()
    row(theirs, scene.pull).get_by_role("button", name="Look for a third party").click()
    expect(row(ours, scene.pull)).to_contain_text("looking for a third party")
    row(theirs, scene.pull).get_by_role("button", name="Drop").click()
    undo = undo_in_toast(theirs)
    expect(row(ours, scene.pull)).to_have_count(0)
    undo.click()
    expect(row(ours, scene.pull)).to_be_visible()


def test_paper_has_both_directions_whichever_is_open(visit: Visits, cast: Cast, scene: Scene, tmp_path: Path) -> None:
    cast.note("Shelf space", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block=NEEDS)
    scene.rate(cast.carla, scene.licence, scene.system, 3)
    page = visit(cast.bo, scene.place)
    words = "".join(pages_of(page.pdf(path=tmp_path / "compare.pdf", prefer_css_page_size=True)))
    for text in ("Workingcapsulesystem", "Technologylicence", "De'Longhihasrated", "waitingforNespresso", "Shelfspace"):
        assert text in words
    assert "Dockanotheroffer" not in words
    expect(page.locator("#band-2")).to_be_hidden()


@pytest.mark.axe
def test_a_comparison_in_every_state_and_its_menu_have_no_violation(visit: Visits, cast: Cast, scene: Scene) -> None:
    scene.rate(cast.bo, scene.licence, scene.system, 0)
    scene.rate(cast.carla, scene.licence, scene.system, 3)
    scene.rate(cast.carla, scene.brand, scene.pull, 2)
    theirs = cast.sheet(cast.with_delonghi, cast.delonghi)
    lonely = [cast.note(text, by=cast.carla, canvas=theirs, block=NEEDS) for text in ("Funding", "Repair")]
    operations.declare_unmatched(seen=scene.seen(cast.carla), note_id=lonely[0].pk)
    cast.note("Retail", by=cast.carla, canvas=theirs, block=OFFERS)
    laptop = visit(cast.carla, scene.place)
    phone = visit(cast.bo, scene.place, viewport=PHONE, has_touch=True, is_mobile=True)
    for page in (laptop, phone):
        assert violations_in_both_schemes(page) == {}
        row(page, scene.system).locator(".more-for-note").first.click(force=True)
        expect(page.locator("#popover .menu-compare")).to_be_visible()
        assert violations(page) == []
