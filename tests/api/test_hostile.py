"""Input nobody should send: a clear answer in one shape, nothing lost, never 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from partners.canvases.models import Note
from tests.api.conftest import Program
from tests.factories import Cast

SHOWN_AS_SENT = {
    "right to left": "نادي القهوة",
    "override": "abc\u202edef",
    "emoji": "👩‍👩‍👧‍👦 ☕️",
    "script": "<script>alert(1)</script>",
    "template": "{{ 7*7 }} {% x %} ${7*7}",
    "quotes": "'; DROP TABLE notes; --",
    "formula": "=HYPERLINK(1)",
    "cjk": "咖啡機",
    "zero width": "a\u200bb",
}


@pytest.mark.parametrize("text", SHOWN_AS_SENT.values(), ids=SHOWN_AS_SENT)
def test_odd_texts_come_back_as_they_were_sent(cast: Cast, ana: Program, text: str) -> None:
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "text": text, "tags": [text[:40]]}
    made = ana.post("notes/", body)
    assert (made["text"], made["tags"]) == (text, [text[:40]])
    assert ana.post("comments/", {"note": made["id"], "text": text})["text"] == text
    answer = ana.call("GET", f"notes/{made['id']}/")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_control_characters_are_taken_out(cast: Cast, ana: Program) -> None:
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "text": "a\x07\x1b[31mb\r\nc\x85"}
    assert ana.post("notes/", body)["text"] == "a[31mb\nc"


REFUSED: dict[str, tuple[Any, int]] = {
    "empty": ({"text": ""}, 422),
    "only spaces": ({"text": " \n\t "}, 422),
    "too long": ({"text": "x" * 1001}, 422),
    "NUL": ({"text": "a\x00b"}, 201),
    "only NUL": ({"text": "\x00"}, 422),
    "half a character": ({"text": "\ud800"}, 400),
    "a number": ({"text": 1.5e308}, 201),
    "a list": ({"text": ["a"]}, 422),
    "an object": ({"text": {"a": 1}}, 422),
    "nothing": ({"text": None}, 422),
    "unknown block": ({"block": "nowhere"}, 422),
    "a block of the other kind": ({"block": "intent"}, 422),
    "foreign canvas": ({"canvas": "00000000-0000-4000-8000-000000000000"}, 404),
    "no canvas": ({"canvas": "x"}, 422),
    "forged id": ({"id": "x"}, 422),
    "odd place": ({"after": "elsewhere"}, 422),
    "a place that never was": ({"after": "00000000-0000-4000-8000-000000000000"}, 422),
    "odd colour": ({"fill": "#ff0000"}, 422),
    "odd weight": ({"weight": 10**30}, 422),
    "too many tags": ({"tags": [f"tag {place}" for place in range(13)]}, 422),
    "long tag": ({"tags": ["x" * 41]}, 422),
    "NUL in a tag": ({"tags": ["\x00"]}, 201),
    "no list of tags": ({"tags": "a,b"}, 422),
    "forged author": ({"author": "00000000-0000-4000-8000-000000000000", "confirmed_by": "x"}, 201),
    "a name from inside": ({"drawn": 9}, 422),
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_notes_that_cannot_be_taken(cast: Cast, ana: Program, sent: dict[str, Any], status: int) -> None:
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "text": "Boutiques"} | sent
    answer = ana.call("POST", "notes/", body)
    assert answer.status_code == status, answer.content
    if status >= 400:
        _in_one_shape(answer.content)
    assert Note.objects.count() == (status == 201)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("", "application/json", 422),
        ("[]", "application/json", 422),
        ('"x"', "application/json", 422),
        ("null", "application/json", 422),
        ("NaN", "application/json", 400),
        ('{"a":' * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("text=x", "application/x-www-form-urlencoded", 415),
        ("<note/>", "application/xml", 415),
        ("{}", "application/json; charset=made-up", 422),
        (json.dumps({"text": "x" * 3_000_000}), "application/json", 413),
    ],
    ids=["broken", "empty", "list", "text", "null", "NaN", "deep", "bytes", "form", "xml", "charset", "3 MB"],
)
def test_bodies_that_cannot_be_read(ana: Program, body: str | bytes, content_type: str, status: int) -> None:
    for path, method in (("notes/", "POST"), ("workspaces/", "POST")):
        answer = ana.client.generic(
            method, f"/api/v1/{path}", data=body, content_type=content_type, headers=ana.headers
        )
        assert answer.status_code == status, answer.content
        _in_one_shape(answer.content)


def test_a_number_of_thousands_of_digits_is_told_in_plain_words(ana: Program) -> None:
    body = '{"weight": ' + "9" * 5000 + "}"
    refused = ana.client.generic(
        "POST", "/api/v1/notes/", data=body, content_type="application/json", headers=ana.headers
    )
    error = {"code": "parse_error", "message": "A number in this JSON has thousands of digits."}
    assert (refused.status_code, refused.json()) == (400, {"error": error})


def test_a_large_body_with_a_key_is_refused_the_same_way(ana: Program) -> None:
    answer = ana.call(
        "POST", "notes/", {"text": "x" * 3_000_000}, Idempotency_Key="00000000-0000-4000-8000-000000000000"
    )
    assert (answer.status_code, _in_one_shape(answer.content)) == (413, "too_large")


def test_ten_thousand_lines_are_refused_whole(cast: Cast, ana: Program) -> None:
    path = f"canvases/{cast.model(cast.nespresso).pk}/paste/"
    lines = "\n".join(f"Line {place}" for place in range(10_000))
    answer = ana.call("POST", path, {"block": "channels", "lines": lines, "confirmed": True})
    assert (answer.status_code, answer.json()["error"]["count"]) == (422, 10_000)
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("", "GET", 404),
        ("nothing/", "GET", 404),
        ("notes", "GET", 404),
        ("notes", "POST", 404),
        ("notes/1/", "GET", 404),
        ("notes/../../", "GET", 404),
        ("notes/%00/", "GET", 404),
        ("notes/", "PUT", 405),
        ("notes/", "OPTIONS", 405),
        ("notes/", "TRACE", 405),
        ("events/", "POST", 405),
        ("members/", "POST", 405),
    ],
)
def test_addresses_and_methods_that_are_not_there(ana: Program, path: str, method: str, status: int) -> None:
    answer = ana.call(method, path)
    assert answer.status_code == status
    _in_one_shape(answer.content)


def test_an_unknown_address_is_no_matter_of_security_cookies(ana: Program) -> None:
    strict = Program(Client(enforce_csrf_checks=True), **ana.headers)
    assert strict.status("notes", "POST", {}) == 404
    assert strict.status("notes/", "POST", {}) == 422


def test_more_parameters_than_anybody_needs_are_refused_in_the_same_shape(ana: Program) -> None:
    many = "&".join(f"p{number}=1" for number in range(2001))
    refused = ana.call("GET", f"notes/?{many}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")


def test_what_one_person_is_told_is_kept_by_nobody(cast: Cast, ana: Program) -> None:
    note = cast.note()
    for path in (
        f"notes/{note.pk}/",
        f"notes/?canvas={note.canvas_id}",
        f"events/?workspace={cast.workspace.pk}",
        "notes/",
    ):
        answer = ana.call("GET", path)
        assert "private" in answer["Cache-Control"], path
        assert "no-cache" in answer["Cache-Control"], path


def test_any_wish_for_a_format_gets_json(cast: Cast, ana: Program) -> None:
    for wish in ("text/html", "application/xml", "text/csv", "nonsense"):
        assert ana.call("GET", "workspaces/", Accept=wish)["Content-Type"] == "application/json"


@pytest.mark.parametrize("version", ["", '"', "*, x", '"99-99"', "W/", '"1-1", "2-2"'])
def test_odd_versions_are_refused_or_taken(cast: Cast, ana: Program, version: str) -> None:
    note = cast.note()
    status = ana.status(f"notes/{note.pk}/", "PATCH", {"text": "Other"}, if_match=version)
    assert status == {"": 428, "*, x": 200}.get(version, 412)


def test_nobody_gets_the_same_shape(db: None) -> None:
    for path in ("notes/", "workspaces/", "nothing/"):
        _in_one_shape(Program(Client()).call("GET", path).content)


def _in_one_shape(content: bytes) -> str:
    body = json.loads(content)
    assert list(body) == ["error"]
    error = body["error"]
    assert isinstance(error["code"], str)
    assert error["message"]
    for messages in error.get("fields", {}).values():
        assert all(isinstance(message, str) for message in messages)
    return str(error["code"])
