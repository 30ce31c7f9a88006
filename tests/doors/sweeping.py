"""Every address that can be read, as somebody would ask for it: pages and REST alike, those of tomorrow included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from partners.canvases.models import Canvas, Comment, Note
from partners.hypotheses.models import BigQuestion, Iteration, LearningCard, SynergyHypothesis, TestCard
from partners.outcome.models import NextStep
from partners.value_fit.models import Declaration, JointSentence, Pair, Round
from partners.workspaces.models import Membership, Organisation, Partnership
from tests.factories import Cast

PLACE = re.compile(r"<\w+:(\w+)>")
THING = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOLLOWED = "updated_since=2000-01-01T00:00:00Z"
SKIPPED = ("^", "<slug:slug>", "schema/", "docs/", "accounts/", "joined/")
"""Addresses for everything else, and those that tell of the site and not of a workshop."""
SAID_TOGETHER: dict[str, type[Model]] = {
    "pair": Pair,
    "declaration": Declaration,
    "sentence": JointSentence,
    "round": Round,
    "step": NextStep,
    "idea": SynergyHypothesis,
    "test": TestCard,
    "card": LearningCard,
    "iteration": Iteration,
    "question": BigQuestion,
}
BY_REST = {"canvase": "canvas_id", "hypothese": "idea_id", "learning": "card_id"}
"""What a place stands for that REST calls `id`, where it is not named like the list that it is in."""
WAYS = {
    r"/w/[^/]+/find/": ["q=secret", "q=hushed"],
    r"/w/[^/]+/activity/": ["", "since=visit"],
    r"/canvases/[^/]+/moments/": ["", "step=2"],
    r".*/grid/": ["", "sort=met", "filter=met", "filter=gaps", "filter=differing", "filter=guesses"],
}
"""Pages that are asked for in several ways."""
UNREADABLE: set[str] = set()
"""Kinds of addresses that take only changes, as an answer to somebody has said: nobody can read there."""
OWN_WORDS = re.compile(
    r'data-(?:drawn|cursor)="[^"]*"|name="(?:csrfmiddlewaretoken|until|id)" value="[^"]*"'
    r'|"(?:as_of|exported_at)": ?"[^"]*"'
)
"""What may differ when somebody wrote where one cannot look: that something happened, the moment of asking, and the id
that a form brings for what will be made with it."""


def addresses(cast: Cast, room: str, only: Mapping[str, list[Any]] | None = None) -> list[str]:
    """Every address of the site with everything of the workshop filled in, hidden things included.

    `only` names, by their places in addresses, the things that are enough.
    """
    things = _things(cast, room) | dict(only or {})
    found = []
    for pattern in _patterns(get_resolver().url_patterns):
        if any(pattern.startswith(skipped) or skipped in pattern for skipped in SKIPPED):
            continue
        names = [_name(pattern, name) for name in PLACE.findall(pattern)]
        for values in product(*(things.get(name, ()) for name in names)):
            filled = iter(values)
            path = "/" + PLACE.sub(lambda _: str(next(filled)), pattern)  # noqa: B023 - used up within the line
            found += [f"{path}?{query}" for query in _queries(cast, path, things)]
    return found


def sweep(client: Client, asked: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Yield each address with its status and text; of a kind that is not for reading (405), only the first ever."""
    for address, response in answers(client, asked):
        yield address, response.status_code, response.getvalue().decode()


def answers(client: Client, asked: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield each address with its whole answer; of a kind that is not for reading (405), only the first ever."""
    for address in asked:
        kind = THING.sub("…", address.partition("?")[0])
        if kind not in UNREADABLE:
            response = client.get(address)
            if response.status_code == 405:
                UNREADABLE.add(kind)
            yield address, response


def read(client: Client, address: str) -> tuple[int, str]:
    """The status and the whole text behind an address, streamed or not."""
    response: Any = client.get(address)
    return response.status_code, response.getvalue().decode()


def without_own_words(text: str) -> str:
    """The text without the numbers and moments that may differ between two visits."""
    return OWN_WORDS.sub("", text)


def _patterns(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns, before + str(each.pattern))
        else:
            yield before + str(each.pattern)


def _name(pattern: str, name: str) -> str:
    """What a place in an address stands for; REST calls every thing `id`, behind its kind."""
    if pattern.endswith("/restoration/") and name == "moment":
        return "beginning"
    kind = re.match(r"api/v1/(\w+?)s?/<", pattern)
    if name == "id" and kind:
        return BY_REST.get(kind[1], f"{kind[1]}_id")
    return name


def _things(cast: Cast, room: str) -> dict[str, list[Any]]:
    here = {"workspace": cast.workspace}
    together: dict[str, list[Any]] = {
        f"{name}_id": list(model._default_manager.values_list("pk", flat=True)) for name, model in SAID_TOGETHER.items()
    }
    return together | {
        "workspace_id": [cast.workspace.pk],
        "partnership_id": list(Partnership.objects.filter(**here).values_list("pk", flat=True)),
        "organisation_id": list(Organisation.objects.filter(**here).values_list("pk", flat=True)),
        "member_id": list(Membership.objects.filter(**here).values_list("pk", flat=True)[:2]),
        "canvas_id": list(Canvas.objects.filter(**here).values_list("pk", flat=True)),
        "note_id": list(Note.objects.values_list("pk", flat=True)),
        "comment_id": list(Comment.objects.values_list("pk", flat=True)),
        "organisation": list(Organisation.objects.filter(**here).values_list("pk", flat=True)),
        "what": ["start", "end", "fit", "balance"],
        "side": ["start", "end"],
        "place": ["compare", "outcome"],
        "key": ["desired_value"],
        "moment": [30],
        "beginning": [0],  # back to it, everything on the sheet is told as a change
        "code": [cast.code.code],
        "token": [room],
    }


def _queries(cast: Cast, path: str, things: Mapping[str, list[Any]]) -> list[str]:
    if re.fullmatch(r"/p/[^/]+/menu/", path):
        return [f"note={note}" for note in things["note_id"]]
    for pattern, asked in WAYS.items():
        if re.fullmatch(pattern, path):
            return asked
    if path.endswith("/marks/"):
        return ["&".join(f"canvas={canvas}" for canvas in things["canvas_id"])]
    if path == "/me.css":
        return [f"w={cast.workspace.pk}"]
    if re.fullmatch(r"/api/v1/\w+/", path):
        # What changed since the beginning: the whole list, and besides what is gone.
        since = "after=0" if path.endswith("/events/") else FOLLOWED
        return [f"workspace={cast.workspace.pk}&{since}"]
    return [""]
