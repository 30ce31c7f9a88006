"""Whatever people do in whatever order: what one company alone says, what is old, or said by a stand-in proves nothing.

The same things are done through the product's own operations, undo included, and read through its own queries; what
must come of it is worked out here anew, from the rows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partners.base.errors import DomainError
from partners.hypotheses import operations
from partners.hypotheses.models import Acceptance, LearningCard, SynergyHypothesis
from partners.hypotheses.rules import State
from partners.workspaces import operations as workshops
from partners.workspaces.models import Organisation
from tests.hypotheses.conftest import SUPPORTED, Ideas

EXAMPLES, STEPS = 12, 14
CLAIMS = {"customer": None, "transfer": None, "model_start": "costs_start", "model_end": "costs_end"}
"""What must be true, and where a card says what it costs."""
FRESH = 180
"""Days that are surely within the half year; ages here are whole months of thirty days."""

people = st.sampled_from(["ana", "bo", "carla", "eli"])
writers = st.sampled_from(["ana", "bo", "carla"])
nth = st.integers(0, 30)
months = st.sampled_from([0, 0, 30, 180, 210])
levels = st.sampled_from([2, 3, 4, 4, 5])
verdicts = st.fixed_dictionaries(dict.fromkeys(CLAIMS, st.sampled_from(["supports"] * 9 + ["refutes", "unclear"])))


class Trying(RuleBasedStateMachine):
    """People of both companies, who watches, and a facilitator at work on one idea."""

    ideas: Ideas

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.later = 0
        self.idea = self.ideas.validated()
        cast = self.ideas.cast
        self.own = {cast.nespresso.pk: {"ana", "bo"}, cast.delonghi.pk: {"carla"}}
        card = LearningCard.objects.get()
        self.said = {(card.pk, company) for company in self.own}
        """Which company's own people have ever accepted which card."""

    # --- what people do ----------------------------------------------------------------------------------------------

    @rule(who=writers, says=verdicts, level=levels, age=months)
    def learn(self, who: str, says: dict[str, str], level: int, age: int) -> None:
        day = timezone.localdate() - timedelta(days=age)
        fields: dict[str, Any] = {"verdicts": says, "level": level, "observed_on": day}
        self._try(lambda: self.ideas.card(self.idea, by=self.ideas.cast.members[who], **fields))
        self.both_accept(1)

    @rule(who=writers, which=nth, what=st.sampled_from(["level", "costs_start", "costs_end", "verdicts"]), again=nth)
    def say_otherwise(self, who: str, which: int, what: str, again: int) -> None:
        """The card lacks something now, or is whole again; both accept it as it reads."""
        lacks: dict[str, Any] = {"level": 2, "costs_start": "", "costs_end": "", "verdicts": {"customer": "unclear"}}
        whole: dict[str, Any] = {"level": 4, "costs_start": "4", "costs_end": "4", "verdicts": SUPPORTED}
        said = {what: lacks[what]} if again % 2 else whole
        self._try(lambda: operations.change_card(seen=self._seen(who), card=self._card(which), **said))
        if again % 3:
            self.both_accept(which)

    @rule(who=people, which=nth, is_first=st.booleans())
    def accept(self, who: str, which: int, is_first: bool) -> None:
        """Anybody tries, for either company; only its own people can."""
        self._accept(who, which, is_first=is_first, given=True)

    @rule(which=nth, is_first=st.booleans())
    def take_back(self, which: int, is_first: bool) -> None:
        self._accept("bo" if is_first else "carla", which, is_first=is_first, given=False)

    @rule(which=nth)
    def both_accept(self, which: int) -> None:
        """So that something holds often enough to be lost again."""
        self._accept("bo", which, is_first=True, given=True)
        self._accept("carla", which, is_first=False, given=True)

    @rule(who=writers, number=st.integers(0, 2))
    def reword(self, who: str, number: int) -> None:
        words = {"segment": f"people of kind {number}"}
        self._try(lambda: operations.reword_idea(seen=self._seen(who), idea=self.idea, words=words))

    @rule(who=writers, which=nth, removed=st.booleans())
    def delete_or_bring_back(self, who: str, which: int, removed: bool) -> None:
        card = self._card(which)
        self._try(lambda: operations.remove_card(seen=self._seen(who), card=card, removed=removed))

    @rule(who=writers)
    def undo(self, who: str) -> None:
        self._try(lambda: self.ideas.undo(self.ideas.cast.members[who]))

    @rule(who=writers)
    def redo(self, who: str) -> None:
        self._try(lambda: self.ideas.redo(self.ideas.cast.members[who]))

    @rule(days=st.sampled_from([0, 0, 30, 180, 210]))
    def look_later(self, days: int) -> None:
        self.later = days

    @rule(really=st.integers(0, 5))
    def carla_leaves(self, really: int) -> None:
        """From then on others stand in for De'Longhi: they may write, and accept nothing."""
        if really == 0:
            self._try(lambda: workshops.leave(viewer=self.ideas.cast.viewer(self.ideas.cast.carla)))

    # --- what must come of it ----------------------------------------------------------------------------------------

    @invariant()
    def it_holds_exactly_when_both_have_seen_all_of_it(self) -> None:
        today = timezone.localdate() + timedelta(days=self.later)
        read = self.ideas.read(self.idea, today)
        assert (read.state is State.VALIDATED) == self._holds(today)

    @invariant()
    def nobody_spoke_for_the_other_company(self) -> None:
        assert set(Acceptance.objects.values_list("card_id", "organisation_id")) <= self.said

    def _holds(self, today: date) -> bool:
        version = SynergyHypothesis.objects.get(pk=self.idea.pk).version
        cards = list(LearningCard.objects.filter(hypothesis=self.idea, deleted_at=None, version=version))
        accepted = set(Acceptance.objects.values_list("card_id", "organisation_id"))
        for claim, cost in CLAIMS.items():
            proofs = [
                card.level
                for card in cards
                if card.verdicts.get(claim) == "supports"
                and 0 <= (today - card.observed_on).days <= FRESH
                and all((card.pk, company) in accepted for company in self.own)
                and (cost is None or getattr(card, cost))
            ]
            against = [card.level for card in cards if card.verdicts.get(claim) == "refutes"]
            if max(proofs, default=0) < 3 or max(against, default=-1) >= max(proofs):
                return False
        return True

    # --- helpers -----------------------------------------------------------------------------------------------------

    def _accept(self, who: str, which: int, *, is_first: bool, given: bool) -> None:
        card, company = self._card(which), self._company(is_first=is_first)

        def accepting() -> None:
            seen = self._seen(who)
            operations.accept_card(seen=seen, card=card, organisation_id=company.pk, given=given)
            assert who in self.own[company.pk], f"{who} spoke for {company}"
            self.said.add((card.pk, company.pk))

        self._try(accepting)

    def _card(self, which: int) -> LearningCard:
        """Mostly the last one, so that what is lacking comes to one card."""
        cards = list(LearningCard.objects.order_by("-created_at", "pk"))
        return cards[which % len(cards) if which % 4 == 0 else 0]

    def _company(self, *, is_first: bool) -> Organisation:
        cast = self.ideas.cast
        return cast.nespresso if is_first else cast.delonghi

    def _seen(self, who: str) -> Any:
        return self.ideas.table.seen(self.ideas.cast.members[who])

    def _try(self, what: Any) -> None:
        """Do it, if the product lets them."""
        try:
            with transaction.atomic():
                what()
        except DomainError:
            return

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)


def test_nothing_less_than_both_ever_proves_it(ideas: Ideas) -> None:
    machine = type("TryingHere", (Trying,), {"ideas": ideas})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
