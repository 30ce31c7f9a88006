"""What the people of an example say when they compare, and want to test: through the operations that all use."""

from __future__ import annotations

from uuid import UUID

from partners.canvases.models import Note
from partners.examples.recipe import Idea, Joint, Match, Recipe
from partners.hypotheses import operations as testing
from partners.value_fit import operations as comparing
from partners.value_fit.access import PartnershipInView, comparison_in
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import TRANSFERS
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Membership, Partnership


class Talks:
    """The comparisons of one example: who sits at which table, and the notes that they point at."""

    def __init__(
        self,
        recipe: Recipe,
        *,
        partnerships: dict[str, Partnership],
        people: dict[str, Membership],
        notes: dict[str, Note],
    ) -> None:
        self.recipe, self.partnerships, self.people, self.notes = recipe, partnerships, people, notes
        self._viewers: dict[str, Viewer] = {}

    def hold(self) -> None:
        """Everybody rates, says what has no match, words and agrees what is joint, and flags what is worth a test."""
        for match in self.recipe.matches:
            self._rate(match)
        for key, by in self.recipe.unmatched.items():
            comparing.declare_unmatched(seen=self._seen(by, key), note_id=self.notes[key].pk)
        for joint in self.recipe.joint:
            self._agree(joint)
        for idea in self.recipe.ideas:
            self._flag(idea)

    def _rate(self, match: Match) -> None:
        for said in match.ratings:
            comparing.rate(
                seen=self._seen(said.by, match.need),
                organisation_id=self._company(said.by),
                strength=said.strength,
                offer_id=self.notes[match.offer].pk,
                need_id=self.notes[match.need].pk,
                reason=said.reason or None,
            )

    def _agree(self, joint: Joint) -> None:
        source = self.notes[joint.source]
        kind = JointSentence.Kind.TRANSFER if source.block == TRANSFERS else JointSentence.Kind.CREATED
        sentence = comparing.add_sentence(seen=self._seen(joint.by, joint.source), kind=kind, source_note_id=source.pk)
        for who in joint.yes:
            comparing.consent(seen=self._seen(who, joint.source), sentence=sentence, organisation_id=self._company(who))

    def _flag(self, idea: Idea) -> None:
        testing.add_idea(
            seen=self._seen(idea.by, idea.notes[0]),
            title=idea.title,
            words=idea.words,
            notes=[self.notes[key].pk for key in idea.notes],
            importance=idea.importance,
            assumed_level=idea.assumed_level,
            vanishes_without_start=True,
            vanishes_without_end=True,
        )

    def _seen(self, who: str, about: str) -> PartnershipInView:
        """The comparison that a note is part of, as a person of the example sees it."""
        if who not in self._viewers:
            self._viewers[who] = viewer_as(self.people[who])
        return comparison_in(self._viewers[who], self.partnerships[self.recipe.by_key[about].partnership].pk)

    def _company(self, who: str) -> UUID:
        company = self.people[who].organisation_id
        assert company is not None  # everybody in an example belongs to a company
        return company
