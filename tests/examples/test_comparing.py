"""The examples' comparisons: every row of the worked tables, rated by both sides, and the sums made of them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

import pytest

from partners.examples.operations import reset
from partners.examples.reading import SLUGS, parse, read
from partners.examples.recipe import RecipeError
from partners.outcome import operations as outcomes
from partners.outcome.models import Decision, NextStep
from partners.people.models import User
from partners.value_fit import operations as comparing
from partners.value_fit.access import comparison_in
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.value_fit.queries import Comparison, comparison
from partners.value_fit.rules import FindingKind, Scores, Side, findings, scores
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Membership, Workspace
from partners.workspaces.operations.copies import copy_without_notes
from tests.examples.again import ana_again, loaded
from tests.examples.tables import FITS
from tests.examples.test_library import SOUND

pytestmark = pytest.mark.django_db


class Row(NamedTuple):
    """A row of a worked table, as it is printed."""

    offer: str
    desire: str
    direction: str
    strength: str
    note: str

    @property
    def bringing(self) -> Side:
        return "start" if self.direction == "A→B" else "end"

    @property
    def needing(self) -> Side:
        return "end" if self.direction == "A→B" else "start"


def rows(slug: str, *, rated: bool) -> list[Row]:
    """The rows of an example that have a strength, or those that have none."""
    lines = FITS[slug].strip().split("\n")
    table = [Row(*(cell.strip() for cell in line.split("|"))) for line in lines]
    return [row for row in table if row.strength.isdigit() == rated]


@pytest.fixture
def ana() -> User:
    return ana_again()


def compared(workspace: Workspace) -> Comparison:
    """What stands on the example's negotiating table now."""
    living = workspace.partnerships.filter(deleted_at=None).select_related("first", "second")
    return comparison(living.order_by("rank")[0])


def facilitator(workspace: Workspace) -> Viewer:
    members = Membership.objects.select_related("workspace", "organisation")
    return viewer_as(members.get(workspace=workspace, role=Membership.Role.FACILITATOR))


def rounded(found: Scores) -> tuple[float, ...]:
    """Coverage of the first company and of the second, fit, and balance, as they are told."""
    values = (found.coverage["start"].value, found.coverage["end"].value, found.fit, found.balance)
    start, end, fit, balance = (float(value) for value in values if value is not None)
    return (round(start, 2), round(end, 2), round(fit, 2), round(balance, 3))


class TestNumbers:
    def test_are_those_of_the_worked_sums(self, ana: User) -> None:
        table = compared(loaded("hip-replacement", ana)).table
        agreed = scores(table)
        assert rounded(agreed) == (0.87, 0.54, 0.54, 0.675)
        assert (agreed.coverage["start"].value, agreed.coverage["end"].value) == (Fraction(13, 15), Fraction(13, 24))
        assert scores(table, with_guesses=True) == agreed, "nothing rests on a guess"

    def test_of_the_public_case_are_full(self, ana: User) -> None:
        assert rounded(scores(compared(loaded("nespresso-delonghi", ana)).table)) == (1, 1, 1, 1)

    @pytest.mark.parametrize("slug", SLUGS)
    def test_leave_nothing_unlooked_at_and_are_not_one_sided(self, slug: str, ana: User) -> None:
        kinds = {found.kind for found in findings(compared(loaded(slug, ana)).table)}
        assert kinds <= {FindingKind.MET, FindingKind.GAP, FindingKind.SURPLUS}


@pytest.mark.parametrize("slug", SLUGS)
class TestRows:
    def test_with_a_strength_are_rated_so_by_both_sides(self, slug: str, ana: User) -> None:
        table, papers = compared(loaded(slug, ana)), read(slug).by_key
        told = {(pair.offer_id, pair.need_id): (pair.needing, pair.bringing) for pair in table.pairs}
        assert len(told) == len(rows(slug, rated=True))
        for row in rows(slug, rated=True):
            (offer,) = (note for note in table.offers(row.bringing) if note.text == papers[row.offer].text)
            (need,) = (note for note in table.needs(row.needing) if note.text == papers[row.desire].text)
            needing, bringing = told[offer.pk, need.pk]
            assert needing is not None
            assert bringing is not None
            assert (needing.strength, bringing.strength) == (int(row.strength), int(row.strength))
            assert not any(said.is_guess or said.taken_down for said in (needing, bringing))

    def test_without_a_match_are_declared_to_have_none(self, slug: str, ana: User) -> None:
        table, papers = compared(loaded(slug, ana)), read(slug).by_key
        expected: dict[FindingKind, set[UUID]] = {FindingKind.GAP: set(), FindingKind.SURPLUS: set()}
        for row in rows(slug, rated=False):
            key, side = (row.desire, row.needing) if row.strength == "gap" else (row.offer, row.bringing)
            things = table.needs(side) if row.strength == "gap" else table.offers(side)
            expected[FindingKind(row.strength)] |= {note.pk for note in things if note.text == papers[key].text}
        found = findings(table.table)
        for kind, notes in expected.items():
            assert {finding.notes[0] for finding in found if finding.kind is kind} == notes

    def test_keep_their_notes_as_a_reason_or_a_comment(self, slug: str) -> None:
        recipe = read(slug)
        for row in (row for rated in (True, False) for row in rows(slug, rated=rated) if row.note):
            reasons = [
                said.reason
                for match in recipe.matches
                if (match.offer, match.need) == (row.offer, row.desire)
                for said in match.ratings
            ]
            comments = [remark.text for remark in recipe.comments if remark.on in (row.offer, row.desire)]
            words = [word for word in re.findall(r"\w+", row.note) if len(word) > 4]
            assert any(word in " ".join(reasons + comments) for word in words + [row.note.split()[0].title()]), row


