"""Every right at every door: person × sheet × action, by page and by REST, against the one table in `rules.py`."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from partners.canvases.models import Canvas, Note
from partners.workspaces.models import Membership
from partners.workspaces.operations import add_organisation, add_partnership, change_member
from partners.workspaces.rules import Action, may
from tests.factories import Cast

Try = Callable[[Client, Note], int]
PEOPLE = ("ana", "bo", "carla", "dan", "eli", "jo")
"""Facilitator; member of the focal company; guests of each partner; observer; a guest of no company who sees it all."""
SHEETS = ("Nespresso", "De'Longhi", "Jura")
"""A company with people of its own here, its partner, and one that has nobody."""


def post(path: str, **fields: str) -> Try:
    """A page's small request about a note; `{note}` and `{canvas}` are filled in."""
    return lambda client, note: client.post(path.format(note=note.pk, canvas=note.canvas_id), fields).status_code


def rest(method: str, path: str, **body: str) -> Try:
    """The same by REST, with the version where one is asked for."""

    def send(client: Client, note: Note) -> int:
        address = f"/api/v1/{path.format(note=note.pk)}"
        headers = {}
        if method in ("patch", "delete"):
            headers["If-Match"] = client.get(address).headers.get("ETag", '"none"')
        if method == "get":
            return client.get(address).status_code
        sent = {name: value.format(note=note.pk, canvas=note.canvas_id) for name, value in body.items()}
        answer = getattr(client, method)(address, json.dumps(sent), content_type="application/json", headers=headers)
        status: int = answer.status_code
        return status

    return send


DOORS: dict[str, tuple[Action, Try]] = {
    "page: see": (Action.VIEW, lambda client, note: client.get(f"/notes/{note.pk}/").status_code),
    "page: open the form": (Action.WRITE, lambda client, note: client.get(f"/notes/{note.pk}/edit/").status_code),
    "page: add": (Action.WRITE, post("/canvases/{canvas}/notes/", block="channels", text="New")),
    "page: paste": (Action.WRITE, post("/canvases/{canvas}/paste/", block="channels", lines="One\nTwo")),
    "page: edit": (Action.WRITE, post("/notes/{note}/", text="Changed", base_version="1")),
    "page: move": (Action.WRITE, post("/notes/{note}/position/", block="key_resources")),
    "page: mark": (Action.WRITE, post("/notes/{note}/look/", fill="sun")),
    "page: copy": (Action.WRITE, post("/notes/{note}/copy/")),
    "page: delete": (Action.WRITE, post("/notes/{note}/deletion/")),
    "page: delete several": (
        Action.WRITE,
        lambda client, note: client.post("/notes/many/", {"do": "delete", "notes": str(note.pk)}).status_code,
    ),
    "page: comment": (Action.COMMENT, post("/notes/{note}/comments/", text="Well")),
    "page: thumb": (Action.THUMB, post("/notes/{note}/thumb/")),
    "page: confirm": (Action.CONFIRM, post("/notes/{note}/confirmation/")),
    "page: lock": (Action.LOCK, post("/canvases/{canvas}/lock/")),
    "REST: see": (Action.VIEW, rest("get", "notes/{note}/")),
    "REST: add": (Action.WRITE, rest("post", "notes/", canvas="{canvas}", block="channels", text="New")),
    "REST: edit": (Action.WRITE, rest("patch", "notes/{note}/", text="Changed")),
    "REST: delete": (Action.WRITE, rest("delete", "notes/{note}/")),
    "REST: copy": (Action.WRITE, rest("post", "notes/{note}/copy/")),
    "REST: comment": (Action.COMMENT, rest("post", "comments/", note="{note}", text="Well")),
    "REST: thumb": (Action.THUMB, rest("put", "notes/{note}/thumb/")),
    "REST: confirm": (Action.CONFIRM, rest("put", "notes/{note}/confirmation/")),
}


@pytest.fixture
def full(cast: Cast) -> Cast:
    """The cast, a company without people, and Jo, who belongs to none and sees everything."""
    facilitator = cast.viewer(cast.ana)
    jura = add_organisation(viewer=facilitator, name="Jura")
    add_partnership(viewer=facilitator, first=cast.nespresso, second=jura)
    jo = cast.join("Jo Park", None)
    change_member(viewer=facilitator, member=jo, scope=Membership.Scope.WORKSPACE)
    return cast


def somebody(cast: Cast, name: str) -> Membership:
    """A member by first name."""
    return cast.members.get(name) or Membership.objects.get(workspace=cast.workspace, name="Jo Park")


def note_on(cast: Cast, company: str) -> Note:
    """A note that Ana wrote on a company's business model."""
    canvas = Canvas.objects.get(workspace=cast.workspace, partnership=None, organisation__name=company)
    return cast.note("Here before", canvas=canvas, block="channels", note_id=uuid4())


@pytest.mark.parametrize("kind", ["page", "REST"])
def test_every_door_asks_the_table(full: Cast, kind: str) -> None:
    wrong = []
    for name in PEOPLE:
        member = somebody(full, name)
        client, viewer = full.client(member), full.viewer(member)
        for company in SHEETS:
            note = note_on(full, company)
            organisation_id = note.canvas.organisation_id
            for door, (action, attempt) in DOORS.items():
                if not door.startswith(kind):
                    continue
                with transaction.atomic():
                    status = attempt(client, note)
                    transaction.set_rollback(True)  # the next door finds all as it was
                if not viewer.audience.sees_organisation(organisation_id):
                    expected = {404}
                elif may(viewer.role, action, viewer.standing_to(organisation_id)):
                    expected = {200, 201, 204}
                else:
                    expected = {403}
                if status not in expected:
                    wrong.append(f"{name}, {company}, {door}: {status}, not {expected}")
    assert wrong == []


def test_a_locked_sheet_is_closed_to_all_but_facilitators(full: Cast) -> None:
    note = note_on(full, "Nespresso")
    full.client(full.ana).post(f"/canvases/{note.canvas_id}/lock/")
    for door, (action, attempt) in DOORS.items():
        if action is Action.WRITE:
            assert attempt(full.client(full.bo), note) == 403, door
            assert attempt(full.client(full.ana), note_on(full, "Nespresso")) in (200, 201, 204), door
