"""Filters that refuse what no database could look for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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
    """From this moment on; everything, for a view whose reader has to begin anew (`begins_anew`)."""

    field_class = MomentField

    def filter(self, rows: QuerySet[Any], value: datetime | None) -> QuerySet[Any]:
        """Return the rows from that moment on."""
        view = self.parent.request.parser_context["view"]
        if value is not None and view.begins_anew(value):
            return rows
        found: QuerySet[Any] = super().filter(rows, value)
        return found


class NumberFilter(filters.Filter):
    """A whole number that fits into a column."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=BIGGEST, **kwargs)


class TruthField(forms.Field):
    """True or false; nothing else is silently either of them."""

    default_error_messages: ClassVar = {"invalid": gettext_lazy("true or false, please.")}

    def to_python(self, value: Any) -> bool | None:
        """Return which of the two; None for an empty one. Raises `ValidationError` for anything else."""
        if value in self.empty_values:
            return None
        found = {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class TruthFilter(filters.BooleanFilter):
    """Those of which something is true, or those of which it is not."""

    field_class = TruthField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.TextInput, **kwargs)
