"""Bad input at every small request of comparing, deciding, leading and sealing: a clear answer, nothing recorded.

The addresses come from the URL configuration, so those of tomorrow are tried too.
"""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID

import pytest

from partners.workspaces.models import Workspace
from tests.doors.requests import JUNK, UNKNOWN, Site, addresses, furnished_again, send
from tests.outcome.conftest import Outcome

NEEDS_NOTHING = (
    *("/removal/", "/restoration/", "/seal/", "/reveal/", "/look/", "/tick/", "/position/", "/confirmation/"),
    *("/start/", "/end/", "/flag/", "/taking-up/"),
)
"""Saying nothing more than the address says is enough here."""
WORDS_ALONE = ("/questions/", "/drop/", "/going-on/")
"""Words are enough here, and an id reads as words."""
MERE_WORDS = ("/review/", "/answer/")
"""Nothing but words is asked for here: what reads as words is kept, without what no text may hold."""
FIELDS = (
    *("offer", "need", "id", "organisation", "strength", "reason", "note", "first", "second", "interest", "kind"),
    *("text", "source_note", "carries", "target_block", "base_version", "given", "version", "removed", "name", "after"),
    *("verdict", "who", "by_when", "finding", "done", "accepted", "into", "do", "step", "minutes", "here", "page"),
    *(
        "input_start",
        "block_start",
        "title",
        "importance",
        "assumed_level",
        "vanishes_without_start",
        "pair",
        "sentence",
    ),
    *("claims", "criterion", "due_on", "points", "ended", "why", "observed", "observed_on", "data_points", "level"),
    *("verdict-customer", "costs_start", "links", "tests", "base-criterion", "revision", "draft"),
    *("iteration", "starts_on", "ends_on", "priority", "opportunity", "adapts", "answer", "idea"),
)


@pytest.fixture
def site(outcome: Outcome) -> Site:
    return furnished_again(outcome)


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
        is_enough |= what == "an unknown id" and address.endswith(WORDS_ALONE)
        is_enough |= what not in ("empty", "huge") and address.endswith(MERE_WORDS)
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
    foreign = {f"foreign {at}": str(pk) for at, pk in enumerate(site.foreign["note"] + site.foreign["organisation"])}
    for address, fields in good(site).items():
        status, _text, recorded = send(client, address, fields)
        if status not in (200, 204) or not recorded:
            wrong.append(f"{address}: {status}, {recorded} recorded, though all was well")
        tries = [(field, *junk) for field, junk in product(fields, JUNK.items())]
        names_a_thing = [field for field, value in fields.items() if isinstance(value, UUID)]
        for field, what, value in tries + [(field, *junk) for field, junk in product(names_a_thing, foreign.items())]:
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
            if status not in ((404, 405, 409) if not is_back else (200, 302, 404)) or (recorded and not is_back):
                wrong.append(f"{address}: {status}, {recorded} recorded")
    assert wrong == []
    assert Workspace.objects.get(pk=site.foreign["workspace_id"][0]).title == "Elsewhere"


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
