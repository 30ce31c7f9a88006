"""What two companies take home, and what never stands in it."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from partners.hypotheses import operations as trying
from partners.outcome import operations
from partners.outcome.boards.report import Report, draw_report
from partners.value_fit import operations as comparing
from partners.value_fit.models import Rating
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.hypotheses.conftest import WORDS, Ideas
from tests.outcome.conftest import IN_MAY, Outcome

pytestmark = pytest.mark.django_db


def drawn(outcome: Outcome, who: Membership | None = None, people: str = "names") -> Report:
    return draw_report(outcome.table.seen(who or outcome.cast.carla), people)


def page(outcome: Outcome, who: Membership, people: str = "names") -> str:
    path = f"/p/{outcome.cast.with_delonghi.pk}/report/?people={people}"
    html = outcome.cast.client(who).get(path).content.decode()
    article = html[html.index("<article") : html.index("</article>")].replace("<", " <")
    return " ".join(unescape(strip_tags(article)).split())


class TestItSays:
    def test_both_ratings_with_their_reasons_once_both_are_in(self, outcome: Outcome) -> None:
        table = outcome.table
        table.rate(outcome.cast.bo, table.marketing, table.shelf, 3, reason="Ten countries")
        table.rate(outcome.cast.carla, table.marketing, table.shelf, 2, reason="Not in Japan")
        text = page(outcome, outcome.cast.eli)
        assert "Shelf and channel marketing important met Retail marketing counts as mostly" in text
        assert "Nespresso: fully – Ten countries" in text
        assert "De'Longhi: mostly – Not in Japan" in text

    def test_what_was_guessed_or_noted_for_a_company_and_by_whom(self, outcome: Outcome) -> None:
        table, cast = outcome.table, outcome.cast
        table.rate(cast.bo, table.marketing, table.shelf, 3)
        table.rate(cast.ana, table.marketing, table.shelf, 2, of=cast.delonghi)
        assert "Nespresso: fully De'Longhi: mostly noted by Ana Vries" in page(outcome, cast.carla)
        Rating.objects.filter(organisation=cast.delonghi).update(stands_in=True, taken_down=False)
        assert "Nespresso: fully De'Longhi: mostly our guess, noted by Ana Vries" in page(outcome, cast.carla)
        assert "De'Longhi: mostly our guess, noted by AV" in page(outcome, cast.carla, "initials")
        assert "noted by" not in page(outcome, cast.carla, "none")
        assert "mostly our guess" in page(outcome, cast.carla, "none")
        Rating.objects.filter(organisation=cast.delonghi).update(confirmed_by=cast.carla)
        assert "mostly our guess" not in page(outcome, cast.carla)

    def test_figures_and_the_rules_they_come_from(self, outcome: Outcome) -> None:
        outcome.table.agree(outcome.table.licence, outcome.table.system)
        outcome.table.agree(outcome.table.marketing, outcome.table.shelf, 2)
        report = drawn(outcome)
        assert [value for _side, _company, value in report.agreed.met] == ["33 %", "50 %"]
        assert (report.agreed.fit, report.agreed.balance, report.rule_version) == ("33 %", "83 %", "fit-2")
        assert "Counted by the rules fit-2." in page(outcome, outcome.cast.carla)

    def test_what_is_agreed_open_opposed_decided_and_next(self, outcome: Outcome) -> None:
        sentence = outcome.accept(outcome.agreed())
        outcome.created("Perhaps something else")
        seen, table = outcome.table.seen(outcome.cast.bo), outcome.table
        comparing.declare_unmatched(seen=seen, note_id=table.pull.pk)
        pair = table.agree(table.making, table.design)
        comparing.say_interest(seen=seen, pair=pair, interest="opposed")
        operations.decide(seen=seen, verdict="go_on")
        operations.explain(seen=seen, text="Both gain")
        outcome.step("Ask ten shops", who="the trade", by_when=IN_MAY)
        comparing.start_round(seen=table.seen(outcome.cast.ana), name="Before lunch")
        report, text = drawn(outcome), page(outcome, outcome.cast.carla)
        assert [(each.text, each.is_agreed, each.is_accepted) for each in report.created] == [
            (sentence.text, True, True),
            ("Perhaps something else", False, False),
        ]
        assert {part.title: part.lines for part in report.open_parts}["nobody offers this"] == [
            "Demand pull of a premium brand (De'Longhi)"
        ]
        assert report.opposed == ["Machine design and making → Machine design and making"]
        for words in ("Go on", "Both gain", "Ask ten shops", "the trade", "May 29, 2025 (late)", "Before lunch"):
            assert words in text
        assert "Partnership Canvas after Bart Doorneweert" in text

    def test_intents_and_sheets_with_guesses_marked(self, outcome: Outcome) -> None:
        cast = outcome.cast
        sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
        cast.note("Reach homes", canvas=sheet, block="intent", basis="guess")
        report = drawn(outcome)
        (intent,) = report.sheets[0].intent
        assert (intent.text, intent.is_guess) == ("Reach homes", True)
        assert [part.title for part in report.sheets[0].parts] == ["Desired Value", "Value Offer"]
        assert "Reach homes our guess" in page(outcome, cast.carla)


class TestARatingWithoutItsOther:
    """Nobody learns it from the report: not the other side, not one's own."""

    @pytest.mark.parametrize("strength", [0, 1, 2, 3])
    def test_is_waiting_whatever_it_says(self, outcome: Outcome, strength: int) -> None:
        table = outcome.table
        table.rate(outcome.cast.bo, table.marketing, table.shelf, strength, reason="A secret reason")
        for name in ("ana", "bo", "carla", "eli"):
            text = page(outcome, outcome.cast.members[name])
            assert "Retail marketing waiting for De'Longhi" in text
            assert "A secret reason" not in text
            for word in ("not", "partly", "mostly", "fully"):
                assert f"Nespresso: {word}" not in text
        report = drawn(outcome, outcome.cast.bo)
        assert (report.agreed, report.hoped) == (drawn(outcome).agreed, drawn(outcome).hoped)
        (row,) = (row for way in report.directions for row in way.needs if row.pairs)
        assert (row.pairs[0].agreed, row.pairs[0].sayings, row.pairs[0].waits_for) == ("", (), ("De'Longhi",))

    def test_reads_alike_for_every_strength(self, outcome: Outcome) -> None:
        table, read = outcome.table, set()
        for strength in range(4):
            table.rate(outcome.cast.bo, table.marketing, table.shelf, strength)
            read.add(page(outcome, outcome.cast.carla))
        assert len(read) == 1


