"""Two people take a joint idea from a pair to a decision, each in a browser of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.hypotheses import operations
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Visits
from tests.browser.hands import Hands
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.browser


@pytest.fixture
def ideas(outcome: Outcome) -> Ideas:
    """What the two companies do with ideas, after they have compared and agreed."""
    return Ideas(outcome.table)


def state(page: Page) -> str:
    """How far the idea on a page is."""
    return page.locator(".idea-state .pill").inner_text()


def flag_from_a_pair(page: Page, ideas: Ideas) -> None:
    """Two taps on Compare, and the rest of the sentence."""
    need = ideas.table.system
    page.locator(f"#row-{need.pk} .need").get_by_role("button", name="More for").click()
    page.locator("#popover").get_by_role("link", name="Flag as a joint idea to test").click()
    expect(page.get_by_label("What Nespresso brings", exact=True)).to_have_value("Technology licence at cost")
    check = page.locator("#idea-check")
    expect(check).to_contain_text("plain trade")
    page.get_by_label("What De'Longhi brings", exact=True).fill("machines in every kitchen shop")
    page.get_by_label("How it gets across").fill("a licence and shared specifications")
    page.get_by_label("The new value for them").fill("one system that always works")
    for company, gain in (("Nespresso", "pods bought again every month"), ("De'Longhi", "machines with a margin")):
        page.get_by_label(f"What changes for {company}, in numbers").fill(gain)
        page.get_by_label(f"In which block of {company}’s business model").select_option("revenue_streams")
    expect(check).to_contain_text("side by side")
    for each in page.get_by_role("radio", name="yes, it vanishes").all():
        each.check()
    expect(check).to_contain_text("joint idea")
    assert violations(page) == []
    page.get_by_role("button", name="Flag it as worth a test").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("one system that always works")


def test_two_people_take_an_idea_from_a_pair_to_a_decision(visit: Visits, cast: Cast, ideas: Ideas) -> None:
    bos = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/compare/")
    flag_from_a_pair(bos, ideas)
    assert state(bos) == "worth a test"
    address = bos.url.removeprefix(visit.base)

    carlas = visit(cast.carla, address)
    hands = Hands(carlas)
    hands.reach(carlas.get_by_role("link", name="Describe a test", exact=True))
    hands.press("Enter")
    hands.reach(carlas.get_by_role("checkbox", name="Does the customer want it?"))
    hands.press("Space")
    hands.reach(carlas.get_by_label("Name", exact=True))
    hands.type("Pilot in ten shops")
    hands.reach(carlas.get_by_label("We are right if"))
    hands.type("30 of 100 buyers order pods again")
    hands.reach(carlas.get_by_role("button", name="Keep this test"))
    hands.press("Enter")
    expect(carlas.locator(".idea-test h3")).to_have_text("Pilot in ten shops")
    visit.wait_until_live(carlas)
    expect(bos.locator(".idea-state .pill")).to_have_text("test described")
    hands.reach(carlas.get_by_role("button", name="Start the test"))
    hands.press("Enter")
    expect(carlas.locator(".idea-test .pill")).to_have_text("runs")
    hands.see("after starting")
    expect(bos.locator(".idea-state .pill")).to_have_text("being tested")
    hands.reach(carlas.get_by_label("Data points so far"))
    hands.press("Control+a")
    hands.type("100")
    hands.press("Enter")
    expect(bos.locator(".points")).to_contain_text("100 data points")

    hands.press("Tab")
    bos.get_by_role("button", name="End the test").click()
    expect(carlas.locator(".idea-test .pill")).to_have_text("ended")
    bos.get_by_role("link", name="Write down what was learned").click()
    expect(bos.get_by_label("Data points")).to_have_value("100")
    bos.get_by_label("We observed").fill("34 of 100 buyers ordered pods again")
    bos.get_by_label("How strong is the evidence?").select_option("4")
    for question in (
        "Does the customer want it?",
        "Can it get across?",
        "Does it pay for Nespresso",
        "Does it pay for De'L",
    ):
        bos.get_by_label(question).select_option("supports")
    bos.get_by_label("What it costs Nespresso").fill("4 for each pod")
    bos.get_by_label("What it costs De'Longhi").fill("20 for each machine")
    assert violations(bos) == []
    bos.get_by_role("button", name="Keep this card").click()
    visit.wait_until_live(bos)
    bos.get_by_role("button", name="Yes, Nespresso accepts this").click()
    expect(bos.locator("#idea-claims")).to_contain_text("De'Longhi has not accepted it yet")
    expect(bos.get_by_role("button", name="Yes, De'Longhi accepts this")).to_have_count(0)
    expect(bos.locator(".idea-state")).to_contain_text("What was learned waits for De'Longhi to accept it.")

    hands.reach(carlas.get_by_role("button", name="Yes, De'Longhi accepts this"))
    hands.press("Enter")
    for page in (bos, carlas):
        expect(page.locator(".idea-state .pill")).to_have_text("holds for both")
        expect(page.locator("#idea-claims")).to_contain_text("4 of 4 hold")
    hands.see("after accepting")
    assert hands.mistakes == []
    assert violations(bos) == []
    visit.lead(carlas, f"/p/{cast.with_delonghi.pk}/outcome/")
    expect(carlas.locator("#ideas")).to_contain_text("holds for both")


def test_a_criterion_that_changes_late_says_why_to_everybody(visit: Visits, cast: Cast, ideas: Ideas) -> None:
    idea = ideas.add()
    test = ideas.started(idea)
    bos, carlas = visit(cast.bo, f"/ideas/{idea.pk}/"), visit(cast.carla, f"/ideas/{idea.pk}/", viewport=PHONE)
    bos.locator(f"#test-{test.pk}-change").click()
    bos.get_by_label("We are right if").fill("20 of 100 buyers order pods again")
    bos.get_by_role("button", name="Save").click()
    expect(bos.get_by_text("say why what proves it right changes")).to_be_visible()
    expect(bos.get_by_label("We are right if")).to_have_value("20 of 100 buyers order pods again")
    assert violations(bos) == []
    bos.get_by_label("Why does what proves it right change now?").fill("Two shops closed")
    bos.get_by_role("button", name="Save").click()
    told = carlas.locator(f"#test-{test.pk} .notice")
    expect(told).to_contain_text("It was: “30 of 100 buyers order pods again”. Why: Two shops closed")
    expect(carlas.locator("#idea-story")).to_contain_text("after it had started: Two shops closed")
    assert violations(carlas) == []


def test_both_wordings_are_offered_and_what_was_learned_becomes_old(visit: Visits, cast: Cast, ideas: Ideas) -> None:
    idea = ideas.validated()
    seen = ideas.table.seen(cast.carla)
    page = visit(cast.bo, f"/ideas/{idea.pk}/")
    page.get_by_role("link", name="Reword").click()
    field = page.get_by_label("The new value for them")
    field.fill("one system that never fails")
    operations.reword_idea(seen=seen, idea=idea, words={"new_value": "one system that lasts"})
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".theirs")).to_have_text("one system that lasts")
    operations.change_idea(seen=seen, idea=idea, importance=5)
    expect(page.get_by_label("How important is it?")).to_have_value("5")
    expect(field).to_have_value("one system that never fails")
    expect(page.locator("#drafts")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".sentence")).to_contain_text("one system that never fails")
    expect(page.locator("#idea-words .notice")).to_contain_text("1 card speaks of how it read before")
    expect(page.locator(".idea-card")).to_contain_text("about the sentence before")
    expect(page.locator(".idea-state .pill")).to_have_text("being tested")
    page.get_by_role("button", name="Undo what I did last").click()
    expect(page.locator(".sentence")).to_contain_text("one system that lasts")


def test_an_idea_goes_on_as_another_one(visit: Visits, cast: Cast, ideas: Ideas) -> None:
    idea = ideas.add()
    page = visit(cast.bo, f"/ideas/{idea.pk}/")
    page.get_by_text("Go on with another idea").click()
    page.locator("#why-going-on").fill("Customers asked for tea")
    page.get_by_role("button", name="Go on with another", exact=True).click()
    expect(page.locator(".idea-state .pill")).to_have_text("draft")
    page.get_by_role("link", name="one system that always works").click()
    expect(page.locator(".idea-state .pill")).to_have_text("went on as another idea")
    expect(page.locator(".idea-why")).to_contain_text("Customers asked for tea")
