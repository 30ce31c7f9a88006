"""The four ideas of the example, walked to a decision by two people, each at home in one of the two companies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from partners.examples.operations import load
from partners.hypotheses.models import SynergyHypothesis
from partners.people.models import User
from partners.workspaces.models import Partnership
from tests.browser.conftest import Visits
from tests.browser.hands import Hands
from tests.factories import Cast

pytestmark = pytest.mark.browser

SHOPS = "Co-branded machines sold in appliance shops win pod members"
MILK = "Joint design of a milk machine opens a new user group"
CLUB = "Club card in the box lowers machine returns"
REPAIR = "Shared repair desk keeps members active"
CLAIMS = ("customer", "transfer", "model_start", "model_end")
SEND = """async ([path, fields]) => {
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
  const body = new URLSearchParams(fields)
  const answer = await fetch(path, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual" })
  return answer.type === "opaqueredirect" || answer.ok ? "" : `${answer.status} ${await answer.text()}`
}"""


@dataclass
class Example:
    """The example as it is loaded: Ana leads it for Nespresso, Paola is there for De'Longhi."""

    partnership: Partnership
    ana: User
    paola: User

    def idea(self, title: str) -> str:
        """The address of an idea."""
        return f"/ideas/{SynergyHypothesis.objects.get(partnership=self.partnership, title=title).pk}/"

    def member(self, user: User) -> str:
        """Who answers for a test."""
        return str(user.memberships.get(workspace=self.partnership.workspace_id).pk)


@pytest.fixture
def example(cast: Cast) -> Example:
    """The example, in a workshop of its own."""
    assert cast.ana.user
    workspace = load("nespresso-delonghi", cast.ana.user)
    paola = workspace.memberships.get(name="Paola Bianchi")
    paola.user = User.objects.create_user("paola@delonghi.example", name="Paola Bianchi")
    paola.save()
    return Example(workspace.partnerships.order_by("rank")[0], cast.ana.user, paola.user)


def send(page: Page, path: str, **fields: Any) -> None:
    """Send a form as the person at this page: by their own request, without opening the page that holds it."""
    pairs = [
        (name, each) for name, value in fields.items() for each in (value if isinstance(value, tuple) else [value])
    ]
    assert page.evaluate(SEND, [path, pairs]) == ""


def stands(page: Page, title: str, state: str) -> None:
    """Wait until an idea stands under a state on the board of somebody."""
    group = page.locator(".ideas-group", has=page.locator(".pill", has_text=state))
    expect(group.locator(".ideas-card", has_text=title)).to_have_count(1)


def card_of(page: Page, title: str) -> Locator:
    """What leads from the board to an idea."""
    return page.locator(".ideas-card").get_by_role("link", name=title)


@dataclass
class Writer:
    """Somebody who fills in forms by keys alone."""

    hands: Hands

    def write(self, label: str, words: str) -> None:
        """Go to a field and type; in a choice that finds what begins so."""
        self.hands.reach(self._field(label))
        self.hands.type(words)

    def tick(self, label: str) -> None:
        """Go to a box and tick it."""
        self.hands.reach(self._field(label))
        self.hands.press("Space")

    def press(self, control: Locator) -> None:
        """Go to a button or a link and press Enter on it."""
        self.hands.reach(control)
        self.hands.press("Enter")

    def _field(self, label: str) -> Locator:
        return self.hands.page.locator(".idea-form").get_by_label(re.compile(f"^{re.escape(label)}"))


def by_keys(visit: Visits, page: Page, example: Example) -> None:
    """Describe a test of the idea on this page, run it, and write down that all four claims hold; no mouse."""
    hands = Hands(page)
    ana = Writer(hands)
    ana.press(page.get_by_role("link", name="Describe a test", exact=True))
    page.wait_for_url("**/tests/")
    expect(page.get_by_text("At least 60 % of the buyers in 20 shops register within 8 weeks")).to_be_visible()
    for question in (
        "Does the customer want it?",
        "Can it get across?",
        "Does it pay for Nespresso",
        "Does it pay for De'",
    ):
        ana.tick(question)
    ana.write("Name", "Twenty shops")
    ana.write("We are right if", "60 % register, sell-out up 15 %")
    ana.write("By", "12312099")
    ana.write("Data points wanted", "200")
    ana.write("Who answers for it at Nespresso?", "Ana")
    ana.write("Who answers for it at De'Longhi?", "Paola")
    ana.press(page.get_by_role("button", name="Keep this test"))
    test = page.locator(".idea-test")
    expect(test).to_contain_text("Dec. 31, 2099")
    expect(test).to_contain_text("Paola Bianchi")
    visit.wait_until_live(page)
    ana.press(page.get_by_role("button", name="Start the test"))
    expect(test.locator(".pill")).to_have_text("runs")
    hands.see("after starting")
    ana.hands.reach(page.get_by_label("Data points so far"))
    hands.press("Control+a")
    hands.type("214")
    hands.press("Enter")
    expect(test).to_contain_text("214 of 200 data points")
    hands.see("after counting")
    ana.press(page.get_by_role("button", name="End the test"))
    expect(test.locator(".pill")).to_have_text("ended")
    hands.see("after the end")
    ana.press(page.get_by_role("link", name="Write down what was learned"))
    page.wait_for_url("**/learning/**")
    ana.write("We observed", "Of 214 buyers 141 registered, and sell-out rose by 17 %")
    ana.write("How strong is the evidence?", "4")
    for question in (
        "Does the customer want it?",
        "Can it get across?",
        "Does it pay for Nespresso",
        "Does it pay for De'",
    ):
        ana.write(question, "supp")
    ana.write("What it costs Nespresso", "A hostess in each shop")
    ana.write("What it costs De'Longhi", "One shelf")
    ana.write("Decision", "carry")
    ana.press(page.get_by_role("button", name="Keep this card"))
    expect(page.locator(".idea-card")).to_contain_text("214 data points")
    visit.wait_until_live(page)
    ana.press(page.get_by_role("button", name="Yes, Nespresso accepts this"))
    waits = page.get_by_role("link", name="What was learned waits for De'Longhi to accept it.")
    expect(waits).to_have_attribute("href", "#idea-cards")
    hands.see("after accepting")
    assert hands.mistakes == []


def learned_of(anas: Page, paolas: Page, example: Example, title: str, said: dict[str, str], **card: Any) -> None:
    """Take an idea from its test to a card that both companies accept, each by their own hand; both see each step."""
    idea, test, learned = example.idea(title), uuid4(), uuid4()
    owners = {"owner_start": example.member(example.ana), "owner_end": example.member(example.paola)}
    fields = {"title": "Trial", "criterion": "More than before", "due_on": "2099-12-31", "claims": tuple(said)}
    send(paolas, f"{idea}tests/", id=str(test), **fields, **owners)
    for page in (anas, paolas):
        stands(page, title, "test described")
    send(anas, f"{idea}tests/{test}/start/")
    send(paolas, f"{idea}tests/{test}/count/", points=30)
    for page in (anas, paolas):
        stands(page, title, "being tested")
    send(anas, f"{idea}tests/{test}/end/", ended=1)
    verdicts = {f"verdict-{claim}": outcome for claim, outcome in said.items()}
    about = {
        "observed": "What came of it",
        "observed_on": timezone.localdate().isoformat(),
        "data_points": 30,
        "level": 4,
        "tests": str(test),
    }
    send(paolas, f"{idea}learning/", id=str(learned), costs_start="4", costs_end="5", **about, **verdicts, **card)
    for page, company in ((anas, example.partnership.first_id), (paolas, example.partnership.second_id)):
        send(page, f"{idea}learning/{learned}/acceptance/", organisation=str(company), given=1)


def test_two_people_walk_the_four_ideas_to_a_decision(visit: Visits, cast: Cast, example: Example) -> None:
    board = f"/p/{example.partnership.pk}/ideas/"
    anas, paolas = visit(example.ana, board), visit(example.paola, board)
    for title in (SHOPS, MILK, CLUB, REPAIR):
        stands(paolas, title, "worth a test")
    Writer(Hands(anas)).press(card_of(anas, SHOPS))
    anas.wait_for_url(f"**{example.idea(SHOPS)}")
    visit.wait_until_live(anas)
    by_keys(visit, anas, example)
    stands(paolas, SHOPS, "nothing clear yet")

    paola = Writer(Hands(paolas))
    paola.press(card_of(paolas, SHOPS))
    paolas.wait_for_url(f"**{example.idea(SHOPS)}")
    visit.wait_until_live(paolas)
    expect(paolas.get_by_role("button", name="Yes, Nespresso accepts this")).to_have_count(0)
    asked: list[str] = []
    anas.on("request", lambda request: asked.append(request.url) if request.resource_type == "xhr" else None)
    paola.press(paolas.get_by_role("button", name="Yes, De'Longhi accepts this"))
    for page in (anas, paolas):
        expect(page.locator(".idea-state .pill")).to_have_text("holds for both")
        expect(page.locator("#idea-cards")).to_contain_text("accepted it, Paola Bianchi")
    assert len(asked) == 1, "all of an open idea is drawn anew by one request"
    paola.hands.see("after accepting")
    assert paola.hands.mistakes == []

    for page in (anas, paolas):
        page.locator(".crumb a").click()
        page.wait_for_url(f"**{board}")
        visit.wait_until_live(page)
    holds = dict.fromkeys(CLAIMS, "supports")
    learned_of(anas, paolas, example, MILK, holds | {"model_end": "unclear"}, decision="test_more")
    learned_of(anas, paolas, example, CLUB, holds | {"customer": "refutes"}, decision="pivot")
    learned_of(anas, paolas, example, REPAIR, dict.fromkeys(CLAIMS, "unclear"), decision="retire")
    for page in (anas, paolas):
        stands(page, SHOPS, "holds for both")
        stands(page, MILK, "only for Nespresso so far")
        stands(page, CLUB, "did not hold")
        stands(page, REPAIR, "nothing clear yet")
        expect(page.locator(".ideas-headline")).to_have_text("1 holds for both, 1 only for Nespresso, 1 to test next")
        expect(page.locator(".pill-ok")).to_have_text(["holds for both"])
        expect(page.locator(".ideas-card", has_text=MILK).locator("[href$='#check']")).to_have_count(0)

    card_of(paolas, REPAIR).click()
    expect(paolas.locator(".idea-state")).to_contain_text("Both companies accepted a card that says: drop it.")
    visit.wait_until_live(paolas)
    paolas.get_by_text("Drop", exact=True).click()
    paolas.get_by_label("Why?").and_(paolas.locator("#why-drop")).fill("Nobody used the desk")
    paolas.get_by_role("button", name="Drop it").click()
    expect(paolas.locator(".idea-why")).to_have_text("Why: Nobody used the desk")
    expect(anas.locator(".ideas-resting")).to_contain_text("Dropped, or went on as another idea 1")
    expect(anas.locator(".ideas-headline")).to_have_text("1 holds for both, 1 only for Nespresso")
