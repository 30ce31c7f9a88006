"""Who sees and may do what, resource by resource: owner, colleague, partner's guests, observer, stranger, nobody."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partners.people.models import ApiToken
from partners.workspaces import operations as workshops
from partners.workspaces.models import Invitation
from tests.api.conftest import Program
from tests.factories import Cast

Make = Callable[..., Program]


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """One thing of each kind around the partnership with De'Longhi."""
    note = cast.note(canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="intent")
    ana = Program(cast.client(cast.ana))
    comment = ana.post("comments/", {"note": str(note.pk), "text": "Agreed"})
    canvas = cast.sheet(cast.with_delonghi, cast.nespresso)
    return {
        "workspace": f"workspaces/{cast.workspace.pk}/",
        "organisation": f"organisations/{cast.delonghi.pk}/",
        "partnership": f"partnerships/{cast.with_delonghi.pk}/",
        "canvas": f"canvases/{canvas.pk}/",
        "blocks": f"canvases/{canvas.pk}/blocks/",
        "block": f"canvases/{canvas.pk}/blocks/intent/",
        "note": f"notes/{note.pk}/",
        "comment": f"comments/{comment['id']}/",
        "member": f"members/{cast.carla.pk}/",
        "export": f"canvases/{canvas.pk}/export/",
        "workspace export": f"workspaces/{cast.workspace.pk}/export/",
        "table": f"workspaces/{cast.workspace.pk}/notes.csv",
        "events": f"events/?workspace={cast.workspace.pk}",
    }


@pytest.mark.parametrize("who", ["ana", "bo", "carla", "eli"])
def test_people_of_the_partnership_read_all_of_it(
    cast: Cast, program: Make, addresses: dict[str, str], who: str
) -> None:
    reader = program(cast.members[who])
    assert {name: reader.status(path) for name, path in addresses.items()} == dict.fromkeys(addresses, 200)


def test_the_rivals_guest_reads_only_the_workshop(cast: Cast, dan: Program, addresses: dict[str, str]) -> None:
    seen = {name for name, path in addresses.items() if dan.status(path) == 200}
    assert seen == {"workspace", "workspace export", "table", "events"}
    assert {dan.status(path) for name, path in addresses.items() if name not in seen} == {404}


def test_a_stranger_reads_nothing(cast: Cast, addresses: dict[str, str]) -> None:
    _token, secret = ApiToken.objects.create(cast.finn, name="Nosy", may_write=True)
    for stranger in (Program(cast.client(cast.finn)), Program(Client(), Authorization=f"Token {secret}")):
        assert {stranger.status(path) for path in addresses.values()} == {404}
        assert stranger.get("workspaces/")["results"] == []


def test_nobody_and_the_room_screen_are_asked_who_they_are(cast: Cast, addresses: dict[str, str]) -> None:
    room = workshops.invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.ROOM, partnership=cast.with_delonghi)
    nobody = Program(Client())
    assert {nobody.status(path) for path in addresses.values()} == {401}
    for secret in (room.code, cast.code.code):
        holder = Program(Client(), Authorization=f"Token {secret}")
        assert {holder.status(path) for path in addresses.values()} == {401}


def _writes(cast: Cast, addresses: dict[str, str]) -> dict[str, tuple[str, str, Any]]:
    sheet = cast.sheet(cast.with_delonghi, cast.nespresso)
    here = str(cast.workspace.pk)
    return {
        "rename workspace": ("PATCH", addresses["workspace"], {"title": "Renamed"}),
        "add organisation": ("POST", "organisations/", {"workspace": here, "name": "Krups"}),
        "change De'Longhi": ("PATCH", addresses["organisation"], {"sector": "Appliances"}),
        "state of partnership": ("PATCH", addresses["partnership"], {"state": "designing"}),
        "lock": ("PATCH", addresses["canvas"], {"locked": False}),
        "add note": ("POST", "notes/", {"canvas": str(sheet.pk), "block": "intent", "text": "More"}),
        "edit note": ("PATCH", addresses["note"], {"text": "Other words"}),
        "thumb": ("PUT", f"{addresses['note']}thumb/", None),
        "comment": ("POST", "comments/", {"note": addresses["note"][6:-1], "text": "Why?"}),
        "move Carla": ("PATCH", addresses["member"], {"role": "observer"}),
    }


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("ana", set()),
        ("bo", {"rename workspace", "add organisation", "change De'Longhi", "lock", "move Carla"}),
        ("carla", {"rename workspace", "add organisation", "lock", "add note", "edit note", "move Carla"}),
        (
            "eli",
            {
                "rename workspace",
                "add organisation",
                "change De'Longhi",
                "state of partnership",
                "lock",
                "add note",
                "edit note",
                "thumb",
                "comment",
                "move Carla",
            },
        ),
    ],
)
def test_writing_follows_the_rights_of_the_pages(
    cast: Cast, program: Make, addresses: dict[str, str], who: str, refused: set[str]
) -> None:
    writer = program(cast.members[who])
    answers = {
        name: writer.status(path, method, body, if_match="*")
        for name, (method, path, body) in _writes(cast, addresses).items()
    }
    assert {name for name, status in answers.items() if status == 403} == refused
    assert {status for name, status in answers.items() if name not in refused} <= {200, 201}


@pytest.mark.parametrize("who", ["dan", "finn"])
def test_writing_what_is_not_there_for_somebody_is_404(cast: Cast, addresses: dict[str, str], who: str) -> None:
    writer = Program(cast.client(getattr(cast, who)))
    answers = {
        name: writer.status(path, method, body, if_match="*")
        for name, (method, path, body) in _writes(cast, addresses).items()
    }
    seen = {"rename workspace", "add organisation"} if who == "dan" else set()
    assert {name for name, status in answers.items() if status != 404} == seen


def test_a_guest_in_a_browser_needs_the_security_cookie_to_write(cast: Cast, addresses: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[cast.pass_cookie] = cast.passes[cast.carla.pk]
    browser = Program(client)
    assert browser.status(addresses["note"]) == 200
    assert browser.status(f"{addresses['note']}thumb/", "PUT") == 403
    client.cookies["csrftoken"] = "c" * 32
    assert browser.status(f"{addresses['note']}thumb/", "PUT", X_CSRFToken="c" * 32) == 200


@pytest.mark.parametrize(
    "kind", ["workspaces", "organisations", "partnerships", "members", "canvases", "notes", "comments"]
)
def test_forged_ids_are_not_found(ana: Program, kind: str) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        if (kind, method) in (("canvases", "DELETE"), ("comments", "PATCH")):
            continue
        answer = ana.call(method, f"{kind}/{uuid.uuid4()}/", {} if method == "PATCH" else None, if_match="*")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
