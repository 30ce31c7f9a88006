"""Two people write down what they decided, each in a browser of their own; and what they take home is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partners.outcome import operations
from partners.outcome.models import NextStep
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Visits
from tests.browser.noticing import undo_in_toast
from tests.browser.paper import pages_of
from tests.factories import Cast
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.browser


def steps(page: Page) -> list[str]:
    """What is to be done, in order."""
    return page.locator(".steps .what").all_inner_texts()


def test_two_people_write_the_minutes(visit: Visits, cast: Cast, outcome: Outcome, minutes: str) -> None:
    bos, carlas = visit(cast.bo, minutes), visit(cast.carla, minutes, viewport=PHONE)
    expect(bos.locator("#people-end")).to_contain_text("Carla Rossi")

    # Whoever decided is told when somebody decides otherwise.
    bos.get_by_role("radio", name="Go on").check()
    expect(carlas.get_by_role("radio", name="Go on")).to_be_checked()
    carlas.get_by_role("radio", name="Stop").check()
    expect(bos.get_by_role("status").filter(has_text="Carla Rossi decided otherwise: Stop")).to_be_visible()
    bos.get_by_role("radio", name="Adapt").check()
    expect(carlas.get_by_role("status").filter(has_text="Bo Keller decided otherwise: Adapt")).to_be_visible()
    carlas.get_by_role("button", name="Not decided after all").click()
    expect(bos.locator("#toasts .toast")).to_have_text("What you decided was taken back.")
    expect(carlas.locator("#toasts")).not_to_contain_text("taken back")

    bos.get_by_role("radio", name="Go on").check()
    carlas.get_by_role("button", name="Yes, De'Longhi agrees").click()
    expect(bos.locator("#decision-choice")).to_contain_text("De'Longhi agreed, Carla Rossi")
    expect(bos.get_by_role("radio", name="Go on")).to_be_focused()
    expect(bos.locator("#people-end")).to_contain_text("Carla Rossi")

    bos.get_by_role("link", name="Say why").click()
    expect(bos.get_by_label("Why?")).to_be_focused()
    bos.keyboard.type("Needs are met")
    bos.get_by_role("button", name="Save").click()
    expect(carlas.locator(".decision-why")).to_have_text("Needs are met")
    expect(carlas.get_by_role("button", name="Yes, De'Longhi agrees")).to_be_visible()

    bos.get_by_label("What is to be done?").fill("Ask ten shops")
    bos.get_by_label("Who does it?").fill("Carla Rossi")
    bos.get_by_label("By when?").fill("2099-06-05")
    bos.get_by_label("By when?").press("Enter")
    expect(carlas.locator(".step")).to_contain_text("Carla Rossi")
    expect(bos.get_by_label("What is to be done?")).to_have_value("")
    expect(bos.get_by_label("What is to be done?")).to_be_focused()
    carlas.get_by_label("Done: Ask ten shops").check()
    expect(bos.locator(".step.is-done")).to_have_count(1)

    carlas.get_by_role("button", name="Accept").click()
    expect(bos.locator("#candidates")).to_contain_text("now in Key Partners of Nespresso")
    carlas.get_by_role("button", name="Undo what I did last").click()
    expect(carlas.locator("#toasts")).to_contain_text("Undone: accepted")
    expect(bos.locator("#candidates")).not_to_contain_text("now in")


def test_an_open_point_becomes_a_step_and_one_without_a_connection_waits_in_its_list(
    visit: Visits, cast: Cast, outcome: Outcome, minutes: str
) -> None:
    page = visit(cast.carla, minutes)
    page.get_by_role("button", name="Make it a next step: Settle how “Technology licence at cost” gets across").click()
    expect(page.locator(".step")).to_contain_text("no way across yet: Technology licence at cost")
    expect(page.locator("#open-points").get_by_text("is a next step")).to_be_visible()
    (settle,) = steps(page)

    page.context.set_offline(True)
    page.get_by_label("What is to be done?").fill("Rent a stand")
    page.keyboard.press("Enter")
    expect(page.locator(".step.is-pending .what")).to_have_text("Rent a stand")
    assert steps(page) == [settle, "Rent a stand"]
    outcome.step("Pay")
    page.context.set_offline(False)
    expect(page.locator(".step.is-pending")).to_have_count(0)
    expect(page.locator(".steps .what")).to_have_count(3)
    for known in (steps(page), NextStep.objects.values_list("what", flat=True)):
        assert sorted(known) == ["Pay", "Rent a stand", settle]


def test_what_i_type_stays_while_others_write_and_is_merged_or_offered_beside_theirs(
    visit: Visits, cast: Cast, outcome: Outcome, minutes: str
) -> None:
    step = outcome.step("Ask shops")
    page = visit(cast.bo, minutes)
    page.get_by_role("button", name="More for “Ask shops”").click()
    page.get_by_role("button", name="Change", exact=True).click()
    field = page.locator(f"#step-{step.pk}-text")
    expect(field).to_be_focused()
    field.fill("Ask ten shops")
    page.get_by_role("heading", name="Next steps").click()
    operations.change_step(seen=outcome.table.seen(cast.carla), step=step, what="Ask shops in Milan")
    outcome.step("Pay", by=cast.carla)
    expect(page.locator("#open-points")).to_be_visible()
    expect(field).to_have_value("Ask ten shops")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(f"#step-{step.pk} .what")).to_have_text("Ask ten shops in Milan")
    expect(page.locator(".steps .what")).to_have_count(2)
    told = page.get_by_role("group", name="Merged with Carla Rossi’s change")
    told.get_by_text("View both").click()
    expect(told).to_contain_text("Ask shops in Milan")
    assert violations(page) == []
    told.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#step-{step.pk} .what")).to_have_text("Ask shops in Milan")
    expect(told).to_have_count(0)

    page.get_by_role("link", name="Say why").click()
    page.get_by_label("Why?").fill("Cheap")
    operations.explain(seen=outcome.table.seen(cast.carla), text="Dear")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("It reads now")
    expect(page.locator(".theirs")).to_have_text("Dear")
    expect(page.get_by_label("Why?")).to_have_value("Cheap")
    expect(page.locator("#drafts")).to_be_hidden()
    assert violations(page) == []
    page.get_by_label("Why?").fill("Neither cheap nor dear")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".decision-why")).to_have_text("Neither cheap nor dear")
    expect(page.locator("#drafts")).to_be_hidden()


def test_by_keys_steps_are_put_in_order_dropped_and_brought_back_and_the_focus_stays(
    visit: Visits, cast: Cast, outcome: Outcome, minutes: str
) -> None:
    for what in ("One", "Two", "Three"):
        outcome.step(what)
    page = visit(cast.bo, minutes)
    page.get_by_role("button", name="More for “Three”").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Move up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".steps .what").nth(1)).to_have_text("Three")
    page.get_by_role("button", name="More for “One”").press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    undo = undo_in_toast(page)
    expect(page.locator(".steps .what")).to_have_count(2)
    expect(page.get_by_label("Done: Three")).to_be_focused()
    undo.click()
    expect(page.locator(".steps .what")).to_have_count(3)
    assert steps(page) == ["One", "Three", "Two"]
    page.locator("#steps-title").click()
    page.keyboard.press("Control+z")
    expect(page.locator(".steps .what")).to_have_count(2)

    page.get_by_role("link", name="Say why").press("Enter")
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.type("Not this")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Say why")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Why?").fill("Needs are met")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("link", name="Change why")).to_be_focused()
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_role("button", name="Take the acceptance back")).to_be_visible()
    expect(page.locator("#candidates :focus")).to_be_visible()


@pytest.fixture
def written(outcome: Outcome, cast: Cast) -> Outcome:
    """An outcome with something of everything on it."""
    seen = outcome.table.seen(cast.bo)
    operations.decide(seen=seen, verdict="go_on")
    operations.explain(seen=seen, text="Both sides gain, and neither could alone.")
    outcome.step("Ask ten shops", who="Carla Rossi")
    outcome.created("Something that is not agreed")
    return outcome


def test_the_report_is_printed_upright_on_numbered_pages(
    visit: Visits, cast: Cast, written: Outcome, tmp_path: Path
) -> None:
    for number in range(24):
        written.step(f"Step {number + 1} of many, which is told in as many words as it takes to fill more than a line")
    page = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/report/")
    for paper, size in {"A4": [596, 843], "Letter": [612, 792]}.items():
        printed = page.pdf(path=tmp_path / f"{paper}.pdf", format=paper)
        (box,) = set(re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed))
        assert [round(float(side)) for side in box.split()] == size
        pages = pages_of(printed)
        assert len(pages) >= 2
        assert all(f"{number}/{len(pages)}" in words for number, words in enumerate(pages, start=1))
        first, last = pages[0], pages[-1]
        assert "NespressoandDe'Longhi" in first
        assert "Bothsidesgain,andneithercouldalone." in first
        assert "PartnershipCanvasafterBartDoorneweert" in last
        for words in ("Asktenshops", "Step24ofmany", "Shelfandchannelmarketing", "Eachmachinebringsarepeatpodbuyer"):
            assert sum(words in page for page in pages) >= 1, words
        for words in ("Print", "Initials", "Agenda"):
            assert not any(words in page for page in pages), words
        heads = ("Decision", "Nextsteps", "Howwelltheyfit", "Whatbothsketched", "People")
        assert not any(re.sub(r"\d+/\d+", "", words).endswith(heads) for words in pages), "a head stands alone"
