"""Canvases, the notes on them, and what people say about notes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.base.models import Identified, Ordered, Timestamped

TEXT_LIMIT = 1000


class Canvas(Identified, Timestamped):
    """One sheet: a Business Model Canvas of an organisation, or its Partnership Canvas in one partnership.

    `kind` names an entry of `canvases.kinds.KINDS`; the sheet's blocks are data there, not columns here.
    """

    workspace = models.ForeignKey("partners.Workspace", models.CASCADE, related_name="canvases")
    kind = models.CharField(max_length=20)
    template_version = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey("partners.Organisation", models.CASCADE, related_name="canvases")
    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, null=True, related_name="canvases")
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "created_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisation", "kind"), condition=Q(partnership=None), name="one_model_per_organisation"
            ),
            models.UniqueConstraint(
                fields=("partnership", "organisation", "kind"),
                condition=Q(partnership__isnull=False),
                name="one_sheet_per_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.organisation_id}"


class Note(Identified, Ordered, Timestamped):
    """One sticky holding one idea, in a block of a canvas.

    `text_version` counts changes of the text only (merge base, REST's `If-Match`); `drawn` is the last log number that
    changed anything drawn of it. A deleted note keeps its row, so that undo and history have it.
    """

    class Basis(models.TextChoices):
        KNOWN = "known", _("known")
        GUESS = "guess", _("our guess")

    class Beneficiary(models.TextChoices):
        CUSTOMER = "customer", _("for the customer")
        US = "us", _("for us")
        PARTNER = "partner", _("for the partner")

    class Verdict(models.TextChoices):
        POSITIVE = "positive", _("in favour")
        NEUTRAL = "neutral", _("neutral")
        NEGATIVE = "negative", _("against")

    canvas = models.ForeignKey(Canvas, models.CASCADE, related_name="notes")
    block = models.CharField(max_length=40)
    text = models.CharField(max_length=TEXT_LIMIT)
    fill = models.CharField(max_length=8, default="plain")
    tags: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.KNOWN)
    stands_in = models.BooleanField(default=False)
    """Written by somebody standing in for the organisation: a guess, whatever `basis` says, until it confirms."""
    confirmed_by = models.ForeignKey("partners.Organisation", models.SET_NULL, null=True, blank=True, related_name="+")
    beneficiary = models.CharField(max_length=8, choices=Beneficiary.choices, blank=True)
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    source_note = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="taken_as")
    joint_sentence = models.ForeignKey(
        "partners.JointSentence", models.SET_NULL, null=True, blank=True, related_name="landed"
    )
    """The accepted created value because of which it stands on this business model."""
    target_block = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    text_version = models.PositiveIntegerField(default=1)
    drawn = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("canvas_id", "block", "rank", "id")
        indexes: ClassVar = [
            models.Index(fields=("canvas", "block", "rank"), name="note_in_block"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weight__isnull=True) | Q(weight__range=(1, 3)), name="weight_1_to_3"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_guess(self) -> bool:
        """Whether the note counts as a guess: said so, or written by a stand-in and not confirmed."""
        return self.basis == self.Basis.GUESS or (self.stands_in and self.confirmed_by_id is None)


class Comment(Identified, Timestamped):
    """What somebody said about a note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="comments")
    author = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=TEXT_LIMIT)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.text[:40]


class Thumb(models.Model):
    """A 👍: one per person and note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="thumbs")
    member = models.ForeignKey("partners.Membership", models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("note", "member"), name="one_thumb_per_person")]

    def __str__(self) -> str:
        return f"{self.member_id} likes {self.note_id}"
