"""Every page for everybody: no violation that axe can find, light and dark, laptop and phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Page, expect

from partners.value_fit import operations as comparing
from partners.value_fit.models import JointSentence
from partners.workspaces.models import Invitation
from partners.workspaces.operations import follow_in_room, invite, seal
from tests.browser.conftest import LAPTOP, PHONE, Visits, Who
from tests.factories import Cast, crowd
from tests.value_fit.conftest import lay_table

pytestmark = [pytest.mark.browser, pytest.mark.axe]

Rules = Literal["all", "of colours"]
SCHEMES: dict[Literal["light", "dark"], Rules] = {"light": "all", "dark": "of colours"}
"""All is looked at in light; in dark, which changes nothing but colours, what is about colours."""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
Address = Callable[[Cast], str]


def in_workshop(name: str) -> Address:
    """A page of the workshop."""
    return lambda cast: reverse(f"workspaces:{name}", args=[cast.workspace.pk])


def in_partnership(name: str, *side: str) -> Address:
    """A place of the partnership with De'Longhi."""
    name = name if ":" in name else f"partnerships:{name}"
    return lambda cast: reverse(name, args=[cast.with_delonghi.pk, *side])


def plain(name: str) -> Address:
    """A page that needs nothing."""
    return lambda _cast: reverse(name)


def room(cast: Cast) -> str:
    """The room screen's link."""
    viewer = cast.viewer(cast.ana)
    made = invite(viewer=viewer, kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    return reverse("facilitation:room", args=[made.code])


def in_the_past(name: str, *more: int) -> Address:
    """A page about the past of Nespresso's business model."""
    return lambda cast: reverse(f"history:{name}", args=[cast.model(cast.nespresso).pk, *more])


def find(cast: Cast) -> str:
    """Something found."""
    return f"{reverse('workspaces:find', args=[cast.workspace.pk])}?q=note"


Pages = dict[str, tuple[str, Address]]
OUTSIDE: Pages = {
    "landing": ("nobody", plain("landing")),
    "sign in": ("nobody", plain("account_login")),
    "sign up": ("nobody", plain("account_signup")),
    "join": ("nobody", plain("join")),
    "join with a code": ("nobody", lambda cast: reverse("join-with", args=[cast.code.code])),
    "missing": ("nobody", lambda _cast: "/nowhere/"),
    "docs of the API": ("ana", plain("api:docs")),
}
AROUND: Pages = {
    "your workshops": ("ana", plain("workspaces:mine")),
    "account": ("ana", plain("people:me")),
    "tokens": ("ana", plain("tokens:tokens")),
    "workshop": ("ana", in_workshop("home")),
    "people and sharing": ("ana", in_workshop("members")),
    "companies": ("ana", in_workshop("organisations")),
    "settings": ("ana", in_workshop("settings")),
    "activity": ("ana", in_workshop("activity")),
    "find": ("ana", find),
    "trash": ("ana", lambda cast: reverse("history:trash", args=[cast.workspace.pk])),
    "emptying the trash": ("ana", lambda cast: reverse("history:emptying", args=[cast.workspace.pk])),
}
BOARDS: Pages = {
    "models": ("ana", in_partnership("model", "start")),
    "models, the partner's": ("carla", in_partnership("model", "start")),
    "sketch": ("ana", in_partnership("sketch")),
    "sketch, an observer's": ("eli", in_partnership("sheet", "end")),
    "compare": ("ana", in_partnership("comparisons:compare")),
    "compare, an observer's": ("eli", in_partnership("comparisons:compare")),
    "fit grid": ("ana", in_partnership("comparisons:grid")),
    "a sum": ("ana", lambda cast: reverse("comparisons:sums", args=[cast.with_delonghi.pk, "end"])),
    "joint sentences": ("ana", in_partnership("comparisons:sentences")),
    "rounds": ("ana", in_partnership("comparisons:rounds")),
    "what moved": ("ana", lambda cast: reverse("comparisons:moved", args=[cast.with_delonghi.pk, 1])),
    "outcome": ("ana", in_partnership("outcomes:outcome")),
    "report": ("ana", in_partnership("outcomes:report")),
    "room screen": ("nobody", room),
    "moments": ("ana", in_the_past("moments")),
    "moments, a guest's": ("carla", in_the_past("moments")),
    "two moments": ("ana", lambda cast: f"{in_the_past('compared')(cast)}?before=1"),
    "before restoring": ("ana", in_the_past("moment", 0)),
}


def compared(cast: Cast) -> None:
    """Something to see on every page of a comparison: pairs in each state, a joint sentence, a round that has ended."""
    table = lay_table(cast)
    table.agree(table.licence, table.system, 2)
    table.rate(cast.bo, table.marketing, table.shelf, 3, reason="Ten countries")
    table.rate(cast.carla, table.marketing, table.shelf, 1)
    table.rate(cast.carla, table.making, table.design, 0)
    seen = table.seen(cast.bo)
    comparing.declare_unmatched(seen=seen, note_id=table.pull.pk)
    comparing.add_sentence(seen=seen, kind=JointSentence.Kind.CREATED, text="Coffee from one switch")
    comparing.start_round(seen=table.seen(cast.ana), name="Before lunch")
    follow_in_room(viewer=cast.viewer(cast.ana), page=f"{cast.with_delonghi.pk}/compare/start")


def somebody(cast: Cast, name: str) -> Who:
    """A member of the cast by first name."""
    return None if name == "nobody" else cast.members[name]


def violations(page: Page, rules: Rules = "all") -> list[str]:
    """What axe finds, in a line each; it looks once all changes of colour have ended."""
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | ({"runOnly": OF_COLOURS} if rules == "of colours" else {})
    found = page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for each in found
        for node in each["nodes"]
    ]