@pytest.mark.parametrize("slug", SLUGS)
class TestJointSentences:
    def test_of_both_sheets_are_agreed_and_carry_all_pairs(self, slug: str, ana: User) -> None:
        table = compared(loaded(slug, ana))
        transfers = table.joint(JointSentence.Kind.TRANSFER)
        assert len(transfers) == 3
        assert sum(table.is_agreed(sentence) for sentence in transfers) == 2
        assert not [found for found in findings(table.table) if found.kind is FindingKind.TRANSFER_GAP]

    def test_say_what_becomes_possible_for_the_customer_and_each_company(self, slug: str, ana: User) -> None:
        table = compared(loaded(slug, ana))
        gains = [
            (sentence.row.organisation_id, table.is_agreed(sentence))
            for sentence in table.joint(JointSentence.Kind.CREATED)
        ]
        first, second = table.partnership.first_id, table.partnership.second_id
        assert gains == [(None, True), (first, True), (second, True), (first, False)]


def test_a_reset_puts_the_comparison_back(ana: User) -> None:
    workspace = loaded("hip-replacement", ana)
    before = compared(workspace)
    seen = comparison_in(facilitator(workspace), before.partnership.pk)
    comparing.rate(
        seen=seen,
        organisation_id=before.partnership.first_id,
        strength=0,
        offer_id=before.pairs[0].offer_id,
        need_id=before.pairs[1].need_id,
    )
    comparing.declare_looked_through(seen=seen, organisation_id=before.partnership.first_id)
    same = [before.needs("start")[0].pk, before.needs("end")[0].pk]
    comparing.declare_same(seen=seen, first_id=same[0], second_id=same[1])
    comparing.edit_sentence(seen=seen, sentence=before.sentences[0].row, text="Something else")
    comparing.start_round(seen=seen)

    reset(viewer=facilitator(workspace))

    after = compared(workspace)
    assert scores(after.table).fit == scores(before.table).fit
    assert [found.kind for found in findings(after.table)] == [found.kind for found in findings(before.table)]
    assert [sentence.row.text for sentence in after.sentences] == [sentence.row.text for sentence in before.sentences]
    assert not after.same
    assert not after.looked_through
    assert not after.partnership.rounds.exists()


def test_a_reset_takes_the_outcome_back(ana: User) -> None:
    workspace = loaded("hip-replacement", ana)
    pathway = compared(workspace).partnership
    seen = comparison_in(facilitator(workspace), pathway.pk)
    outcomes.decide(seen=seen, verdict="go_on")
    outcomes.explain(seen=seen, text="Both gain")
    outcomes.add_step(seen=seen, what="Ask the payer")
    reset(viewer=facilitator(workspace))
    assert not NextStep.objects.filter(partnership=pathway, deleted_at=None).exists()
    decision = Decision.objects.get(partnership=pathway)
    assert (decision.verdict, decision.why) == ("", "")


def test_a_copy_without_notes_compares_nothing_yet(ana: User) -> None:
    workspace = loaded("hip-replacement", ana)
    copy = copy_without_notes(viewer=facilitator(workspace), user=ana, title="Once more")
    empty = compared(copy)
    assert (empty.pairs, empty.sentences, empty.unmatched) == ([], [], frozenset())
    for kept in (Pair, Declaration, JointSentence, Round):
        assert not kept.objects.filter(partnership__workspace=copy).exists()


COMPARED = (
    SOUND
    + """
[people.bo]
name = "Bo"
organisation = "two"
colour = 2
[sheets.both.one]
value_offer = [{ key = "offer", text = "Shelf", by = "ana" }]
transfer_activities = [{ key = "visits", text = "Visits", by = "ana" }]
[sheets.both.two]
desired_value = [{ key = "need", text = "Room", by = "bo" }, { key = "open", text = "Light", by = "bo" }]
[unmatched]
open = "ana"
[[pairs]]
offer = "offer"
need = "need"
ratings = [{ by = "bo", strength = 2 }, { by = "ana", strength = 3 }]
[[joint]]
source = "visits"
by = "ana"
yes = ["bo"]
"""
)


@pytest.mark.parametrize(
    ("wrong", "right", "complaint"),
    [
        ('offer = "need"', 'offer = "offer"', "need for need: there is no offer need"),
        ('need = "offer"', 'need = "need"', "there is no need across offer"),
        ('by = "bo", strength = 3', 'by = "ana", strength = 3', "bo does not speak for a side of it"),
        ("strength = 4", "strength = 3", "strength cannot be 4"),
        ('strength = "3"', "strength = 3", "strength must be of type int"),
        ('open = "eli"', 'open = "ana"', "unmatched.open: there is no person eli"),
        ('shop = "ana"', 'open = "ana"', "unmatched: there is no need or offer shop"),
        ('source = "need"', 'source = "visits"', "joint need: there is no note need"),
        ('yes = ["eli"]', 'yes = ["bo"]', "joint visits: there is no person eli"),
        ('mood = "good"\nneed = "need"', 'need = "need"', "nobody knows mood"),
    ],
)
def test_complains_in_words_about_an_unsound_comparison(wrong: str, right: str, complaint: str) -> None:
    assert parse("two", COMPARED).matches[0].ratings[1].by == "ana"
    with pytest.raises(RecipeError, match=re.escape(complaint)):
        parse("two", COMPARED.replace(right, wrong, 1))