class TestPeople:
    @pytest.mark.parametrize(
        ("people", "there", "gone"),
        [
            ("names", ["Bo Keller", "Carla Rossi", "the trade"], []),
            ("initials", ["BK", "CR", "TT"], ["Bo Keller", "Carla", "the trade"]),
            ("none", ["Ask ten shops"], ["Bo Keller", "Carla", "BK", "the trade", "Eli"]),
            ("everything", ["Bo Keller"], []),
        ],
    )
    def test_by_name_by_initials_or_not_at_all(
        self, outcome: Outcome, people: str, there: list[str], gone: list[str]
    ) -> None:
        outcome.agreed()
        outcome.step("Ask ten shops", who="Carla Rossi")
        outcome.step("Pay", who="the trade")
        operations.decide(seen=outcome.table.seen(outcome.cast.bo), verdict="go_on")
        assert outcome.cast.nespresso.pk == outcome.cast.bo.organisation_id
        operations.assent(seen=outcome.table.seen(outcome.cast.bo), organisation_id=outcome.cast.nespresso.pk)
        text = page(outcome, outcome.cast.ana, people)
        assert [words for words in there if words not in text] == []
        assert [words for words in gone if words in text] == []

    def test_are_those_of_this_partnership(self, outcome: Outcome) -> None:
        everybody = [name for _company, people in drawn(outcome, outcome.cast.ana).people for name in people]
        assert sorted(everybody) == ["Ana Vries", "Bo Keller", "Carla Rossi", "Eli Stone"]

    def test_keep_a_companys_own_name(self, outcome: Outcome) -> None:
        outcome.step("Sign", who="De'Longhi")
        assert drawn(outcome, people="none").steps[0].who == "De'Longhi"


class TestJointIdeas:
    def test_by_state_with_their_evidence_and_what_must_be_true(self, outcome: Outcome) -> None:
        ideas = Ideas(outcome.table)
        ideas.add(title="Flagged", words=WORDS | {"must_customer": "They drink coffee at home"})
        ideas.validated()
        half = ideas.add(title="Half")
        ideas.test(half)
        ideas.accept(
            ideas.card(half, verdicts={"customer": "supports", "transfer": "supports", "model_end": "supports"})
        )
        ideas.add(title="Only thought of", flagged=False)
        trying.retire_idea(seen=outcome.table.seen(outcome.cast.bo), idea=ideas.add(title="Gone"), why="Too dear")
        text = page(outcome, outcome.cast.carla)
        said = text[text.index("Joint ideas to test") :]
        assert "holds for both evidence 4 of 5: a small real action with real stakes" in said
        assert "Half only for De'Longhi so far evidence 0 of 5: a guess" in said
        assert "Does it pay for Nespresso, after what it costs? not shown yet –" in said
        assert "Does the customer want it? They drink coffee at home not shown yet" in said
        assert "Gone dropped evidence 0 of 5: a guess Too dear" in said
        assert "Only thought of" not in said
        order = ["holds for both", "Half", "Flagged", "Gone"]
        assert sorted(order, key=said.index) == order

    def test_only_what_holds_for_both_is_green_or_ticked(self, outcome: Outcome) -> None:
        ideas = Ideas(outcome.table)
        half = ideas.add()
        ideas.test(half)
        ideas.accept(
            ideas.card(half, verdicts={"customer": "supports", "transfer": "supports", "model_end": "supports"})
        )
        [one] = drawn(outcome).ideas
        assert one.state.tone == "ask"
        assert {claim.tone for claim in one.claims} == {""}
        assert not any("check" in symbol for symbol in [one.state.symbol, *(claim.symbol for claim in one.claims)])

    def test_none_while_the_sheets_are_private(self, outcome: Outcome) -> None:
        Ideas(outcome.table).add(title="Hushed")
        seal(outcome.cast.viewer(outcome.cast.ana), outcome.cast.with_delonghi)
        for who in (outcome.cast.ana, outcome.cast.carla):
            assert drawn(outcome, who).ideas == []
            assert "Hushed" not in page(outcome, who)

    def test_cost_the_same_however_many_there_are(self, outcome: Outcome) -> None:
        ideas, counted = Ideas(outcome.table), []
        for more in (1, 4):
            for _ in range(more):
                ideas.validated()
            seen = outcome.table.seen(outcome.cast.carla)
            with CaptureQueriesContext(connection) as asked:
                draw_report(seen)
            counted.append(len(asked))
        assert counted[0] == counted[1]
