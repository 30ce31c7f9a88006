"""What was learned from tests, what it says of each claim, and who accepted it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from partners.base.models import Identified, Timestamped
from partners.hypotheses.models.ideas import TITLE_LIMIT, SynergyHypothesis
from partners.hypotheses.models.testing import DOES_LIMIT, SAYS_LIMIT


class LearningCard(Identified, Timestamped):
    """What was observed, what follows from it, and what is done next.

    Source: the Learning Card (TLC; domain reference 5). Many tests may feed one: `tests` holds their ids as text.
    `verdicts` says of each claim that it speaks of (`rules.Claim`) what was learned (`rules.Outcome`). `version` is
    that of the statement it speaks of, `revision` that of the card itself: whoever accepts it says which one they have
    read. `costs_start` and `costs_end` are the cost checks of the two business models; empty: not looked at.
    """

    class Decision(models.TextChoices):
        PERSEVERE = "persevere"
        PIVOT = "pivot"
        RETIRE = "retire"
        TEST_MORE = "test_more"

    hypothesis = models.ForeignKey(SynergyHypothesis, models.CASCADE, related_name="learnings")
    tests: models.JSONField[Any, Any] = models.JSONField(default=list)
    title = models.CharField(max_length=TITLE_LIMIT)
    observed = models.CharField(max_length=DOES_LIMIT)
    observed_on = models.DateField()
    data_points = models.PositiveIntegerField()
    learned = models.CharField(max_length=DOES_LIMIT, blank=True)
    will_do = models.CharField(max_length=SAYS_LIMIT, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    verdicts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    level = models.PositiveSmallIntegerField()
    reliability = models.PositiveSmallIntegerField(null=True, blank=True)
    action = models.PositiveSmallIntegerField(null=True, blank=True)
    costs_start = models.CharField(max_length=SAYS_LIMIT, blank=True)
    costs_end = models.CharField(max_length=SAYS_LIMIT, blank=True)
    links: models.JSONField[Any, Any] = models.JSONField(default=list)
    version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("observed_on", "created_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(observed=""), name="learning_has_data"),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="evidence_level_0_to_5"),
            models.CheckConstraint(
                condition=Q(reliability__range=(1, 3)) | Q(reliability=None), name="learned_reliability_1_to_3"
            ),
            models.CheckConstraint(condition=Q(action__range=(1, 3)) | Q(action=None), name="action_1_to_3"),
        ]

    def __str__(self) -> str:
        return self.title


class Acceptance(Identified, Timestamped):
    """One company's *yes, that is what we saw* to a learning card as it reads now; a change takes both away."""

    card = models.ForeignKey(LearningCard, models.CASCADE, related_name="acceptances")
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, related_name="+")
    by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("card", "organisation"), name="one_acceptance_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.card_id}"


class AcceptanceRequest(Identified, Timestamped):
    """One named person of a company was asked, by a personal link, whether they accept a learning card.

    Whose company, until when, who asked and who came is said by `invitation`. `not_yet_at`: they came and said *not
    yet*, of the card's `revision`, and perhaps `why`; that they accepted it is an `Acceptance` like any other.
    """

    card = models.ForeignKey(LearningCard, models.CASCADE, related_name="requests")
    invitation = models.OneToOneField("partners.Invitation", models.CASCADE, related_name="+")
    not_yet_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=SAYS_LIMIT, blank=True)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"asked about {self.card_id}"
