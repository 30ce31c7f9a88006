"""Serializer fields of our own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partners.base.text import clean_line, clean_text


@extend_schema_field(
    {
        "oneOf": [{"type": "string", "format": "uuid"}, {"type": "string", "enum": ["first"]}],
        "nullable": True,
        "description": "The note it comes after, `first`, or null for the end.",
    }
)
class PlaceField(serializers.Field):  # type: ignore[type-arg]  # values in, nothing out
    """Where in a block: after a note, `first`, or null for the end."""

    default_error_messages = {"invalid": _("The id of a note, “first”, or null, please.")}  # noqa: RUF012 - REST framework's way

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, write_only=True, **kwargs)

    def to_internal_value(self, data: Any) -> UUID | str:
        """Return the note's id, or `first`."""
        if data == "first":
            return "first"
        try:
            return UUID(data)
        except (AttributeError, TypeError, ValueError):
            self.fail("invalid")


class LineField(serializers.CharField):
    """Text on one line, without control characters."""

    def to_internal_value(self, data: Any) -> str:
        """Return the text made safe to keep."""
        return clean_line(super().to_internal_value(data))


class TextField(serializers.CharField):
    """Text in several lines, without control characters."""

    def to_internal_value(self, data: Any) -> str:
        """Return the text made safe to keep."""
        return clean_text(super().to_internal_value(data))


class TruthField(serializers.BooleanField):
    """True or false; no other word is taken for either of them, as in filters (`filters.TruthField`)."""

    default_error_messages = {"invalid": _("true or false, please.")}  # noqa: RUF012 - as above
    TRUE_VALUES = {"true", "1", True}  # noqa: RUF012 - as above
    FALSE_VALUES = {"false", "0", False}  # noqa: RUF012 - as above
