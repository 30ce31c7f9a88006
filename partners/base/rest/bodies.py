"""Bodies of requests: JSON that can be stored and sent back, and not more of it than one request may carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

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
        except ParseError as error:
            if "integer string conversion" not in str(error):
                raise
            raise ParseError(_("A number in this JSON has thousands of digits.")) from None  # Python speaks to us
        except RecursionError:
            raise ParseError(_("This JSON is nested too deeply.")) from None
        except UnicodeError:
            raise ParseError(_("This is not JSON in UTF-8.")) from None
        return values


class AlwaysJSON(DefaultContentNegotiation):
    """The first of a view's renderers, whatever the `Accept` header wishes: JSON is what is spoken here."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer and its media type."""
        first = next(iter(renderers))
        return first, first.media_type


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
