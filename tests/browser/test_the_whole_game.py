"""The partnership game of 65 minutes, shortened in time and not in steps.

A facilitator, the room screen and twelve guests from one address: two on phones in real browsers, ten as real HTTP
clients with cookies of their own. Source of the steps: GAME (domain reference, 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Browser, Page, expect

from partners.canvases.models import Canvas, Note
from partners.value_fit.models import JointSentence
from partners.workspaces.models import Invitation, Membership, Partnership
from tests.browser.conftest import PHONE, Visits
from tests.factories import Cast
from tests.live.listening import Server
from tests.plugins.seats import patient_context

pytestmark = pytest.mark.browser

SIDES = ("start", "end")
TITLE = "Home in three weeks"
TRANSFER = "A joint list meeting every week"
CREATED = "One plan from referral to walking"
REASON = "It clearly adds to both."
STEPS = ("Ask the doctors for a date", "Try it with five patients")


@dataclass
class Guest:
    """Somebody without an account, as the site sees them: a name, a side, and cookies."""

    name: str
    side: str
    base: str
    requests: APIRequestContext

    def post(self, address: str, **fields: object) -> APIResponse:
        """Send what a page's small request sends; what the site refuses fails the test."""
        answer = self.try_post(address, **fields)
        assert answer.ok, f"{self.name}: {address} {answer.status} {answer.text()[:300]}"
        return answer

    def try_post(self, address: str, **fields: object) -> APIResponse:
        """The same, whatever the site says to it."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.requests.storage_state()["cookies"]}
        sent: dict[str, str | float | bool] = {name: str(value) for name, value in fields.items()}
        headers = {
            "X-CSRFToken": cookies.get("csrftoken", ""),
            "Referer": self.base,
            "HX-Request": "true",
            "Idempotency-Key": str(uuid4()),
        }
        return self.requests.post(self.base + address, form=sent, headers=headers)

    def get(self, address: str) -> str:
        """Read a page."""
        answer = self.requests.get(self.base + address, headers={"Accept": "text/html"})
        assert answer.ok, f"{self.name}: {address} {answer.status}"
        return answer.text()

    def joins(self, code: str) -> None:
        """Come in by the code on the wall."""
        self.get(f"/join/{code}/")
        answer = self.post(f"/join/{code}/", name=self.name, side=self.side)
        assert "/models/" in answer.url or "/sketch/" in answer.url, answer.url


@dataclass
class Game:
    """One workshop on its way through the four steps."""

    visit: Visits
    facilitator: Guest
    partnership: Partnership
    guests: list[Guest]
    phones: dict[str, Page]
    sheets: dict[str, Canvas]
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The partnership's address."""
        return f"/p/{self.partnership.pk}"

    def team(self, side: str) -> list[Guest]:
        """The guests of one company who are not on a phone."""
        return [guest for guest in self.guests if guest.side == side]

    def company(self, side: str) -> UUID:
        """The company at a side."""
        return self.partnership.first_id if side == "start" else self.partnership.second_id

    def lead(self, do: str, where: str, **fields: str) -> None:
        """The facilitator uses the session bar."""
        here = f"{self.partnership.pk}/{where}/start"
        self.facilitator.post(f"/w/{self.partnership.workspace_id}/session/", do=do, here=here, **fields)

    def define_intent(self) -> None:
        """Step 1, 15 minutes: each team says why it wants a partnership."""
        self.lead("step", "sketch", step="intent")
        for side in SIDES:
            notes = f"/canvases/{self.sheets[side].pk}/notes/"
            self.team(side)[0].post(notes, id=uuid4(), block="intent", text=f"Why {side} wants it")
        expect(self.phones["start"].locator("[role=timer]")).to_contain_text("Define intent")

    def design(self) -> None:
        """Step 2, 15 minutes: each team fills its own sheet, and nothing of it reaches the other."""
        self.lead("step", "sketch", step="design")
        self.facilitator.post(f"{self.place}/seal/")
        for n, (kind, block) in product((1, 2, 3), (("need", "desired_value"), ("offer", "value_offer"))):
            for side in SIDES:
                text, note_id = f"{kind} {n} of {side} ({uuid4().hex[:6]})", uuid4()
                notes = f"/canvases/{self.sheets[side].pk}/notes/"
                self.team(side)[n].post(notes, id=note_id, block=block, text=text)
                self.notes[side, f"{kind} {n}"] = Note.objects.get(pk=note_id)
        for guest in self.guests:
            pages = (f"{self.place}/sketch/", f"{self.place}/compare/", f"/w/{self.partnership.workspace_id}/")
            seen = "".join(guest.get(page) for page in pages)
            theirs = [note.text for (side, _what), note in self.notes.items() if side != guest.side]
            assert not [text for text in theirs if text in seen]
        offer, need = self.notes["start", "offer 1"], self.notes["end", "need 1"]
        assert self.guests[0].try_post(f"{self.place}/pairs/", offer=offer.pk, need=need.pk).status == 404

    def negotiate(self) -> None:
        """Step 3, 15 minutes: reveal, put offers to needs, rate, agree what is joint."""
        self.lead("step", "compare", step="negotiate")
        self.facilitator.post(f"{self.place}/reveal/")
        self.lead("gather", "compare")
        for phone in self.phones.values():
            phone.wait_for_url(f"**{self.place}/compare/")
            self.visit.wait_until_live(phone)
        for needing, bringing, n, says, answers in (
            ("end", "start", 1, 3, 3),
            ("end", "start", 2, 2, 1),
            ("start", "end", 1, 3, 3),
        ):
            pair = {"offer": self.notes[bringing, f"offer {n}"].pk, "need": self.notes[needing, f"need {n}"].pk}
            for side, strength in ((needing, says), (bringing, answers)):
                company = self.company(side)
                ratings = f"{self.place}/ratings/"
                self.team(side)[n].post(ratings, organisation=company, strength=strength, **pair)
        _rate_on_the_phone(self.phones["end"], self.notes["end", "need 3"])
        self.team("start")[4].post(f"{self.place}/unmatched/", note=self.notes["start", "need 2"].pk)
        for side in SIDES:
            self.team(side)[1].post(f"{self.place}/looked-through/", organisation=self.company(side))
        expect(self.phones["end"].locator(".score-end .number")).to_have_text(re.compile(r"\d+ %"))
        for kind, words in (("transfer", TRANSFER), ("created", CREATED)):
            self.team("start")[2].post(f"{self.place}/sentences/", id=uuid4(), kind=kind, text=words)
            sentence = JointSentence.objects.get(partnership=self.partnership, text=words)
            for side in SIDES:
                yes = f"/sentences/{sentence.pk}/consent/"
                self.team(side)[3].post(yes, organisation=self.company(side), given="1", version=1)
            assert sentence.consents.count() == 2

    def evaluate(self) -> None:
        """Step 4, 20 minutes: does it clearly add to each business? Decide, with names."""
        self.lead("step", "outcome", step="evaluate")
        created = JointSentence.objects.get(partnership=self.partnership, kind="created")
        self.team("start")[0].post(f"/sentences/{created.pk}/acceptance/", accepted="1")
        models = Note.objects.filter(canvas__workspace=self.partnership.workspace_id, block="key_partners")
        assert models.count() == 2
        self.team("end")[0].post(f"{self.place}/decision/", verdict="go_on")
        self.team("end")[1].post(f"{self.place}/decision/reason/", text=REASON, base_version=0)
        for n, side in enumerate(SIDES):
            step = {"text": STEPS[n], "who": f"Guest {n}", "by_when": "2027-01-15"}
            self.team(side)[2].post(f"{self.place}/steps/", id=uuid4(), **step)

    def report(self) -> None:
        """The result, ready to be sent the same evening."""
        for guest in (self.facilitator, self.team("start")[0], self.team("end")[0]):
            report = guest.get(f"{self.place}/report/")
            for words in (TITLE, "Why start wants it", "Why end wants it", TRANSFER, CREATED, REASON, *STEPS):
                assert words in report, words
        paper = self.visit(self.visit.cast.ana, f"{self.place}/report/")
        assert paper.pdf()[:5] == b"%PDF-"