def violations_in_both_schemes(page: Page) -> dict[str, list[str]]:
    """What axe finds by scheme; nothing when there is nothing."""
    found = {}
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found[scheme] = violations(page, rules)
    return {scheme: mistakes for scheme, mistakes in found.items() if mistakes}


@pytest.mark.parametrize("pages", [OUTSIDE, AROUND, BOARDS], ids=["outside", "around", "boards"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_no_page_has_a_violation(visit: Visits, cast: Cast, pages: Pages, viewport: dict[str, int]) -> None:
    crowd(cast, cast.model(cast.nespresso), 24)
    crowd(cast, cast.sheet(cast.with_delonghi, cast.nespresso), 12)
    if pages is BOARDS:
        compared(cast)
    found: dict[str, dict[str, list[str]]] = {}
    tabs: dict[str, Page] = {}
    for name, (who, address) in pages.items():
        if who in tabs:
            visit.lead(tabs[who], address(cast))
        else:
            tabs[who] = visit(somebody(cast, who), address(cast), viewport=viewport)
        if mistakes := violations_in_both_schemes(tabs[who]):
            found[name] = mistakes
    assert found == {}


def test_what_opens_over_a_board_has_none_either(visit: Visits, cast: Cast) -> None:
    note = cast.note("Brand", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="value_offer")
    page = visit(cast.ana, reverse("partnerships:sketch", args=[cast.with_delonghi.pk]))
    page.locator(f"#note-{note.pk}").hover()
    page.locator(f"#note-{note.pk}").get_by_role("button", name="More for this note").click()
    expect(page.locator("#popover .menu")).to_be_visible()
    assert violations(page) == []
    page.locator("#popover").get_by_role("button", name="Comments").click()
    expect(page.locator("#dialog .comments-panel")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Invite: code and QR").click()
    expect(page.locator("#dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_text("Brand", exact=True).dblclick()
    expect(page.locator("textarea:focus")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_what_lies_face_down_has_none_either(visit: Visits, cast: Cast, viewport: dict[str, int]) -> None:
    ana = cast.viewer(cast.ana)
    wall = room(cast)
    follow_in_room(viewer=ana, page=f"{cast.with_delonghi.pk}/sketch/end")
    seal(ana, cast.with_delonghi)
    own, theirs = (reverse("partnerships:sheet", args=[cast.with_delonghi.pk, side]) for side in ("start", "end"))
    models = reverse("partnerships:model", args=[cast.with_delonghi.pk, "start"])
    sealed = reverse("comparisons:compare", args=[cast.with_delonghi.pk])
    found: dict[str, dict[str, list[str]]] = {}
    for who, address in ((cast.bo, own), (cast.bo, theirs), (cast.eli, models), (cast.ana, sealed), (None, wall)):
        page = visit(who, address, viewport=viewport)
        if mistakes := violations_in_both_schemes(page):
            found[address] = mistakes
    assert found == {}


def test_the_reference_unfolded_has_none_either(visit: Visits) -> None:
    """What is folded is not looked at by axe, so here all is opened: part by part, for the whole is a long page."""
    page = visit(None, reverse("api:docs"))
    parts = page.evaluate_handle("[...document.querySelectorAll('section.paper')]")
    parts.evaluate("(parts) => parts.forEach((part) => part.remove())")
    looked_at = 0
    while parts.evaluate("(parts) => parts.length"):
        looked_at += parts.evaluate(
            """(parts) => {
                document.querySelector("main section.paper")?.remove()
                document.querySelector("main .stack").append(parts.shift())
                const folded = document.querySelectorAll("main details")
                folded.forEach((each) => { each.open = true })
                return folded.length
            }"""
        )
        assert violations(page) == []
    assert looked_at > 90
