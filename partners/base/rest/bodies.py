"""Bodies of requests: JSON that can be stored and sent back, and not more of it than one request may carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from partners.base.errors import TooLarge


class SafeJSONParser(JSONParser):
    """REST framework's JSON parser with a limit, refusing what no answer could repeat: halves of characters."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the body's values; raises `TooLarge`, or `ParseError` for what is not JSON in whole characters."""
        request = (parser_context or {}).get("request")
        length = str(request.META.get("CONTENT_LENGTH") or "0") if request is not None else "0"
        if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge(_("This is more than one request may carry. Send it in smaller parts."))
        try:
            values = super().parse(stream, media_type, dict(parser_context or {}))
            _check(values)
        except RecursionError:
            raise ParseError(_("This JSON is nested too deeply.")) from None
        except UnicodeError:
            raise ParseError(_("This is not JSON in UTF-8.")) from None
        return values


def _check(value: Any) -> None:
    """Raise `UnicodeEncodeError` for half a surrogate pair, anywhere inside."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        for name, inner in value.items():
            name.encode()
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
