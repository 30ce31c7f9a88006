"""What one may not know of is answered as what never was: whoever holds an id cannot tell whether there is something.

Every address of the site with the id of something hidden, and with one that nobody made: the same status, text and
headers, whatever is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from partners.outcome.models import NextStep
from tests.doors.requests import UNKNOWN
from tests.doors.sweeping import SAID_TOGETHER, addresses, without_own_words
from tests.doors.test_sealed_comparisons import sealed_again
from tests.doors.whispering import Talks
from tests.outcome.conftest import Outcome

AS_PAGE, AS_PART = {"Accept": "text/html"}, {"HX-Request": "true", "HX-Target": "popover"}
PAGES = [(method, headers) for method in ("GET", "POST") for headers in (AS_PAGE, AS_PART)]
REST = [(method, {"If-Match": "*"}) for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")]
SAYS_THAT_IT_IS_PRIVATE = re.compile(r"/(?:ideas/[^/]+/(?:(?:tests|learning)/(?:[^/]+/)?)?|sentences/[^/]+/diff/)\??")
"""Pages that stay in their place while both sheets are private, and open again with the reveal."""

OF_EACH_ANSWER = ("X-Request-ID", "Content-Security-Policy", "Expires")
"""Headers that hold something new in every answer, or the second."""


def told_apart(client: Client, asked: Iterable[str], hidden: Iterable[Any]) -> list[str]:
    """The requests that are answered otherwise when the id in them is one that nobody made."""
    made_up = re.compile("|".join(str(pk) for pk in hidden))
    found, checked = [], 0
    for address in asked:
        forged = made_up.sub(str(UNKNOWN), address)
        if forged == address:
            continue
        for method, headers in REST if address.startswith("/api/") else PAGES:
            checked += 1
            real, unknown = (_answer(client, method, each, headers) for each in (address, forged))
            if real != unknown:
                found.append(f"{method} {address}: {real[0]}, not {unknown[0]}")
    assert checked > 100
    return found


def _answer(client: Client, method: str, address: str, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
    body: dict[str, Any] = {"data": "{}", "content_type": "application/json"} if address.startswith("/api/") else {}
    with transaction.atomic():
        answer: Any = client.generic(method, address, headers=headers, **body)
        transaction.set_rollback(True)
    told = {name: value for name, value in answer.headers.items() if name not in OF_EACH_ANSWER}
    return answer.status_code, without_own_words(answer.getvalue().decode()), told


def _together() -> Iterator[UUID]:
    """Everything that was said of both sheets; next steps stay open while they are private."""
    for model in SAID_TOGETHER.values():
        if model is not NextStep:
            yield from model._default_manager.values_list("pk", flat=True)


@pytest.mark.parametrize("who", ["bo", "eli"])
def test_what_was_compared_while_it_is_sealed(outcome: Outcome, who: str) -> None:
    cast = sealed_again(outcome).cast
    only: dict[str, list[Any]] = {
        "partnership_id": [cast.with_delonghi.pk],
        "organisation_id": [cast.delonghi.pk],
        "organisation": [cast.delonghi.pk],
        "member_id": [cast.carla.pk],
        "canvas_id": [],
        "note_id": [],
    }
    client, asked = cast.client(cast.members[who]), addresses(cast, "", only)
    pages = [address for address in asked if SAYS_THAT_IT_IS_PRIVATE.fullmatch(address)]
    for page in pages:
        assert "private until" in client.get(page).content.decode().lower(), page
    told = told_apart(client, asked, _together())
    assert [each for each in told if each not in {f"GET {page}: 200, not 404" for page in pages}] == []


@pytest.mark.parametrize("who", ["bo", "third", "dan"])
def test_what_is_written_on_a_hidden_sheet(talks: Talks, who: str) -> None:
    cast = talks.cast
    hidden = [*talks.delonghi_whispers(), talks.sheet(cast.delonghi).pk]
    if who == "dan":
        hidden += [cast.with_delonghi.pk, cast.delonghi.pk, cast.carla.pk]
    assert told_apart(talks.client(who), talks.addresses(who), hidden) == []


def test_a_whole_workshop_of_others(outcome: Outcome) -> None:
    cast = sealed_again(outcome).cast
    workshop, people = cast.workspace, [member.pk for member in cast.members.values()]
    companies = [cast.nespresso.pk, cast.delonghi.pk, cast.breville.pk]
    sheets = [cast.model(cast.nespresso).pk, cast.sheet(cast.with_delonghi, cast.delonghi).pk]
    note, partnership = outcome.table.licence.pk, cast.with_delonghi.pk
    only = {"canvas_id": sheets, "note_id": [note], "partnership_id": [partnership]}
    hidden = [workshop.pk, *people, *companies, *sheets, note, partnership, *_together()]
    hidden += NextStep.objects.values_list("pk", flat=True)
    assert told_apart(cast.client(cast.finn), addresses(cast, "", only), hidden) == []
