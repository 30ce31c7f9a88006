"""What people say when they compare two Partnership Canvases: pairs, ratings, declarations, joint sentences, rounds."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.base.models import Identified, Ordered, Timestamped
from partners.canvases.models import TEXT_LIMIT

REASON_LIMIT = 300


class Pair(Identified, Timestamped):
    """An offer of one side put to a need of the other. The needing side is whose sheet `need` stands on.

    A pair whose notes are deleted, or stand in other blocks now, is not shown; its ratings wait for their return.
    """

    class Interest(models.TextChoices):
        """Source: BMH (domain reference, 5): common, different, or opposed interests."""

        COMMON = "common", _("common interest")
        DIFFERENT = "different", _("different interests")
        OPPOSED = "opposed", _("opposed interests")

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="pairs")
    offer = models.ForeignKey("partners.Note", models.CASCADE, related_name="pairs_as_offer")
    need = models.ForeignKey("partners.Note", models.CASCADE, related_name="pairs_as_need")
    interest = models.CharField(max_length=10, choices=Interest.choices, blank=True)
    made_by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    drawn = models.BigIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=("offer", "need"), name="pair_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} → {self.need_id}"


class Rating(Identified, Timestamped):
    """What one side says of a pair: the needing side how far it meets the need, the offering side how far it delivers.

    The versions are those of the two texts when it was said: another version now asks *still right?*.
    """

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="ratings")
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, related_name="+")
    strength = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    stands_in = models.BooleanField(default=False)
    """Said by somebody standing in for an absent organisation: a guess, until one of its members confirms."""
    taken_down = models.BooleanField(default=False)
    """Written down by a facilitator, for a side that is here and said it."""
    confirmed_by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    offer_version = models.PositiveIntegerField(default=1)
    need_version = models.PositiveIntegerField(default=1)
    from_round = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("pair", "organisation"), name="one_rating_per_side"),
            models.CheckConstraint(condition=Q(strength__range=(0, 3)), name="strength_0_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.strength} by {self.organisation_id}"

    @property
    def is_guess(self) -> bool:
        """Whether it counts only *if our guesses hold*."""
        return self.stands_in and self.confirmed_by_id is None


class Declaration(Identified, Timestamped):
    """What somebody declared about the comparison beside the pairs; `kind` says which of the fields it uses.

    `unmatched`: of `note`, a need: *nobody offers this*; an offer: *not asked for*. `looked_through`: `organisation`
    has been through all its needs and offers. `same`: `note` and `other`, two offers or two needs of the two sides, are
    the same thing.
    """

    class Kind(models.TextChoices):
        UNMATCHED = "unmatched"
        LOOKED_THROUGH = "looked_through"
        SAME = "same"

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="declarations")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, null=True, related_name="+")
    note = models.ForeignKey("partners.Note", models.CASCADE, null=True, related_name="declarations")
    other = models.ForeignKey("partners.Note", models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("created_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("note",), condition=Q(kind="unmatched"), name="unmatched_once"),
            models.UniqueConstraint(
                fields=("partnership", "organisation"), condition=Q(kind="looked_through"), name="looked_through_once"
            ),
            models.UniqueConstraint(fields=("note", "other"), condition=Q(kind="same"), name="same_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.note_id or self.organisation_id}"


class JointSentence(Identified, Ordered, Timestamped):
    """One sentence that both sides can agree: how it gets across (`transfer`), or what becomes possible (`created`).

    A created value names who gains: `beneficiary` is `customer`, or `organisation` with that organisation. A transfer
    carries the pairs in `carries` (their ids as text); None: all agreed pairs.
    """

    class Kind(models.TextChoices):
        TRANSFER = "transfer"
        CREATED = "created"

    class Beneficiary(models.TextChoices):
        CUSTOMER = "customer"
        ORGANISATION = "organisation"

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="joint_sentences")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=TEXT_LIMIT)
    text_version = models.PositiveIntegerField(default=1)
    beneficiary = models.CharField(max_length=12, choices=Beneficiary.choices, blank=True)
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, null=True, blank=True, related_name="+")
    carries: models.JSONField[Any, Any] = models.JSONField(null=True, default=None, blank=True)
    source_note = models.ForeignKey("partners.Note", models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    """When a created value was accepted in the outcome as a candidate to go on with."""
    target_block = models.CharField(max_length=40, blank=True)
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("rank", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="joint_sentence_says_something"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(beneficiary="organisation"), name="gain_of_whom"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Consent(Identified, Timestamped):
    """One side's *Yes, that is how it works* to a joint sentence as it reads now; an edit takes both away."""

    sentence = models.ForeignKey(JointSentence, models.CASCADE, related_name="consents")
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, related_name="+")
    by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sentence", "organisation"), name="one_consent_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.sentence_id}"


class Round(Identified, Timestamped):
    """A round of comparing that has ended, with all it had come to, so that the next can show what moved.

    `snapshot` is documented in `value_fit.snapshots`.
    """

    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    snapshot: models.JSONField[Any, Any] = models.JSONField()
    ended_by = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("partnership", "number"), name="round_once")]

    def __str__(self) -> str:
        return self.name
