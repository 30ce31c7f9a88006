"""The page of place 4 and the small requests on it, address by address."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.outcome import operations
from partners.outcome.boards.page import draw_outcome
from partners.outcome.models import Decision, NextStep
from partners.value_fit import operations as comparing
from partners.workspaces.models import Membership, Partnership
from partners.workspaces.operations import seal
from tests.outcome.conftest import Outcome

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def home(outcome: Outcome) -> str:
    return f"/p/{outcome.cast.with_delonghi.pk}"


def client(outcome: Outcome, name: str) -> Client:
    return outcome.cast.client(outcome.cast.members[name])


class TestThePage:
    @pytest.mark.parametrize("name", ["ana", "bo", "carla", "eli"])
    @pytest.mark.parametrize("place", ["outcome", "report"])
    def test_is_for_who_sees_the_partnership(self, outcome: Outcome, home: str, name: str, place: str) -> None:
        assert client(outcome, name).get(f"{home}/{place}/").status_code == 200

    @pytest.mark.parametrize("place", ["outcome", "report"])
    def test_does_not_exist_for_others(self, outcome: Outcome, home: str, place: str) -> None:
        assert client(outcome, "dan").get(f"{home}/{place}/").status_code == 404
        assert outcome.cast.client(outcome.cast.finn).get(f"{home}/{place}/").status_code == 404
        Partnership.objects.update(deleted_at="2025-01-01T00:00Z")
        assert client(outcome, "ana").get(f"{home}/{place}/").status_code == 404

    def test_gives_who_watches_nothing_to_press(self, outcome: Outcome, home: str) -> None:
        outcome.step()
        operations.decide(seen=outcome.table.seen(outcome.cast.bo), verdict="adapt")
        outcome.agreed()
        page = client(outcome, "eli").get(f"{home}/outcome/?edit=why").content.decode()
        assert "Adapt" in page
        assert "Ask ten shops" in page
        main = page[page.index("<main") : page.index("</main>")]
        assert not re.findall(r"hx-post|<textarea|type=\"(?:text|radio|checkbox|date)\"", main)

    def test_listens_to_what_is_written_on_it_and_asks_for_all_of_it_at_once(self, outcome: Outcome, home: str) -> None:
        page = client(outcome, "bo").get(f"{home}/outcome/").content.decode()
        assert "topic=outcome&amp;topic=compare" in page
        assert page.count("live:outcome from:body") == 1

    def test_shows_nothing_of_private_sheets(self, outcome: Outcome, home: str) -> None:
        outcome.step("Look for a third", finding="gap", note_id=outcome.table.pull.pk)
        outcome.created("A secret we keep")
        seal(outcome.cast.viewer(outcome.cast.ana), outcome.cast.with_delonghi)
        for place in ("outcome", "report"):
            page = client(outcome, "bo").get(f"{home}/{place}/").content.decode()
            assert "Look for a third" in page
            assert "rivate" in page
            for secret in ("Demand pull of a premium brand", "Retail marketing", "A secret we keep"):
                assert secret not in page

    @pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
    def test_costs_the_same_however_much_there_is(self, outcome: Outcome, home: str) -> None:
        costs: dict[str, list[int]] = {"outcome": [], "report": []}
        for count in (2, 30):
            sentence = outcome.agreed(f"Value {count}")
            outcome.accept(sentence, into="channels")
            for number in range(count):
                outcome.step(f"Step {number}", who="Carla Rossi", finding="gap", note_id=outcome.table.pull.pk)
            for number in range(count):
                outcome.created(f"Created {count} {number}")
                outcome.cast.note(f"Need {count} {number}", by=outcome.cast.ana, canvas=outcome.table.shelf.canvas,
                                  block="desired_value")  # fmt: skip
            comparing.start_round(seen=outcome.table.seen(outcome.cast.ana))
            for place, found in costs.items():
                browser = client(outcome, "carla")
                browser.get(f"{home}/{place}/")
                with CaptureQueriesContext(connection) as asked:
                    browser.get(f"{home}/{place}/")
                found.append(len(asked))
        for place, (few, many) in costs.items():
            assert few == many, place
            assert many <= {"outcome": 20, "report": 24}[place]


class TestWordsThatWerePutTogether:
    def test_are_told_for_a_step(self, outcome: Outcome) -> None:
        step = outcome.step("Ask shops")
        fields = {"who": "", "by_when": "", "base_version": "1"}
        client(outcome, "carla").post(f"/steps/{step.pk}/", fields | {"text": "Ask shops in Milan"}, headers=HTMX)
        answer = client(outcome, "bo").post(f"/steps/{step.pk}/", fields | {"text": "Ask ten shops"}, headers=HTMX)
        assert NextStep.objects.get(pk=step.pk).what == "Ask ten shops in Milan"
        self.tells(answer.content.decode(), "Carla Rossi")

    def test_are_told_for_the_reason(self, outcome: Outcome, home: str) -> None:
        for name, text, version in (
            ("bo", "It is cheap", 0),
            ("carla", "It is very cheap", 1),
            ("bo", "It is cheap now", 1),
        ):
            answer = client(outcome, name).post(
                f"{home}/decision/reason/", {"text": text, "base_version": version}, headers=HTMX
            )
        assert Decision.objects.get().why == "It is very cheap now"
        self.tells(answer.content.decode(), "Carla Rossi")

    def tells(self, answer: str, who: str) -> None:
        """It goes to the toasts, since its region is drawn anew, and offers the way back."""
        _, _, toast = answer.partition('<div hx-swap-oob="beforeend:#toasts">')
        assert f"Merged with {who}’s change" in toast
        assert "View both" in toast
        assert "/undo/" in toast


class TestTheDecision:
    def test_is_written_and_answered_as_its_part(self, outcome: Outcome, home: str) -> None:
        answer = client(outcome, "bo").post(f"{home}/decision/", {"verdict": "adapt"}, headers=HTMX)
        assert answer.content.decode().lstrip().startswith('<div class="choice" id="decision-choice"')
        assert Decision.objects.get().verdict == "adapt"

    def test_works_without_scripts(self, outcome: Outcome, home: str) -> None:
        browser = client(outcome, "bo")
        answer = browser.post(f"{home}/decision/", {"verdict": "go_on"})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{home}/outcome/")
        assert 'id="why-text"' in browser.get(f"{home}/outcome/?edit=why").content.decode()
        assert browser.post(f"{home}/decision/reason/", {"text": "Because", "base_version": "0"}).status_code == 302
        answer = browser.post(f"{home}/decision/reason/", {"text": "Otherwise", "base_version": "0"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Otherwise</textarea>" in page
        assert "Because</blockquote>" in page

    def test_of_two_reasons_gives_both_back(self, outcome: Outcome, home: str) -> None:
        for name, text, status in (("bo", "Cheap", 200), ("carla", "Dear", 409)):
            answer = client(outcome, name).post(
                f"{home}/decision/reason/", {"text": text, "base_version": "0"}, headers=HTMX
            )
            assert answer.status_code == status
        assert "Dear</textarea>" in answer.content.decode()
        assert "Cheap</blockquote>" in answer.content.decode()
        assert 'name="base_version" value="1"' in answer.content.decode()

    def test_keeps_what_is_too_long_in_the_field(self, outcome: Outcome, home: str) -> None:
        answer = client(outcome, "bo").post(f"{home}/decision/reason/", {"text": "x" * 1001}, headers=HTMX)
        assert answer.status_code == 422
        assert "x" * 1001 in answer.content.decode()

    def test_is_agreed_by_a_company_for_itself(self, outcome: Outcome, home: str) -> None:
        client(outcome, "bo").post(f"{home}/decision/", {"verdict": "go_on"})
        said = {"organisation": outcome.cast.delonghi.pk, "given": "1", "verdict": "go_on", "version": "0"}
        assert client(outcome, "bo").post(f"{home}/decision/assent/", said, headers=HTMX).status_code == 403
        assert client(outcome, "carla").post(f"{home}/decision/assent/", said, headers=HTMX).status_code == 200
        stale = said | {"verdict": "stop"}
        client(outcome, "carla").post(f"{home}/decision/assent/", said | {"given": ""}, headers=HTMX)
        assert client(outcome, "carla").post(f"{home}/decision/assent/", stale, headers=HTMX).status_code == 409


class TestSteps:
    def test_are_added_changed_ticked_moved_dropped_and_brought_back(self, outcome: Outcome, home: str) -> None:
        bo, made = client(outcome, "bo"), uuid4()
        wanted = {"id": made, "text": "Ask shops", "who": "Carla Rossi", "by_when": "2025-06-05"}
        answer = bo.post(f"{home}/steps/", wanted, headers=HTMX).content.decode()
        assert f'id="step-{made}"' in answer
        assert "Carla Rossi" in answer
        assert 'datetime="2025-06-05"' in answer
        answer = bo.post(f"/steps/{made}/tick/", {"done": "1"}, headers=HTMX).content.decode()
        assert "is-done" in answer
        changed = {"text": "Ask ten shops", "base_version": "1", "who": "", "by_when": ""}
        assert "Ask ten shops" in bo.post(f"/steps/{made}/", changed, headers=HTMX).content.decode()
        other = outcome.step("Pay")
        answer = bo.post(f"/steps/{made}/position/", {"after": other.pk}, headers=HTMX).content.decode()
        rank = re.search(r'data-rank="(\d+)"', answer)
        assert rank
        assert rank[1] > other.rank
        answer = bo.post(f"/steps/{made}/removal/", {"removed": "1"}, headers=HTMX).content.decode()
        drawn = NextStep.objects.get(pk=made).drawn
        assert f'<del data-gone="step-{made}" data-drawn="{drawn}"></del>' in answer
        assert 'class="toast"' in answer
        assert "Ask ten shops" in bo.post(f"/steps/{made}/removal/", {"removed": ""}, headers=HTMX).content.decode()

    def test_work_without_scripts(self, outcome: Outcome, home: str) -> None:
        bo, step = client(outcome, "bo"), outcome.step()
        assert f'id="step-{step.pk}-text"' in bo.get(f"{home}/outcome/?edit={step.pk}").content.decode()
        for path, fields in (("", {"text": "Ask"}), ("tick/", {"done": "1"}), ("removal/", {"removed": "1"})):
            assert bo.post(f"/steps/{step.pk}/{path}", fields).status_code == 302

    @pytest.mark.parametrize(
        "bad",
        [
            {"text": ""},
            {"text": "x" * 501},
            {"by_when": "tomorrow"},
            {"by_when": "1066-10-14"},
            {"who": "x" * 81},
            {"note": "no-id"},
            {"id": "no-id"},
            {"finding": "x" * 50},
        ],
        ids=lambda bad: next(iter(bad)),
    )
    def test_refuse_what_cannot_be_meant(self, outcome: Outcome, home: str, bad: dict[str, str]) -> None:
        before = outcome.last()
        answer = client(outcome, "bo").post(f"{home}/steps/", {"text": "Ask"} | bad, headers=HTMX)
        assert answer.status_code == 422
        assert outcome.told(before) == []

    def test_refuse_a_change_with_the_words_kept(self, outcome: Outcome) -> None:
        step = outcome.step()
        bad = {"text": "Ask twelve", "base_version": "1", "who": "Bo Keller", "by_when": "tomorrow"}
        answer = client(outcome, "bo").post(f"/steps/{step.pk}/", bad, headers=HTMX)
        assert answer.status_code == 422
        assert "Ask twelve</textarea>" in answer.content.decode()
        assert 'value="Bo Keller"' in answer.content.decode()

    def test_of_another_partnership_do_not_exist(self, outcome: Outcome) -> None:
        step = outcome.step()
        for path, fields in (("", {"text": "No"}), ("tick/", {"done": "1"}), ("removal/", {"removed": "1"})):
            for member in (outcome.cast.dan, outcome.cast.finn, None):
                assert outcome.cast.client(member).post(f"/steps/{step.pk}/{path}", fields).status_code == 404
        assert client(outcome, "bo").post(f"/steps/{uuid4()}/tick/", {"done": "1"}).status_code == 404

    def test_are_read_only_for_who_watches_or_belongs_elsewhere(self, outcome: Outcome, home: str) -> None:
        step = outcome.step()
        Membership.objects.filter(pk=outcome.cast.dan.pk).update(scope=Membership.Scope.WORKSPACE)
        for name in ("eli", "dan"):
            for path in (f"{home}/steps/", f"/steps/{step.pk}/"):
                answer = client(outcome, name).post(path, {"text": "No"}, headers=HTMX)
                assert answer.status_code == 403

    def test_dropped_meanwhile_keep_what_was_typed(self, outcome: Outcome) -> None:
        step = outcome.step()
        operations.remove_step(seen=outcome.table.seen(outcome.cast.carla), step=step)
        answer = client(outcome, "bo").post(f"/steps/{step.pk}/", {"text": "Ask ten"}, headers=HTMX)
        assert answer.status_code == 409
        assert answer.headers["X-Reason"] == "Somebody%20dropped%20this%20step."

    @pytest.mark.parametrize("path", ["", "tick/", "position/", "removal/"])
    def test_are_never_changed_by_looking(self, outcome: Outcome, path: str) -> None:
        assert client(outcome, "bo").get(f"/steps/{outcome.step().pk}/{path}").status_code == 405


class TestCreatedValue:
    def test_is_accepted_and_taken_back(self, outcome: Outcome) -> None:
        sentence, bo = outcome.agreed(), client(outcome, "bo")
        answer = bo.post(
            f"/sentences/{sentence.pk}/acceptance/", {"accepted": "1", "into": "revenue_streams"}, headers=HTMX
        )
        assert "now in Revenue Streams of Nespresso" in answer.content.decode()
        note = outcome.landed("nespresso", "revenue_streams")
        page = bo.post(f"/notes/{note.pk}/", {"text": "A pod buyer", "base_version": "1"}, headers=HTMX)
        assert page.status_code == 200
        answer = bo.post(f"/sentences/{sentence.pk}/acceptance/", {"accepted": ""}, headers=HTMX)
        assert "somebody has gone on with it: “A pod buyer”" in answer.content.decode()

    def test_is_put_into_a_model_later(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed())
        path = f"/sentences/{sentence.pk}/landing/"
        assert client(outcome, "carla").post(path, {"into": ""}, headers=HTMX).status_code == 422
        answer = client(outcome, "carla").post(path, {"into": "channels"}, headers=HTMX)
        assert "now in Channels of Nespresso" in answer.content.decode()

    def test_that_lacks_something_says_what(self, outcome: Outcome, home: str) -> None:
        sentence = outcome.created()
        answer = client(outcome, "bo").post(f"/sentences/{sentence.pk}/acceptance/", {"accepted": "1"}, headers=HTMX)
        assert answer.status_code == 422
        assert (
            "no need of De&#39;Longhi is met by an agreed pair yet"
            in client(outcome, "bo").get(f"{home}/outcome/").content.decode()
        )

    def test_is_not_for_who_watches_nor_known_elsewhere(self, outcome: Outcome) -> None:
        sentence = outcome.agreed()
        for name, status in (("eli", 403), ("dan", 404)):
            path = f"/sentences/{sentence.pk}/acceptance/"
            assert client(outcome, name).post(path, {"accepted": "1"}, headers=HTMX).status_code == status

    def test_is_no_transfer(self, outcome: Outcome) -> None:
        way = comparing.add_sentence(seen=outcome.table.seen(outcome.cast.bo), kind="transfer", text="By post")
        path = f"/sentences/{way.pk}/acceptance/"
        assert client(outcome, "bo").post(path, {"accepted": "1"}, headers=HTMX).status_code == 404


def test_what_is_open_is_grouped_by_its_kind(outcome: Outcome) -> None:
    table = outcome.table
    table.agree(table.licence, table.system)
    table.agree(table.marketing, table.shelf, 1)
    table.rate(outcome.cast.bo, table.making, table.design, 3)
    table.rate(outcome.cast.carla, table.making, table.design, 0)
    seen = table.seen(outcome.cast.bo)
    comparing.declare_unmatched(seen=seen, note_id=table.pull.pk)
    groups = draw_outcome(seen).open_points
    assert [(group.title, [point.text for point in group.points]) for group in groups] == [
        ("not met", ["Machine design and making"]),
        ("nobody offers this", ["Demand pull of a premium brand"]),
        (
            "no way across yet",
            ["Technology licence at cost → Working capsule system", "Retail marketing → Shelf and channel marketing"],
        ),
        ("partly met", ["Shelf and channel marketing"]),
        ("meets no need yet", ["Machine design and making"]),
    ]
