"""The rhythm that ideas are tested in: iterations that both companies share, and the big questions behind them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from partners.base.models import Identified, Timestamped

NAME_LIMIT = 60
REVIEW_LIMIT = 1000
QUESTION_LIMIT = 300
ANSWER_LIMIT = 1000


class Iteration(Identified, Timestamped):
    """One stretch of time with one start and one end for product and partnership people of both companies (S1).

    Two of a partnership never overlap. Closing it keeps a short review: what changed in priority, what in opportunity,
    what both adapt.
    """

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="iterations")
    name = models.CharField(max_length=NAME_LIMIT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    priority = models.CharField(max_length=REVIEW_LIMIT, blank=True)
    opportunity = models.CharField(max_length=REVIEW_LIMIT, blank=True)
    adapts = models.CharField(max_length=REVIEW_LIMIT, blank=True)
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_on", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="iteration_has_a_name"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="iteration_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class BigQuestion(Identified, Timestamped):
    """What both must know before they go on: open until it has an answer. Ideas that bear on it are linked (S1)."""

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="big_questions")
    text = models.CharField(max_length=QUESTION_LIMIT)
    answer = models.CharField(max_length=ANSWER_LIMIT, blank=True)
    ideas: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.SynergyHypothesis", related_name="big_questions"
    )
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="question_asks_something")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it yet."""
        return not self.answer
