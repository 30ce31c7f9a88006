"""A joint idea to test, and the notes and pairs that it rests on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from partners.base.models import Identified, Timestamped

TITLE_LIMIT = 120
SLOT_LIMIT = 300
WHY_LIMIT = 1000


class SynergyHypothesis(Identified, Timestamped):
    """Something that two companies may be able to do only together.

    `words` holds what stands in the slots of its statement (`rules.Slot`). `version` says which of its `wordings` that
    is: an undo brings an earlier one back, with what was learned about it. How far it is follows from its cards when it
    is read (`rules.state_of`); `word` is what people said last.
    """

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="hypotheses")
    title = models.CharField(max_length=TITLE_LIMIT)
    words: models.JSONField[Any, Any] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    wordings = models.PositiveIntegerField(default=1)
    vanishes_without_start = models.BooleanField(null=True, default=None)
    vanishes_without_end = models.BooleanField(null=True, default=None)
    word = models.CharField(max_length=8, default="draft")
    """The last thing people said of it: a value of `rules.Word`."""
    word_why = models.CharField(max_length=WHY_LIMIT, blank=True)
    """Why it was dropped, or went on as another idea."""
    importance = models.PositiveSmallIntegerField(default=3)
    assumed_level = models.PositiveSmallIntegerField(default=0)
    """What people say they know without a card: nothing (0), or an opinion, something read (1)."""
    notes: models.ManyToManyField[Any, Any] = models.ManyToManyField("partners.Note", related_name="hypotheses")
    """What each company brings: notes on either Partnership Canvas."""
    pairs: models.ManyToManyField[Any, Any] = models.ManyToManyField("partners.Pair", related_name="hypotheses")
    finding = models.CharField(max_length=20, blank=True)
    """What the comparison had found when it was flagged from there (`value_fit.rules.FindingKind`)."""
    sentence = models.ForeignKey("partners.JointSentence", models.SET_NULL, null=True, blank=True, related_name="+")
    """The created value it was flagged from."""
    came_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="became")
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="hypothesis_has_a_name"),
            models.CheckConstraint(condition=Q(importance__range=(1, 5)), name="importance_1_to_5"),
            models.CheckConstraint(condition=Q(assumed_level__range=(0, 1)), name="assumed_level_0_or_1"),
        ]

    def __str__(self) -> str:
        return self.title
