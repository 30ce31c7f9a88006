"""The Jinja2 environment of our pages and fragments: the words every template may use."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import jinja2
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from partners.base.joined import address_of
from partners.base.names import initials

# Drawings that point along the line of reading turn round with it in right-to-left languages.
TURNING_ICONS = frozenset(
    ["arrow-right", "arrow-left", "chevron-right", "chevron-left", "corner-down-right", "log-out", "redo-2", "send"]
    + ["undo-2", "list", "move-right"]
)

# The shape that stands beside each fill, so that no colour speaks alone. Drawn in a box of 10 by 10.
FILL_SHAPES = {
    "sun": "M1 5a4 4 0 1 1 8 0 4 4 0 1 1-8 0z",
    "leaf": "M5 .5 9.5 5 5 9.5.5 5z",
    "sky": "M1 1h8v8H1z",
    "rose": "M5 .8 9.6 9H.4z",
    "lilac": "M3.6.5h2.8v3.1h3.1v2.8H6.4v3.1H3.6V6.4H.5V3.6h3.1z",
}
# What a fill is called while the team has not said what it means.
FILL_WORDS = {
    "plain": gettext_lazy("plain"),
    "sun": gettext_lazy("yellow"),
    "leaf": gettext_lazy("green"),
    "sky": gettext_lazy("blue"),
    "rose": gettext_lazy("red"),
    "lilac": gettext_lazy("purple"),
}


def environment(**options: Any) -> jinja2.Environment:
    """The environment for settings' Jinja2 backend and for whatever renders fragments outside a request."""
    options.setdefault("autoescape", True)
    options["undefined"] = jinja2.StrictUndefined  # Django's backend would set a forgiving one
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = jinja2.Environment(**{**options, "extensions": [*options.get("extensions", ()), "jinja2.ext.i18n"]})
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension when it is loaded
        gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        url=url,
        static=static,
        joined=address_of,
        icon=icon,
        fill_mark=fill_mark,
        fill_word=fill_word,
        initials=initials,
        query=query,
        messages_for=messages_for,
        request=None,
        language=translation.get_language,
        direction=direction,
    )
    env.globals["kept"] = keeper(env)
    env.filters.update(date=date_element, moment=moment_element)
    return env


def gettext(message: str) -> str:
    """Return a message in the present language. A page says 130, so each is looked up once in the life of a process."""
    return _said(message, translation.get_language())


@lru_cache(maxsize=4096)
def _said(message: str, _language: str | None) -> str:
    return translation.gettext(message)


def keeper(env: jinja2.Environment) -> Callable[[str], Markup]:
    """`kept("components/texts.html")`: a template that needs nothing from the page, drawn once per language."""

    @lru_cache(maxsize=64)
    def draw(name: str, _language: str | None) -> Markup:
        return Markup(env.get_template(name).render())  # our own template, which escapes

    def kept(name: str) -> Markup:
        if env.auto_reload:
            draw.cache_clear()
        return draw(name, translation.get_language())

    return kept


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named view: `url("canvases:add", canvas.id)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(maxsize=1)
def _drawings() -> ZipFile:
    """The drawings of the lucide package, opened once; its own reader looks through all of them for each one."""
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> Markup:
    """A line drawing as inline svg, sized and coloured by the text around it.

    It is hidden from screen readers unless it has a label: then the label is what they read.
    """
    drawn = _drawings().read(f"{name}.svg").decode()
    inner = re.sub(r">\s+<", "><", drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")].strip()).replace(" />", "/>")
    turns = " icon-turns" if name in TURNING_ICONS else ""
    opening = Markup('<svg class="icon{}" viewBox="0 0 24 24"').format(turns)
    return opening + _spoken(label) + Markup(">") + Markup(inner) + Markup("</svg>")


@lru_cache(maxsize=512)
def fill_mark(fill: str, label: str = "") -> Markup:
    """The small shape of a note's fill; nothing for plain paper."""
    if fill not in FILL_SHAPES:
        return Markup("")
    opening = Markup('<svg class="fill-mark" viewBox="0 0 10 10"')
    return opening + _spoken(label) + Markup('><path d="{}"/></svg>').format(FILL_SHAPES[fill])


def fill_word(fill: str, meaning: str = "") -> str:
    """What a fill means to this team, or the name of the colour."""
    return meaning or str(FILL_WORDS[fill])


def _spoken(label: str) -> Markup:
    return Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')


def query(current: QueryDict, **changes: object) -> str:
    """The query string of this page with some values changed; None takes a value away."""
    values = {name: current.getlist(name) for name in current}
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None:
            values[name] = [str(value)]
    return f"?{urlencode(values, doseq=True)}"


def messages_for(request: HttpRequest | None) -> list[Message]:
    """What is to be said once on this page; nothing where there is no request, as on the page for a crash."""
    return list(get_messages(request)) if request is not None else []


def direction() -> str:
    """`rtl` or `ltr`, for `<html dir>`."""
    return "rtl" if translation.get_language_bidi() else "ltr"


def date_element(value: date | datetime) -> Markup:
    """The day in words inside `<time>`; a moment is given in UTC and the browser shows it in its own zone."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
        return _time(value.strftime("%Y-%m-%dT%H:%M:%SZ"), formats.date_format(value, "DATE_FORMAT"), "date")
    return _time(value.isoformat(), formats.date_format(value, "DATE_FORMAT"), "day")


def moment_element(value: datetime) -> Markup:
    """Day and time in UTC inside `<time>`; the browser shows it in its own zone."""
    value = value.astimezone(UTC)
    words = f"{formats.date_format(value, 'DATE_FORMAT')}, {formats.time_format(value, 'H:i')} UTC"
    return _time(value.strftime("%Y-%m-%dT%H:%M:%SZ"), words, "moment")


def _time(machine: str, words: str, shows: str) -> Markup:
    return Markup('<time datetime="{}" data-shows="{}">{}</time>').format(machine, shows, words)
