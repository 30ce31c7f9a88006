"""Bad input by programs: every field of what a comparison takes, with everything that JSON can hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from partners.value_fit.models import JointSentence, Pair
from tests.doors.junking import wrong_answers
from tests.doors.requests import UNKNOWN, Site, furnished_again
from tests.outcome.conftest import Outcome


@pytest.fixture
def site(outcome: Outcome) -> Site:
    return furnished_again(outcome)


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

        def send(body: dict[str, Any], method: str = method, path: str = path) -> Any:
            as_it_is: dict[str, Any] = {"content_type": "application/json", "headers": {"If-Match": "*"}}
            return client.generic(method, f"/api/v1/{path}", json.dumps(body), **as_it_is)

        wrong += [f"{method} {path} with {each}" for each in wrong_answers(send, body)]
    assert wrong == []
