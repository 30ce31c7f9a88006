"""A test of a joint idea, described before it starts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from partners.base.models import Identified, Timestamped
from partners.hypotheses.models.ideas import TITLE_LIMIT, WHY_LIMIT, SynergyHypothesis

DOES_LIMIT = 1000
SAYS_LIMIT = 300


def one_to_three(*names: str) -> list[models.CheckConstraint]:
    """Return constraints for marks beside the steps of a card: 1, 2, 3, or nothing."""
    return [
        models.CheckConstraint(condition=Q(**{f"{name}__range": (1, 3)}) | Q(**{name: None}), name=f"{name}_1_to_3")
        for name in names
    ]


class TestCard(Identified, Timestamped):
    """What will be done to see whether claims of an idea are true, and what would prove them right.

    Source: the Test Card (TLC; domain reference 5). `claims` are values of `rules.Claim`. `criterion_at_start` is what
    would have proved it right when the test started; a later change needs a reason and stays visible.
    """

    __test__ = False  # no test class, whatever its name

    hypothesis = models.ForeignKey(SynergyHypothesis, models.CASCADE, related_name="tests")
    title = models.CharField(max_length=TITLE_LIMIT)
    claims: models.JSONField[Any, Any] = models.JSONField(default=list)
    experiment = models.CharField(max_length=40, blank=True)
    does = models.CharField(max_length=DOES_LIMIT, blank=True)
    metric = models.CharField(max_length=SAYS_LIMIT, blank=True)
    criterion = models.CharField(max_length=SAYS_LIMIT, blank=True)
    criterion_at_start = models.CharField(max_length=SAYS_LIMIT, blank=True)
    criterion_why = models.CharField(max_length=WHY_LIMIT, blank=True)
    critical = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.PositiveSmallIntegerField(null=True, blank=True)
    reliability = models.PositiveSmallIntegerField(null=True, blank=True)
    time = models.PositiveSmallIntegerField(null=True, blank=True)
    owner_start = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    owner_end = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    by_product = models.BooleanField(default=False)
    by_partnership = models.BooleanField(default=False)
    """Whether product people and partnership people own it: a test of one of them only is flagged (S1)."""
    iteration = models.ForeignKey(
        "partners.Iteration", models.SET_NULL, null=True, blank=True, related_name="test_cards"
    )
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    points_wanted = models.PositiveIntegerField(null=True, blank=True)
    points = models.PositiveIntegerField(default=0)
    links: models.JSONField[Any, Any] = models.JSONField(default=list)
    version = models.PositiveIntegerField(null=True, blank=True)
    """Of the idea's statement, when the test started."""
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="test_has_a_name"),
            *one_to_three("critical", "cost", "reliability", "time"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=models.F("starts_on")),
                name="test_is_due_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | ~Q(criterion_at_start=""), name="started_with_a_criterion"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether it has started and not ended."""
        return self.started_at is not None and self.ended_at is None

    @property
    def run(self) -> str:
        """How far it is: `designed`, `running` or `ended`."""
        return "designed" if self.started_at is None else "ended" if self.ended_at else "running"