@pytest.fixture
def game(visit: Visits, cast: Cast, chromium: Browser, site: Server) -> Iterator[Game]:
    """One form has made the workshop, and twelve guests have come in by the code on the wall."""
    leads = visit(cast.ana, "/workshops/")
    leads.get_by_label("Title").fill(TITLE)
    leads.get_by_label("Our company").fill("Northlake")
    leads.get_by_label("Partner").fill("Fellmark")
    leads.get_by_label("Customer segment").fill("Patients needing planned surgery")
    leads.get_by_role("button", name="New workshop").click()
    leads.wait_for_url("**/p/**")
    partnership = Partnership.objects.get(workspace__title=TITLE)
    code = Invitation.objects.get(workspace=partnership.workspace_id, kind=Invitation.Kind.CODE).code
    base = f"http://127.0.0.1:{site.port}"
    contexts = [patient_context(chromium) for _ in range(10)]
    guests = [Guest(f"Guest {n}", SIDES[n % 2], base, context.request) for n, context in enumerate(contexts)]
    for guest in guests:
        guest.joins(code)
    names = zip(SIDES, ("Northlake", "Fellmark"), strict=True)
    yield Game(
        visit,
        Guest("Ana", "start", base, visit.browser_of(cast.ana).request),
        partnership,
        guests,
        {side: _phone(visit, code, side, company) for side, company in names},
        {side: _sheet(partnership, side) for side in SIDES},
    )
    for context in contexts:
        context.close()


def test_twelve_guests_play_the_whole_game(game: Game) -> None:
    assert Membership.objects.filter(workspace=game.partnership.workspace_id, user=None).count() == 12
    game.define_intent()
    game.design()
    game.negotiate()
    game.evaluate()
    game.report()


def _phone(visit: Visits, code: str, side: str, company: str) -> Page:
    """A guest on a phone joins with two taps and a name."""
    phone = visit(None, f"/join/{code}/", viewport=PHONE, has_touch=True, is_mobile=True, user_agent=f"phone {side}")
    phone.get_by_label("Your name").fill(f"Phone {side}")
    phone.get_by_role("button", name=f"Join {company}").tap()
    phone.wait_for_url("**/p/**")
    visit.wait_until_live(phone)
    return phone


def _sheet(partnership: Partnership, side: str) -> Canvas:
    company = partnership.first_id if side == "start" else partnership.second_id
    return Canvas.objects.get(partnership=partnership, organisation=company)


def _rate_on_the_phone(phone: Page, need: Note) -> None:
    """On a phone: next, next, dock, *mostly*."""
    row, at = phone.locator(f"#row-{need.pk}"), phone.locator(".pager-at")
    for place in (2, 3):
        phone.get_by_role("button", name="Next").tap()
        expect(at).to_have_text(f"{place} of 3")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Dock an offer here").tap()
    options = phone.locator("#popover .options li").first
    options.get_by_role("button", name="mostly").tap()
    expect(row).to_contain_text("waiting for Northlake")
