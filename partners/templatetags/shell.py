"""Lets a Django template print our Jinja2 pieces, so that library pages share one head, one foot and one form field."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library, engines
from django.utils.safestring import SafeString

from partners.base import jinja

register = Library()


@register.simple_tag(takes_context=True)
def piece(context: Context, name: str, **values: Any) -> SafeString:
    """Print a Jinja2 template of ours: `{% piece "components/head.html" %}`."""
    template = engines["jinja2"].get_template(name)
    return SafeString(template.render(values, request=context.get("request")))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Print a line drawing."""
    return SafeString(jinja.icon(name, label))


@register.simple_tag
def direction() -> str:
    """`rtl` or `ltr`."""
    return jinja.direction()
