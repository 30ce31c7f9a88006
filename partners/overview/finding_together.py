"""What find reads of what two companies wrote together: joint ideas, their tests and learning, sentences, questions and
next steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from partners.hypotheses.models import BigQuestion, LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.rules import BLOCKS
from partners.outcome.models import NextStep
from partners.value_fit.models import JointSentence
from partners.value_fit.reads import in_open
from partners.workspaces.access import Audience
from partners.workspaces.queries import in_seen


@dataclass(frozen=True)
class Found:
    """One thing found: its words, where it stands, and the address that leads there."""

    kind: str
    text: str
    where: str
    company: str
    href: str


@dataclass(frozen=True)
class _Kind:
    """A kind of thing: its rows, what people said in each (the first of it is shown), and where that stands.

    `way` leads from a row to what belongs to the partnership.
    """

    name: str
    rows: Callable[[Audience], QuerySet[Any]]
    said: Callable[[Any], Sequence[str]]
    address: Callable[[Any], str]
    way: str = ""


def _open(rows: QuerySet[Any]) -> Callable[[Audience], QuerySet[Any]]:
    """Those of some rows that belong to a partnership somebody may compare."""
    return lambda audience: rows.filter(in_open(audience), deleted_at=None)


def _of_ideas(rows: QuerySet[Any]) -> Callable[[Audience], QuerySet[Any]]:
    """Those of some rows that hang on an idea somebody may read."""
    living = Q(deleted_at=None, hypothesis__deleted_at=None)
    return lambda audience: rows.filter(living, in_open(audience, "hypothesis__partnership__"))


def _on_page_of_idea(anchor: str) -> Callable[[Any], str]:
    return lambda row: f"{reverse('ideas:idea', args=[row.hypothesis_id])}#{anchor}-{row.pk}"


def _on_page(name: str, anchor: str) -> Callable[[Any], str]:
    return lambda row: f"{reverse(name, args=[row.partnership_id])}#{anchor}-{row.pk}"


_KINDS = (
    _Kind(
        "idea",
        _open(SynergyHypothesis.objects.all()),
        lambda idea: (idea.title, *(text for slot, text in idea.words.items() if slot not in BLOCKS.values())),
        lambda idea: reverse("ideas:idea", args=[idea.pk]),
    ),
    _Kind(
        "test",
        _of_ideas(TestCard.objects.all()),
        lambda test: (test.title, test.does, test.metric, test.criterion),
        _on_page_of_idea("test"),
        "hypothesis__",
    ),
    _Kind(
        "learning",
        _of_ideas(LearningCard.objects.all()),
        lambda card: (card.title, card.observed, card.learned, card.will_do),
        _on_page_of_idea("card"),
        "hypothesis__",
    ),
    _Kind(
        "sentence",
        _open(JointSentence.objects.all()),
        lambda sentence: (sentence.text,),
        _on_page("comparisons:compare", "sentence"),
    ),
    _Kind(
        "question",
        _open(BigQuestion.objects.all()),
        lambda question: (question.text, question.answer),
        _on_page("ideas:rhythm", "question"),
    ),
    _Kind(
        "step",
        lambda audience: NextStep.objects.filter(in_seen(audience), deleted_at=None),
        lambda step: (step.what, step.who),
        _on_page("outcomes:outcome", "step"),
    ),
)


def written_together(audience: Audience) -> Iterator[tuple[Found, str]]:
    """Yield what an audience may read of it, each with all that people said in it: six queries, one for each kind.

    While a partnership's sheets are private until the reveal, only its next steps are there.
    """
    for kind in _KINDS:
        companies = [f"{kind.way}partnership__{side}" for side in ("first", "second")]
        for row in kind.rows(audience).select_related(*companies):
            partnership = (row.hypothesis if kind.way else row).partnership
            between = f"{partnership.first.short_name} – {partnership.second.short_name}"
            said = kind.said(row)
            yield Found(kind.name, said[0], between, "", kind.address(row)), " ".join(said)
