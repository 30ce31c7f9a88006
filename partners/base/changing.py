"""Writing the fields of a row that differ, and what they were: how *last writer wins, field by field* is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models


class Written(NamedTuple):
    """What some fields were and what they are, as the log keeps them."""

    before: dict[str, Any]
    after: dict[str, Any]


def write_fields(row: models.Model, fields: Mapping[str, Any]) -> Written | None:
    """Write the fields that differ (by their column's name, `owner_id`); None when none does, and nothing is saved."""
    after = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not after:
        return None
    before = {name: getattr(row, name) for name in after}
    for name, value in after.items():
        setattr(row, name, value)
    row.save(update_fields=[*(name.removesuffix("_id") for name in after), "updated_at"])
    return Written(told(before), told(after))


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the log keeps them: ids and days as text."""
    return {name: str(value) if isinstance(value, UUID | date) else value for name, value in values.items()}


def kept(table: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values from the log as the fields of a table take them."""
    fields = {field.attname: field for field in table._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def still(row: models.Model, after: Mapping[str, Any]) -> list[str]:
    """Return which fields still are as they were set."""
    now = told({name: getattr(row, name) for name in after})
    return [name for name, value in after.items() if now[name] == value]
