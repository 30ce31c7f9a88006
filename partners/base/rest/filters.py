"""Filters that refuse what no database could look for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField

BIGGEST = 2**63 - 1


class MomentField(IsoDateTimeField):
    """A moment in ISO 8601; one without a zone counts as UTC."""

    def clean(self, value: Any) -> datetime | None:
        """Return the moment in UTC; raises `ValidationError` for one outside the calendar."""
        # A plus sign that was not escaped arrives as a space.
        moment = super().clean(value.replace(" ", "+") if isinstance(value, str) and "T" in value else value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            raise forms.ValidationError(_("Enter a valid date/time."), code="invalid") from None


class MomentFilter(filters.IsoDateTimeFilter):
    """From this moment on."""

    field_class = MomentField


class NumberFilter(filters.Filter):
    """A whole number that fits into a column."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=BIGGEST, **kwargs)
