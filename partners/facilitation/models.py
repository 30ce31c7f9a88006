"""How a workshop is being run at the moment: step, timer, where everybody is asked to be."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(models.Model):
    """What the facilitator has set for the room; a workshop without one is simply not being run.

    Pages are written as `facilitation.pages` reads them. The timer runs until `timer_ends_at`; stopped on the way, it
    has `timer_left_s` left.
    """

    class Step(models.TextChoices):
        """The four steps of the partnership game (GAME; domain reference, 4)."""

        INTENT = "intent", _("Define intent")
        DESIGN = "design", _("Design the partnership")
        NEGOTIATE = "negotiate", _("Negotiating table")
        EVALUATE = "evaluate", _("Evaluate")

    workspace = models.OneToOneField("partners.Workspace", models.CASCADE, primary_key=True, related_name="session")
    step = models.CharField(max_length=12, choices=Step.choices, blank=True)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    timer_left_s = models.PositiveIntegerField(null=True, blank=True)
    gather_page = models.CharField(max_length=80, blank=True)
    gather_number = models.PositiveIntegerField(default=0)
    """Counts how often everybody was asked to come: a page goes along only with what was asked after it opened."""
    landing_page = models.CharField(max_length=80, blank=True)
    shows_figures = models.BooleanField(default=False)
    """Whether the room screen shows how far needs are met; hidden until the facilitator shows them."""

    def __str__(self) -> str:
        return f"session of {self.workspace_id}"

    def left_s(self, now: datetime) -> int | None:
        """Return the seconds left on the timer, 0 when time is up, None when there is no timer."""
        if self.timer_ends_at is not None:
            return max(0, round((self.timer_ends_at - now).total_seconds()))
        return self.timer_left_s

    @property
    def is_running(self) -> bool:
        """Whether the timer is counting down."""
        return self.timer_ends_at is not None
