"""Names in the body of a request: one that means nothing is a slip, and no slip passes for a change."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.serializers import Serializer


def unknown_names(sent: Any, reader: Serializer[Any], *, told: Collection[str] = ()) -> dict[str, Any]:
    """Return an error for every name in a body that its reader does not know, those in objects inside it as well.

    Names under which a thing is only `told` may stand there: what was read can be sent back.
    """
    if not isinstance(sent, dict):
        return {}
    errors: dict[str, Any] = {}
    for name, value in sent.items():
        field = reader.fields.get(name)
        if isinstance(field, Serializer):
            if inside := unknown_names(value, field):
                errors[name] = inside
        elif field is None and name not in told:
            errors[name] = [_("There is no such field here.")]
    return errors
