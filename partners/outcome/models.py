"""What comes out of a partnership's comparison: a decision, next steps, and who agreed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.base.models import Identified, Ordered, Timestamped

WHY_LIMIT = 1000
STEP_LIMIT = 500
WHO_LIMIT = 80


class Decision(Identified, Timestamped):
    """What a partnership decided, one per partnership: the last word stands, and the log keeps those before.

    The row exists from the first thing said about it; `verdict` is empty until somebody decides.
    """

    class Verdict(models.TextChoices):
        GO_ON = "go_on", _("Go on")
        ADAPT = "adapt", _("Adapt")
        STOP = "stop", _("Stop")

    partnership = models.OneToOneField("partners.Partnership", models.CASCADE, related_name="decision")
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    why = models.CharField(max_length=WHY_LIMIT, blank=True)
    why_version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.verdict} for {self.partnership_id}"


class Assent(Identified, Timestamped):
    """One company's yes to the decision as it stands; another decision, or another reason, takes both away."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="assents")
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, related_name="+")
    by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("decision", "organisation"), name="one_assent_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.decision_id}"


class NextStep(Identified, Ordered, Timestamped):
    """Something to be done: what, who, by when.

    Who is a member, whose name is looked up, or somebody in free words; never both. `finding` and `note` say what it
    answers, when it was made from something the comparison found.
    """

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="next_steps")
    what = models.CharField(max_length=STEP_LIMIT)
    what_version = models.PositiveIntegerField(default=1)
    who = models.CharField(max_length=WHO_LIMIT, blank=True)
    member = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    by_when = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=20, blank=True)
    note = models.ForeignKey("partners.Note", models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("rank", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what=""), name="step_says_something"),
            models.CheckConstraint(condition=Q(who="") | Q(member__isnull=True), name="one_who_per_step"),
        ]

    def __str__(self) -> str:
        return self.what[:40]
