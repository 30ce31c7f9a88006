"""The log's two tables."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models


class LogHead(models.Model):
    """The counter of one workspace's log, touched only by `events.log`.

    A table of its own, so that numbering never waits for a lock on the workspace; a new `epoch` starts after a restore.
    """

    workspace = models.OneToOneField("partners.Workspace", models.CASCADE, primary_key=True, related_name="log_head")
    epoch = models.UUIDField(default=uuid.uuid4)
    seq = models.BigIntegerField(default=0)

    moved_to: int | None = None
    """Of a head that was loaded with who then made a change: the number that this change has reached, committed."""

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"


class Event(models.Model):
    """One thing that happened, numbered gap-free per workspace in commit order.

    `change` groups what one user action did. `data` holds what is needed to tell the story and to undo it; it is never
    replayed to viewers, who get the present state of what changed.
    """

    workspace = models.ForeignKey("partners.Workspace", models.CASCADE, related_name="+")
    seq = models.BigIntegerField()
    change = models.UUIDField()
    kind = models.CharField(max_length=40)
    thing_type = models.CharField(max_length=20)
    thing_id = models.UUIDField()
    canvas = models.ForeignKey("partners.Canvas", models.CASCADE, null=True, related_name="+")
    partnership = models.ForeignKey("partners.Partnership", models.CASCADE, null=True, related_name="+")
    actor = models.ForeignKey("partners.Membership", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undoes = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("workspace", "seq")
        constraints: ClassVar = [models.UniqueConstraint(fields=("workspace", "seq"), name="event_seq_once")]
        indexes: ClassVar = [
            models.Index(fields=("workspace", "canvas", "seq"), name="event_by_canvas"),
            models.Index(fields=("thing_id", "seq"), name="event_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class IdempotencyKey(models.Model):
    """One change that a person's browser or program sent, so that sending it again is harmless.

    Kept per person (`owner` is a membership's or a user's id) with a hash of the body; `answer` is replayed as it was,
    with its `headers`; these are None until there is one.
    """

    owner = models.CharField(max_length=40)
    key = models.UUIDField(db_index=True)  # looked up before its owner is known
    body_hash = models.CharField(max_length=64)
    change = models.UUIDField(null=True)
    status = models.PositiveSmallIntegerField(default=200)
    answer = models.TextField(blank=True)
    headers: models.JSONField[Any, Any] = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("owner", "key"), name="key_once_per_person")]

    def __str__(self) -> str:
        return str(self.key)
