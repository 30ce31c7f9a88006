"""Every page for everybody: no violation that axe can find, light and dark, laptop and phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from partners.canvases.kinds import KINDS
from partners.hypotheses import operations as testing
from partners.outcome import operations as writing
from partners.value_fit import operations as comparing
from partners.value_fit.access import comparison_in
from partners.value_fit.models import JointSentence
from partners.workspaces.models import Invitation
from partners.workspaces.operations import follow_in_room, invite, seal
from tests.browser.axe import resize, violations, violations_everywhere
from tests.browser.conftest import LAPTOP, Visits, Who
from tests.factories import Cast, crowd
from tests.hypotheses.conftest import Ideas
from tests.outcome.conftest import Outcome
from tests.value_fit.conftest import lay_table

pytestmark = [pytest.mark.browser, pytest.mark.axe]

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


def of_idea(more: str = "") -> Address:
    """The page of the idea, or one beside it."""
    return lambda cast: reverse("ideas:idea", args=[cast.with_delonghi.hypotheses.get().pk]) + more


def review(cast: Cast) -> str:
    """The review of an iteration."""
    return reverse("ideas:review", args=[cast.with_delonghi.iterations.get().pk])


def personal(cast: Cast) -> str:
    """What somebody without an account is asked."""
    return reverse("join-with", args=[cast.workspace.invitations.get(kind="personal").code])


Pages = dict[str, tuple[str, Address]]
OUTSIDE: Pages = {
    "landing": ("nobody", plain("landing")),
    "sign in": ("nobody", plain("account_login")),
    "sign up": ("nobody", plain("account_signup")),
    "join": ("nobody", plain("join")),
    "join with a code": ("nobody", lambda cast: reverse("join-with", args=[cast.code.code])),
    "missing": ("nobody", lambda _cast: "/nowhere/"),
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
    "deadlines": ("ana", in_workshop("calendar")),
    "find": ("ana", find),
    "trash": ("ana", lambda cast: reverse("history:trash", args=[cast.workspace.pk])),
    "emptying the trash": ("ana", lambda cast: reverse("history:emptying", args=[cast.workspace.pk])),
}
BOARDS: Pages = {
    "models": ("ana", in_partnership("model", "start")),
    "models, the partner's": ("carla", in_partnership("model", "start")),
    "sketch": ("ana", in_partnership("sketch")),
    "sketch, an observer's": ("eli", in_partnership("sheet", "end")),
    "room screen": ("nobody", room),
}
COMPARING: Pages = {
    "compare": ("ana", in_partnership("comparisons:compare")),
    "compare, an observer's": ("eli", in_partnership("comparisons:compare")),
    "fit grid": ("ana", in_partnership("comparisons:grid")),
    "a sum": ("ana", lambda cast: reverse("comparisons:sums", args=[cast.with_delonghi.pk, "end"])),
    "joint sentences": ("ana", in_partnership("comparisons:sentences")),
    "rounds": ("ana", in_partnership("comparisons:rounds")),
    "what moved": ("ana", lambda cast: reverse("comparisons:moved", args=[cast.with_delonghi.pk, 1])),
    "outcome": ("carla", in_partnership("outcomes:outcome")),
    "report": ("ana", in_partnership("outcomes:report")),
    "rhythm": ("carla", in_partnership("ideas:rhythm")),
    "review": ("carla", review),
}
IDEAS: Pages = {
    "flagging an idea": ("ana", in_partnership("ideas:new")),
    "an idea": ("carla", of_idea()),
    "an idea being reworded": ("ana", of_idea("?edit=words")),
    "an idea, an observer's": ("eli", of_idea()),
    "describing a test": ("ana", of_idea("tests/")),
    "a learning card": ("carla", of_idea("learning/")),
    "asked by a personal link": ("nobody", personal),
    "timeline": ("carla", in_partnership("ideas:timeline")),
    "timeline of a workshop": ("ana", lambda cast: reverse("ideas:workshop-timeline", args=[cast.workspace.pk])),
    "outcome with ideas": ("eli", in_partnership("outcomes:outcome")),
}
PAST: Pages = {
    "moments": ("ana", in_the_past("moments")),
    "moments, a guest's": ("carla", in_the_past("moments")),
    "two moments": ("ana", lambda cast: f"{in_the_past('compared')(cast)}?before=1"),
    "before restoring": ("ana", in_the_past("moment", 0)),
}
GROUPS = {"outside": OUTSIDE, "around": AROUND, "boards": BOARDS, "comparing": COMPARING, "ideas": IDEAS, "past": PAST}


def compared(cast: Cast) -> None:
    """Something to see on every page of a comparison: pairs in each state, what carries them, a round that has ended,
    and what the two companies wrote down."""
    table = lay_table(cast)
    outcome = Outcome(table)
    table.rate(cast.bo, table.brand, table.system, 3, reason="Ten countries")
    table.rate(cast.carla, table.brand, table.system, 1)
    table.rate(cast.carla, table.marketing, table.design, 0)
    seen = table.seen(cast.bo)
    comparing.declare_unmatched(seen=seen, note_id=table.pull.pk)
    outcome.agreed()
    outcome.created("Coffee from one switch")
    comparing.add_sentence(seen=seen, kind=JointSentence.Kind.TRANSFER, text="Licence and specifications")
    comparing.start_round(seen=table.seen(cast.ana), name="Before lunch")
    table.agree(table.making, table.design)
    writing.decide(seen=seen, verdict="go_on")
    writing.explain(seen=seen, text="Both sides gain, and neither could alone.")
    outcome.step("Ask ten shops", who="Carla Rossi")
    testing.plan_iteration(seen=seen, name="Spring", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 20))
    testing.ask_question(seen=seen, text="Who trains the shops?")
    follow_in_room(viewer=cast.viewer(cast.ana), page=f"{cast.with_delonghi.pk}/compare/start")


def learned(cast: Cast) -> None:
    """An idea with something of everything: a test that is late and was changed late, cards old, new and accepted."""
    ideas = Ideas(lay_table(cast))
    idea, bo = ideas.add(), ideas.table.seen(cast.bo)
    ideas.test(idea)
    ideas.accept(ideas.card(idea))
    testing.reword_idea(seen=bo, idea=idea, words={"segment": "hotels"})
    test = ideas.started(idea, by_product=True, points_wanted=100, due_on=date(2026, 3, 2))
    testing.change_test(seen=bo, test=test, criterion="20 of 100", why="Two shops closed")
    saw = ideas.card(
        idea, verdicts={"customer": "refutes", "model_end": "supports"}, costs_end="", decision="test_more"
    )
    seen = ideas.table.seen(cast.carla)
    testing.ask_to_accept(seen=seen, card=saw, organisation_id=cast.delonghi.pk, name="Giulia Neri")


def somebody(cast: Cast, name: str) -> Who:
    """A member of the cast by first name."""
    return None if name == "nobody" else cast.members[name]


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_no_page_has_a_violation(visit: Visits, cast: Cast, group: Pages) -> None:
    for canvas in (cast.model(cast.nespresso), cast.sheet(cast.with_delonghi, cast.nespresso)):
        crowd(cast, canvas, len(KINDS[canvas.kind].blocks))
    if group in (BOARDS, COMPARING):
        compared(cast)
    if group is IDEAS:
        learned(cast)
    found: dict[str, dict[str, list[str]]] = {}
    tabs: dict[str, Page] = {}
    for name, (who, address) in group.items():
        if who in tabs:
            visit.lead(tabs[who], address(cast))
        else:
            tabs[who] = visit(somebody(cast, who), address(cast))
        if mistakes := violations_everywhere(tabs[who]):
            found[name] = mistakes
    assert found == {}


def test_what_opens_over_a_board_has_none_either(visit: Visits, cast: Cast) -> None:
    note = cast.note("Brand", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="value_offer")
    seen = comparison_in(cast.viewer(cast.ana), cast.with_delonghi.pk)
    comparing.add_sentence(seen=seen, kind=JointSentence.Kind.TRANSFER, text="Licence and specifications")
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
    visit.lead(page, reverse("comparisons:sentences", args=[cast.with_delonghi.pk]))
    page.get_by_role("button", name="Reword").click()
    expect(page.locator(".joint-edit")).to_be_visible()
    assert violations(page) == []


def test_what_lies_face_down_has_none_either(visit: Visits, cast: Cast) -> None:
    ana = cast.viewer(cast.ana)
    wall = room(cast)
    follow_in_room(viewer=ana, page=f"{cast.with_delonghi.pk}/sketch/end")
    seal(ana, cast.with_delonghi)
    own, theirs = (reverse("partnerships:sheet", args=[cast.with_delonghi.pk, side]) for side in ("start", "end"))
    models = reverse("partnerships:model", args=[cast.with_delonghi.pk, "start"])
    sealed = reverse("comparisons:compare", args=[cast.with_delonghi.pk])
    found: dict[str, dict[str, list[str]]] = {}
    for who, address in ((cast.bo, own), (cast.bo, theirs), (cast.eli, models), (cast.ana, sealed), (None, wall)):
        page = visit(who, address)
        if mistakes := violations_everywhere(page):
            found[address] = mistakes
    assert found == {}


# Operations are of one kind when they are made of the same: elements by their path with classes, their attributes, and
# whether they say anything. The rest is words.
MADE_OF = """
(within) => [...within.querySelectorAll("*")].map((element) => {
    const path = []
    for (let each = element; each !== within.parentElement; each = each.parentElement)
        path.push([each.localName, ...each.classList].join("."))
    const said = element.textContent.trim() ? "" : " empty"
    return path.join(" < ") + ` [${element.getAttributeNames().sort()}]${said}`
})
"""


def test_the_reference_has_none_folded_or_unfolded(visit: Visits, cast: Cast) -> None:
    """All of it folded, and then opened: one operation of each kind, for axe loses its breath on a long page."""
    page = visit(cast.ana, reverse("api:docs"))
    folded = page.evaluate_handle(
        f"""() => [...document.querySelectorAll("main details")].map((each) => {{
            const within = each.querySelector(".within"), made = ({MADE_OF})(within)
            within.remove()
            return [each, within, made]
        }})"""
    )
    assert violations_everywhere(page) == {}
    resize(page, LAPTOP)
    page.evaluate("document.querySelectorAll('main section.paper:has(~ section)').forEach((each) => each.remove())")
    opened, left = folded.evaluate(
        """(folded) => {
            const shown = new Set()
            const some = folded.filter(([each, within, made]) => {
                const kind = [...new Set(made)].sort().join()
                return !shown.has(kind) && shown.add(kind)
            })
            some.forEach(([each, within]) => { each.append(within); each.open = true })
            document.querySelector("main section.paper .folded").replaceChildren(...some.map(([each]) => each))
            return [some.length, folded.length - some.length]
        }"""
    )
    assert opened > 10
    assert left > 90
    assert violations(page) == []
