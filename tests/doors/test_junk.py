"""Bad input at every small request of comparing, deciding, leading and sealing: a clear answer, nothing recorded.

The addresses come from the URL configuration, so those of tomorrow are tried too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from partners.canvases import operations as sheets
from partners.events.models import Event
from partners.outcome import operations as deciding
from partners.value_fit import operations as comparing
from partners.value_fit.models import JointSentence, Pair
from partners.workspaces.models import Workspace
from partners.workspaces.operations import new_workshop
from tests.doors.sweeping import PLACE
from tests.outcome.conftest import Outcome

VIEWS = ("partners.value_fit.views", "partners.outcome.views", "partners.facilitation.views")
SEALING = "partners.workspaces.views.sealing"
UNKNOWN = UUID(int=7)
NEEDS_NOTHING = ("/removal/", "/restoration/", "/seal/", "/reveal/", "/look/", "/tick/", "/position/", "/confirmation/")
"""Saying nothing more than the address says is enough here."""
FIELDS = (
    *("offer", "need", "id", "organisation", "strength", "reason", "note", "first", "second", "interest", "kind"),
    *("text", "source_note", "carries", "target_block", "base_version", "given", "version", "removed", "name", "after"),
    *("verdict", "who", "by_when", "finding", "done", "accepted", "into", "do", "step", "minutes", "here", "page"),
)
JUNK: dict[str, str] = {
    "empty": "",
    "long": "x" * 5000,
    "NUL": "a\x00b",
    "negative": "-1",
    "huge": "9" * 2000,
    "half a character": "\\ud800",
    "markup": "<script>alert(1)</script>",
    "an unknown id": str(UNKNOWN),
}


@dataclass
class Site:
    """The two companies in the middle of everything, and another workshop of somebody else."""

    outcome: Outcome
    things: dict[str, list[UUID]]
    foreign: dict[str, list[UUID]]
    """Things of another partnership, another workshop, or that are deleted."""

    def client(self) -> Client:
        return self.outcome.cast.client(self.outcome.cast.ana)


@pytest.fixture
def site(outcome: Outcome) -> Site:
    cast, table = outcome.cast, outcome.table
    pair = table.agree(table.licence, table.system)
    apart = table.agree(table.marketing, table.shelf)
    comparing.remove_pair(seen=table.seen(cast.bo), pair=apart)
    said, dropped = outcome.created(), outcome.created("Dropped")
    comparing.remove_sentence(seen=table.seen(cast.bo), sentence=dropped)
    step, done_with = outcome.step(), outcome.step("Dropped")
    deciding.remove_step(seen=table.seen(cast.bo), step=done_with)
    sheets.delete_note(sheet=cast.seen(cast.ana, table.brand.canvas), note=table.brand)
    theirs = new_workshop(user=cast.finn, title="Elsewhere", company="Acme", partner="Zenith", customer_segment="All")
    rival = cast.note("Elsewhere", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="value_offer")
    here = {"pair_id": [pair.pk], "sentence_id": [said.pk], "step_id": [step.pk]}
    here |= {"partnership_id": [cast.with_delonghi.pk], "workspace_id": [cast.workspace.pk]}
    gone = {"pair_id": [apart.pk], "sentence_id": [dropped.pk], "step_id": [done_with.pk]}
    gone |= {"partnership_id": [theirs.partnership.pk], "workspace_id": [theirs.workspace.pk]}
    gone |= {"note": [table.brand.pk, rival.pk], "organisation": [cast.breville.pk, theirs.partnership.first_id]}
    return Site(outcome, here, gone)


def addresses(things: dict[str, list[UUID]]) -> list[str]:
    """Every address that takes a POST of these features, with some things filled in."""
    found = []
    for route in _routes(get_resolver().url_patterns):
        names = PLACE.findall(route)
        for values in product(*(things.get(name, []) for name in names)):
            filled = dict(zip(names, values, strict=True))
            found.append("/" + PLACE.sub(lambda match: str(filled[match[1]]), route))  # noqa: B023 - used up at once
    return [address for address in found if not address.startswith("/join/")]


def _routes(patterns: Any, before: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            module = each.callback.__module__
            if module == SEALING or module.startswith(VIEWS):
                yield before + str(each.pattern)


def send(client: Client, address: str, fields: dict[str, Any]) -> tuple[int, str, int]:
    """The status, the text and how much was recorded, of a request that leaves all as it was."""
    before = Event.objects.count()
    with transaction.atomic():
        answer = client.post(address, fields, headers={"HX-Request": "true"})
        recorded = Event.objects.count() - before
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode(), recorded


def test_addresses_are_found(site: Site) -> None:
    found = addresses(site.things)
    for part in ("/ratings/", "/consent/", "/decision/assent/", "/position/", "/session/", "/show/", "/reveal/"):
        assert any(address.endswith(part) for address in found), part


@pytest.mark.parametrize("what", JUNK)
def test_no_junk_in_any_field_is_recorded_or_breaks_anything(site: Site, what: str) -> None:
    """All fields at once hold it: no address finds what it needs in that."""
    client, wrong = site.client(), []
    for address in addresses(site.things):
        status, text, recorded = send(client, address, dict.fromkeys(FIELDS, JUNK[what]))
        is_enough = address.endswith(NEEDS_NOTHING) or (what == "empty" and status in (200, 204))
        if status == 405:
            continue
        if status >= 500 or (recorded and not is_enough):
            wrong.append(f"{address}: {status}, {recorded} recorded")
        if status >= 400:
            wrong += [f"{address}: {status} recorded"] if recorded else []
            wrong += [f"{address}: {status} says nothing"] if not _says_something(text) else []
    assert wrong == []


def _says_something(text: str) -> bool:
    """Whether an answer holds words for people, and none for programmers."""
    words = ("Traceback", "Exception", "violates", "ValidationError", "does not match", "constraint")
    return len(text.strip()) > 20 and not any(word in text for word in words)


def good(site: Site) -> dict[str, dict[str, Any]]:
    """A request that would work, for every address with fields."""
    cast, table, things = site.outcome.cast, site.outcome.table, site.things
    about = f"/p/{cast.with_delonghi.pk}"
    sentence, step, pair = (things[name][0] for name in ("sentence_id", "step_id", "pair_id"))
    both, company = {"offer": table.making.pk, "need": table.design.pk}, {"organisation": cast.nespresso.pk}
    here = f"{cast.with_delonghi.pk}/sketch/start"
    return {
        f"{about}/pairs/": both,
        f"{about}/ratings/": {**both, **company, "strength": 2, "reason": "So it is"},
        f"{about}/unmatched/": {"note": table.design.pk},
        f"{about}/looked-through/": company,
        f"{about}/same/": {"first": table.design.pk, "second": table.pull.pk},
        f"{about}/sentences/": {"kind": "created", "text": "More", "target_block": "channels", **company},
        f"{about}/decision/": {"verdict": "adapt"},
        f"{about}/decision/reason/": {"text": "Because", "base_version": 0},
        f"{about}/steps/": {"text": "Call them", "who": "Ana Vries", "by_when": "2025-06-01", "note": table.design.pk},
        f"/pairs/{pair}/interest/": {"interest": "common"},
        f"/pairs/{pair}/rating-removal/": company,
        f"/sentences/{sentence}/": {"text": "Other words", "base_version": 1},
        f"/sentences/{sentence}/fields/": {"target_block": "channels", "organisation": ""},
        f"/sentences/{sentence}/consent/": {**company, "given": 1, "version": 1},
        f"/steps/{step}/": {"text": "Ask twenty", "base_version": 1},
        f"/w/{cast.workspace.pk}/session/": {"do": "gather", "here": here},
        f"/w/{cast.workspace.pk}/show/": {"page": here},
    }


WORDS = ("text", "who", "reason", "given")
"""Anything says something here."""
MAY_BE_EMPTY = (
    *("base_version", "version", "note", "by_when", "target_block", "organisation", "interest", "verdict", "page"),
)
OUT_OF_SIGHT = ("base_version", "huge")
"""A version that is still to come counts as the one of now."""


def test_each_field_alone_is_refused_with_words(site: Site) -> None:
    """A request that would work, but for one field: refused as a whole, or the field was not needed."""
    client, wrong = site.client(), []
    junk = JUNK | {
        f"foreign {at}": str(pk) for at, pk in enumerate(site.foreign["note"] + site.foreign["organisation"])
    }
    for address, fields in good(site).items():
        status, _text, recorded = send(client, address, fields)
        if status not in (200, 204) or not recorded:
            wrong.append(f"{address}: {status}, {recorded} recorded, though all was well")
        for field, (what, value) in product(fields, junk.items()):
            status, text, recorded = send(client, address, {**fields, field: value})
            named = f"{address} with {what} in {field}: {status}"
            if status >= 400 and (status >= 500 or recorded or not _says_something(text)):
                wrong.append(f"{named}, {recorded} recorded: {text[:80]}")
            is_fine = field in WORDS or (what == "empty" and field in MAY_BE_EMPTY) or (field, what) == OUT_OF_SIGHT
            if status < 400 and not is_fine:
                wrong.append(f"{named}, taken")
    assert wrong == []


def test_what_is_gone_or_of_others_is_not_found(site: Site) -> None:
    """By address: of another workshop, of a pair that was taken apart, of what was dropped, of nothing at all."""
    client, wrong = site.client(), []
    fields = {name: value for each in good(site).values() for name, value in each.items()}
    unknown = {name: [UNKNOWN] for name in site.things}
    for things in (site.foreign, unknown):
        for address in addresses(things):
            status, _text, recorded = send(client, address, fields)
            is_back = things is site.foreign and address.endswith(
                "/removal/"
            )  # brings it back: no field says `removed`
            if status not in ((404, 405, 409) if not is_back else (200, 404)) or (recorded and not is_back):
                wrong.append(f"{address}: {status}, {recorded} recorded")
    assert wrong == []
    assert Workspace.objects.get(pk=site.foreign["workspace_id"][0]).title == "Elsewhere"


REST_JUNK: tuple[Any, ...] = (
    None,
    "",
    "x" * 5000,
    "a\x00b",
    -1,
    10**40,
    1.5,
    True,
    [],
    ["x"],
    {},
    {"a": 1},
    str(UNKNOWN),
)


def test_programs_are_answered_too(site: Site) -> None:
    cast, table, client, wrong = site.outcome.cast, site.outcome.table, site.client(), []
    here, company = str(cast.with_delonghi.pk), cast.nespresso.pk
    pair, sentence = Pair.objects.get(removed_at=None).pk, JointSentence.objects.get(deleted_at=None).pk
    tries: dict[tuple[str, str], dict[str, Any]] = {
        ("POST", "pairs/"): {"id": None, "offer": str(table.making.pk), "need": str(table.design.pk)},
        ("PATCH", f"pairs/{pair}/"): {"interest": "common"},
        ("PUT", f"pairs/{pair}/ratings/{company}/"): {"strength": 1, "reason": ""},
        ("PATCH", f"pairs/{pair}/ratings/{company}/"): {"strength": 1, "reason": ""},
        ("POST", "declarations/"): {"partnership": here, "kind": "unmatched", "note": str(table.design.pk)},
        ("POST", "sentences/"): {"partnership": here, "kind": "transfer", "text": "So", "carries": [], "id": None},
        ("PATCH", f"sentences/{sentence}/"): {"text": "So", "beneficiary": "customer", "organisation": None},
        ("PUT", f"sentences/{sentence}/consents/{company}/"): {"version": 1},
        ("POST", "rounds/"): {"partnership": here, "name": "One", "after": 1},
        ("PUT", f"pairs/{UNKNOWN}/ratings/{company}/"): {"strength": 1},
        ("PUT", f"pairs/{pair}/ratings/{UNKNOWN}/"): {"strength": 1},
        ("PUT", f"pairs/{pair}/ratings/{cast.breville.pk}/"): {"strength": 1},
        ("PUT", f"sentences/{sentence}/consents/{cast.delonghi.pk}/"): {"version": 1},
    }
    for (method, path), body in tries.items():
        for field, value in product(body, REST_JUNK):
            before = Event.objects.count()
            with transaction.atomic():
                answer = client.generic(
                    method,
                    f"/api/v1/{path}",
                    json.dumps(body | {field: value}),
                    content_type="application/json",
                    headers={"If-Match": "*"},
                )
                recorded = Event.objects.count() - before
                transaction.set_rollback(True)
            if answer.status_code >= 400 and (
                answer.status_code >= 500 or recorded or b'"message"' not in answer.content
            ):
                wrong.append(f"{method} {path} with {field}={str(value)[:20]!r}: {answer.status_code}")
    assert wrong == []


def test_odd_addresses_are_not_found(site: Site) -> None:
    client, about = site.client(), f"/p/{site.outcome.cast.with_delonghi.pk}"
    for address in (
        "/room/a%00b/",
        "/room/a%00b/now/",
        "/join/a%00b/",
        f"{about}/sums/a%00b/",
        f"{about}/menu/?note=%00",
    ):
        assert client.get(address).status_code in (404, 422), address
    for address in (f"{about}/outcome/?edit=%00", f"{about}/report/?people=%00", f"{about}/grid/?sort=%00&filter=%00"):
        assert client.get(address).status_code == 200, address
    assert client.post("/join/", {"code": "a\x00b"}).status_code == 422
