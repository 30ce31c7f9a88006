"""Joint ideas in real browsers: flagged from a pair, reworded by two, gone on with."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partners.hypotheses import operations
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Visits
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.browser


@pytest.fixture
def ideas(outcome: Outcome) -> Ideas:
    """What the two companies do with ideas, after they have compared and agreed."""
    return Ideas(outcome.table)


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


def test_an_idea_is_flagged_from_a_pair_while_the_other_company_looks_on(
    visit: Visits, cast: Cast, ideas: Ideas, minutes: str
) -> None:
    carlas = visit(cast.carla, minutes)
    bos = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/compare/")
    flag_from_a_pair(bos, ideas)
    expect(bos.locator(".idea-state .pill")).to_have_text("worth a test")
    assert violations(bos) == []
    expect(carlas.locator("#ideas")).to_contain_text("one system that always works")
    expect(carlas.locator("#ideas")).to_contain_text("worth a test")


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
    expect(carlas.locator("#people-start")).to_contain_text("Bo Keller")
    assert violations(carlas) == []


def test_both_wordings_are_offered_what_was_learned_becomes_old_and_the_idea_goes_on_as_another(
    visit: Visits, cast: Cast, ideas: Ideas
) -> None:
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

    page.get_by_text("Go on with another idea").click()
    operations.change_idea(seen=seen, idea=idea, importance=4)
    expect(page.get_by_label("How important is it?")).to_have_value("4")
    expect(page.locator("summary:focus")).to_have_text("Go on with another idea")  # still unfolded, and under the hand
    page.locator("#why-going-on").fill("Customers asked for tea")
    page.get_by_role("button", name="Go on with another", exact=True).click()
    expect(page.locator(".idea-state .pill")).to_have_text("draft")
    page.get_by_role("link", name="one system that always works").click()
    expect(page.locator(".idea-state .pill")).to_have_text("went on as another idea")
    expect(page.locator(".idea-why")).to_contain_text("Customers asked for tea")


def test_what_is_unfolded_stays_so_until_what_was_written_in_it_is_there(
    visit: Visits, cast: Cast, ideas: Ideas
) -> None:
    seen = ideas.table.seen(cast.carla)
    operations.ask_question(seen=seen, text="Who repairs the machines?")
    page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/rhythm/")
    answer = page.get_by_text("Answer Who repairs the machines?")
    answer.press("Enter")
    operations.ask_question(seen=seen, text="Who trains the shops?")
    expect(page.locator("#questions")).to_contain_text("Who trains the shops?")
    expect(answer).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("The shops")
    page.locator("#questions").get_by_role("button", name="Save").first.click()
    expect(page.locator("#questions .long")).to_have_text("The shops")
    expect(page.locator("#questions details[open]")).to_have_count(0)
