"""What one side says of a pair is its own until the other side has rated too, door by door.

Two checks at every address, in the answer to every small request and on the stream: the reason is nowhere; and whatever
was said, however strong, by whom of the company, the others are sent the very same bytes.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from partners.events.models import Event
from partners.live.doors import Asked, admit, known_topics
from partners.live.render import news
from partners.value_fit.models import JointSentence
from partners.workspaces import operations as workshops
from tests.doors.hiding import REASON, Hidden, both_ways, hidden_again
from tests.doors.sweeping import answers, read, without_own_words
from tests.outcome.conftest import Outcome

MOMENT = re.compile(r"<time [^>]*>[^<]*</time>")
HEADERS = ("ETag", "Last-Modified", "Content-Length", "Link", "Location")
WATCHERS = ("ana", "bo", "eli", "dan", "room")
"""The other side's facilitator and member, who watches, a rival's guest, and the wall."""


@pytest.fixture
def hidden(outcome: Outcome) -> Hidden:
    return hidden_again(outcome)


@pytest.mark.parametrize("who", WATCHERS)
def test_no_address_tells_what_was_said(hidden: Hidden, who: str) -> None:
    """Neither in what is read nor in its version, its length, or the date of its last change."""
    client, told, seen = hidden.client(who), list[str](), dict[str, tuple[int, str, dict[str, str]]]()
    asked = hidden.addresses()
    for turn, reason in both_ways(hidden):
        for address, answer in answers(client, asked):
            text = answer.getvalue().decode()
            headers = {name: value for name, value in answer.items() if name in HEADERS}
            now = (answer.status_code, without_own_words(text), headers)
            told += [f"{address}: {now[0]}"] if now[0] >= 500 else []
            told += [f"{address}: the reason"] if reason in text else []
            told += [f"{address} differs"] if seen.setdefault(address, now) != now else []
        asked = [address for address, (status, *_more) in seen.items() if status == 200] if turn == 0 else asked
    assert told == []
    assert len(asked) > 25 or who in ("dan", "room"), "most of it is there for them"


def requests(hidden: Hidden) -> dict[str, dict[str, Any]]:
    """Small requests that the other side may send about the pair, its notes and all around, with their fields."""
    cast, table, pair = hidden.cast, hidden.table, hidden.pair
    about, note = f"/p/{cast.with_delonghi.pk}", f"/notes/{table.licence.pk}"
    here = f"{cast.with_delonghi.pk}/compare/end"
    sentence = f"/sentences/{JointSentence.objects.get(kind='transfer').pk}"
    nespresso, delonghi = cast.nespresso.pk, cast.delonghi.pk
    docked = {"offer": table.licence.pk, "need": table.system.pk}
    return {
        f"{about}/pairs/": docked,
        f"{about}/ratings/": {**docked, "organisation": delonghi, "strength": 2},
        f"{about}/ratings/#other": {
            "offer": table.brand.pk, "need": table.pull.pk, "organisation": nespresso, "strength": 2
        },
        f"/pairs/{pair.pk}/interest/": {"interest": "opposed"},
        f"/pairs/{pair.pk}/removal/": {},
        f"/pairs/{pair.pk}/rating-removal/": {"organisation": nespresso},
        f"/pairs/{pair.pk}/confirmation/": {"organisation": delonghi},
        f"{about}/unmatched/": {"note": table.licence.pk},
        f"{about}/unmatched/#need": {"note": table.system.pk},
        f"{about}/looked-through/": {"organisation": nespresso},
        f"{about}/same/": {"first": table.design.pk, "second": table.system.pk},
        f"{about}/sentences/": {"kind": "created", "text": "More", "id": UUID(int=1)},
        f"{sentence}/": {"text": "Weekly talks", "base_version": 1},
        f"{sentence}/fields/": {"carries": "all"},
        f"{sentence}/consent/": {"organisation": nespresso, "given": 1, "version": 1},
        f"{sentence}/removal/": {"removed": 1},
        f"{note}/": {"text": "Technology licence", "base_version": 1},
        f"{note}/look/": {"fill": "sun"},
        f"{note}/position/": {"block": "intent"},
        f"{note}/deletion/": {},
        f"{note}/thumb/": {},
        f"{note}/comments/": {"text": "Well", "id": UUID(int=2)},
        f"{about}/decision/": {"verdict": "go_on"},
        f"{about}/steps/": {"text": "Call", "id": UUID(int=3)},
        f"/w/{cast.workspace.pk}/undo/": {},
        f"/w/{cast.workspace.pk}/session/": {"do": "figures", "shown": 1, "here": here},
        f"{about}/seal/": {},
    }  # fmt: skip


@pytest.mark.parametrize("who", ["ana", "bo", "noor"])
def test_no_answer_to_a_change_tells_it(hidden: Hidden, who: str) -> None:
    client, told, seen = hidden.client(who), list[str](), dict[str, tuple[int, str]]()
    for _turn, reason in both_ways(hidden):
        for address, fields in requests(hidden).items():
            with transaction.atomic():
                answer = client.post(address.partition("#")[0], fields, headers={"HX-Request": "true"})
                transaction.set_rollback(True)
            text = answer.content.decode()
            now = (answer.status_code, MOMENT.sub("", without_own_words(text)))
            told += [f"{address}: {now[0]}"] if now[0] >= 500 else []
            told += [f"{address}: the reason"] if reason and reason in text else []
            told += [f"{address} differs"] if seen.setdefault(address, now) != now else []
    assert told == []
    done = {address for address, (status, _text) in seen.items() if status in (200, 204)}
    assert len(done) >= len(seen) - 4, set(seen) - done


@pytest.mark.parametrize("who", ["ana", "bo", "eli", "noor", "room"])
def test_the_stream_does_not_tell_it(hidden: Hidden, who: str) -> None:
    """Neither as it happens nor to who catches up with all that happened."""
    cast, seen = hidden.cast, dict[int, list[str]]()
    sheets = (cast.sheet(cast.with_delonghi, company).pk for company in (cast.nespresso, cast.delonghi))
    asked = Asked(
        workspace_id=cast.workspace.pk,
        canvases=frozenset(sheets),
        topics=known_topics(),
        compared=frozenset([cast.with_delonghi.pk]),
        after=None,
        is_garbled=False,
        room=hidden.room if who == "room" else "",
        cookies={} if who == "room" else cast.cookies(hidden.people[who]),
    )
    scope = admit(asked).scope
    last = Event.objects.filter(thing_id=hidden.pair.pk).order_by("-seq")[0].seq
    for _turn, reason in both_ways(hidden):
        for after in (0, last - 1):
            heard = news(cast.workspace.pk, {scope: after})
            assert heard is not None
            pieces = heard.pieces[scope] or []
            assert any(f"row-{hidden.table.system.pk}" in piece for piece in pieces), "it is redrawn"
            assert not reason or not [piece for piece in pieces if reason in piece]
            assert seen.setdefault(after, pieces) == pieces


def test_an_answer_is_not_repeated_to_the_other_side(hidden: Hidden) -> None:
    """The same request under the same key, by somebody else, is a request of theirs."""
    cast, key = hidden.cast, str(uuid4())
    address, fields = f"/pairs/{hidden.pair.pk}/interest/", {"interest": "common"}
    answers = {
        who: hidden.client(who).post(address, fields, headers={"Idempotency-Key": key})
        for who in ("carla", "bo", "eli")
    }
    assert REASON in answers["carla"].content.decode()
    assert REASON not in answers["bo"].content.decode()
    assert (answers["bo"].status_code, answers["eli"].status_code) == (200, 403)
    said = {"offer": hidden.table.licence.pk, "need": hidden.table.system.pk, "organisation": cast.delonghi.pk}
    again = {"path": f"/p/{cast.with_delonghi.pk}/ratings/", "data": said | {"strength": 1, "reason": "Hushed again"}}
    key = str(uuid4())
    for who, status in (("carla", 200), ("bo", 403), ("eli", 403), ("dan", 404)):
        answer: Any = hidden.client(who).post(**again, headers={"Idempotency-Key": key})  # type: ignore[arg-type]  # as above
        assert answer.status_code == status, who
        assert ("Hushed again" in answer.content.decode()) is (who == "carla")


def test_its_own_side_and_who_asked_to_look_are_told(hidden: Hidden) -> None:
    """The same doors tell it to them: else they could not fail."""
    workshops.look_into(hidden.cast.viewer(hidden.people["noor"]), hidden.cast.with_delonghi)
    for who in ("carla", "rita", "noor"):
        assert heard(hidden, who) == ["compare", "pair", "matches.csv", "export"], who


def test_once_both_have_rated_everybody_has_both(hidden: Hidden) -> None:
    hidden.table.rate(hidden.cast.bo, hidden.table.licence, hidden.table.system, 2, reason="Said aloud")
    for who in ("ana", "bo", "carla", "eli", "noor"):
        assert heard(hidden, who) == ["compare", "pair", "matches.csv", "export", "report"], who
    assert heard(hidden, "dan") == []


def heard(hidden: Hidden, who: str) -> list[str]:
    """The doors at which somebody reads the reason."""
    about, rest = f"/p/{hidden.cast.with_delonghi.pk}", "/api/v1"
    workspace = f"{rest}/workspaces/{hidden.cast.workspace.pk}"
    doors = {
        "compare": f"{about}/compare/",
        "pair": f"{rest}/pairs/{hidden.pair.pk}/",
        "matches.csv": f"{workspace}/matches.csv",
        "export": f"{workspace}/export/",
        "report": f"{about}/report/",
    }
    return [name for name, address in doors.items() if REASON in read(hidden.client(who), address)[1]]


def test_it_does_not_come_to_light_when_its_company_has_left(hidden: Hidden) -> None:
    """What stand-ins say for an absent company is open; what its own people said stays theirs."""
    cast = hidden.cast
    for member in (cast.carla, hidden.rita):
        workshops.remove_member(viewer=cast.viewer(cast.ana), member=member)
    assert {who: heard(hidden, who) for who in ("ana", "bo", "eli")} == {"ana": [], "bo": [], "eli": []}
    pair = hidden.table.rate(
        cast.bo, hidden.table.marketing, hidden.table.design, 1, of=cast.delonghi, reason="A guess"
    )
    for who in ("ana", "eli"):
        assert "A guess" in read(hidden.client(who), f"/api/v1/pairs/{pair.pk}/")[1]


def test_who_is_moved_to_another_company_leaves_it_behind(hidden: Hidden) -> None:
    cast = hidden.cast
    workshops.change_member(viewer=cast.viewer(cast.ana), member=hidden.rita, organisation=cast.nespresso)
    assert heard(hidden, "rita") == []
