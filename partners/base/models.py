"""Model parts shared by all features."""

from __future__ import annotations

import uuid

from django.db import models

from partners.base.ordering import FIRST_RANK


class Identified(models.Model):
    """A row with a UUID that the client may make, so that creating twice is creating once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Timestamped(models.Model):
    """When the row was made and last changed, in UTC."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Attempts(models.Model):
    """How often something was tried since its window opened: one count for all processes (see `base.limits`)."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Ordered(models.Model):
    """A place among neighbours (`base.ordering`), ties broken by id."""

    rank = models.TextField(default=FIRST_RANK)

    class Meta:
        abstract = True
