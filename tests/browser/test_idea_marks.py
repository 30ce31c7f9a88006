"""Joint ideas on the notes they rest on: what others do with an idea shows there; deleting such a note asks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.hypotheses import operations
from partners.hypotheses.models import SynergyHypothesis
from tests.browser.axe import violations, violations_everywhere
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


@pytest.fixture
def idea(ideas: Ideas) -> SynergyHypothesis:
    """An idea that rests on Nespresso's licence put to the system that De'Longhi needs."""
    pair = ideas.table.agree(ideas.table.licence, ideas.table.system)
    return ideas.add(title="One system", pairs=[pair.pk], notes=[ideas.table.licence.pk])


@pytest.fixture
def sketch(cast: Cast) -> str:
    """The sheet of Nespresso about the partnership."""
    return f"/p/{cast.with_delonghi.pk}/sketch/start/"


def marks_on(page: Page, note: Note) -> Locator:
    """The marks on a note of a sheet."""
    return page.locator(f"#note-{note.pk} .idea-mark")


def test_what_somebody_does_with_an_idea_shows_on_its_notes(
    visit: Visits, cast: Cast, ideas: Ideas, idea: SynergyHypothesis, sketch: str
) -> None:
    licence = ideas.table.licence
    bos = visit(cast.bo, sketch)
    compare = visit(cast.eli, f"/p/{cast.with_delonghi.pk}/compare/")
    expect(marks_on(bos, licence)).to_contain_text("idea: worth a test")
    on_pair = compare.locator("[data-pair] .idea-mark")
    expect(on_pair).to_contain_text("idea: worth a test")
    expect(compare.locator(".idea-mark")).to_have_count(1)

    ideas.test(idea)
    carlas = visit(cast.carla, f"/ideas/{idea.pk}/")
    carlas.get_by_role("button", name="Start the test").click()
    expect(marks_on(bos, licence)).to_contain_text("idea: being tested")
    expect(on_pair).to_contain_text("idea: being tested")

    half = {"customer": "supports", "transfer": "supports", "model_start": "supports"}
    ideas.accept(ideas.card(idea, verdicts=half))
    only = marks_on(bos, licence)
    expect(only).to_contain_text("idea: only for Nespresso so far")
    expect(only).to_have_class("idea-mark is-ask")

    # Drawn anew by somebody's edit, in the middle of a rating, the marks stay.
    sheet = cast.seen(cast.ana, licence.canvas)
    sheets.edit_note(sheet=sheet, note=licence, text="Technology licence below cost")
    expect(bos.locator(f"#note-{licence.pk} .text")).to_have_text("Technology licence below cost")
    expect(only).to_contain_text("only for Nespresso")
    expect(compare.locator("[data-pair] .note .text").first).to_contain_text("below cost")
    expect(on_pair).to_contain_text("only for Nespresso")

    Hands(bos).on("Technology licence below cost", "Enter", "Escape")
    expect(only).to_contain_text("only for Nespresso")
    operations.remove_idea(seen=ideas.table.seen(cast.carla), idea=idea)
    expect(bos.locator(".idea-mark")).to_have_count(0)
    expect(compare.locator(".idea-mark")).to_have_count(0)


def test_by_keys_deleting_marked_notes_asks_and_a_mark_leads_to_its_idea(
    visit: Visits, cast: Cast, ideas: Ideas, idea: SynergyHypothesis, sketch: str
) -> None:
    page = visit(cast.bo, sketch)
    hands = Hands(page)
    licence = page.locator(f"#note-{ideas.table.licence.pk}")
    dialog = page.get_by_role("dialog")
    hands.on("Technology licence", "Delete")
    expect(dialog).to_contain_text("The joint idea “One system” rests on this note. It keeps the words.")
    expect(dialog.get_by_role("button", name="Keep")).to_be_focused()
    assert violations(page) == []
    hands.press("Enter")
    expect(dialog).to_have_count(0)
    expect(licence).to_be_visible()
    expect(licence).to_be_focused()

    hands.press("Delete")
    hands.reach(dialog.get_by_role("button", name="Delete the note"))
    hands.press("Enter")
    expect(licence).to_have_count(0)
    hands.see("after deleting")
    page.get_by_role("button", name="Undo").last.click()
    expect(licence).to_be_visible()
    mark = marks_on(page, ideas.table.licence)
    expect(mark).to_contain_text("worth a test")

    # Several notes ask once.
    notes = page.locator(".sheet [data-block=value_offer] .note")
    expect(notes).to_have_count(2)
    notes.first.focus()
    hands.press("Control+a")
    page.locator(".selection-bar").get_by_role("button", name="Delete").click()
    expect(dialog).to_contain_text("Delete these 2 notes?")
    expect(notes).to_have_count(2)
    dialog.get_by_role("button", name="Delete 2 notes").click()
    expect(notes).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(notes).to_have_count(2)

    expect(mark).to_have_attribute("tabindex", "-1")
    hands.on("Technology licence", "Tab")
    expect(mark).to_be_focused()
    expect(mark).to_have_accessible_name("idea: worth a test (“One system”)")
    hands.see("on the mark")
    hands.press("Shift+Tab", "Shift+Tab")
    expect(mark).to_have_attribute("tabindex", "-1")
    hands.on("Technology licence", "Tab", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("One system")
    assert hands.mistakes == []


def test_deleting_asks_from_the_menu_of_a_phone(
    visit: Visits, cast: Cast, ideas: Ideas, idea: SynergyHypothesis
) -> None:
    page = visit(cast.carla, f"/p/{cast.with_delonghi.pk}/sketch/end/", viewport=PHONE)
    system = page.locator(f"#note-{ideas.table.system.pk}")
    page.locator("[data-show-block=desired_value]").click()
    system.hover()
    system.get_by_role("button", name="More for this note").click()
    page.locator("#popover").get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("“One system”")
    assert violations(page) == []
    dialog.get_by_role("button", name="Delete the note").click()
    expect(system).to_have_count(0)
    visit.lead(page, f"/ideas/{idea.pk}/")
    expect(page.locator("main")).to_contain_text("Working capsule system")


@pytest.mark.axe
def test_axe_finds_nothing_on_marked_notes(visit: Visits, cast: Cast, ideas: Ideas, idea: SynergyHypothesis) -> None:
    operations.retire_idea(
        seen=ideas.table.seen(cast.bo), idea=ideas.add(notes=[ideas.table.licence.pk]), why="Too dear"
    )
    found = {}
    for place in ("sketch/start/", "models/start/", "compare/"):
        page = visit(cast.bo, f"/p/{cast.with_delonghi.pk}/{place}")
        expect(page.locator(".idea-mark").first).to_be_visible()
        if mistakes := violations_everywhere(page):
            found[place] = mistakes
    assert found == {}
