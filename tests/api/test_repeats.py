"""The same request sent again does nothing twice and gets the same answer, for tokens and guests alike."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from partners.canvases.models import Note
from partners.workspaces.operations import new_workshop
from tests.api.conftest import Program
from tests.events.threads import at_once
from tests.factories import Cast


@pytest.mark.parametrize("who", ["ana", "carla"])
def test_a_repeated_change_is_answered_as_before(cast: Cast, program: Callable[..., Program], who: str) -> None:
    writer = program(cast.members[who])
    owner = cast.members[who].organisation
    assert owner is not None
    canvas = cast.sheet(cast.with_delonghi, owner)
    body = {"canvas": str(canvas.pk), "block": "intent", "text": "Once only"}
    key = str(uuid.uuid4())
    first = writer.call("POST", "notes/", body, Idempotency_Key=key)
    second = writer.call("POST", "notes/", body, Idempotency_Key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second["Idempotent-Replayed"] == "true"
    assert (second["ETag"], second["Content-Type"]) == (first["ETag"], first["Content-Type"])
    assert Note.objects.filter(text="Once only").count() == 1


def test_a_key_used_for_something_else_is_refused(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    body = {"canvas": str(canvas.pk), "block": "channels", "text": "One"}
    key = str(uuid.uuid4())
    ana.post("notes/", body, Idempotency_Key=key)
    refused = ana.post("notes/", body | {"text": "Two"}, status=422, Idempotency_Key=key)
    assert refused["error"]["code"] == "key_reused"
    assert ana.post("notes/", body, status=422, Idempotency_Key="not a uuid")["error"]["code"] == "invalid"


def test_a_key_is_one_persons_own(cast: Cast, ana: Program, program: Callable[..., Program]) -> None:
    canvas = cast.model(cast.nespresso)
    body = {"canvas": str(canvas.pk), "block": "channels", "text": "One"}
    key = str(uuid.uuid4())
    made = ana.post("notes/", body, Idempotency_Key=key)
    other = program(cast.bo).call("POST", "notes/", body, Idempotency_Key=key)
    assert other.status_code == 201
    assert "Idempotent-Replayed" not in other
    assert ana.post("notes/", body, Idempotency_Key=key) == made
    assert Note.objects.filter(text="One").count() == 2


def test_a_token_of_one_workspace_is_told_no_answer_of_another(cast: Cast, program: Callable[..., Program]) -> None:
    assert cast.ana.user
    other = new_workshop(user=cast.ana.user, title="Tea", company="Oatly", partner="Alpro", customer_segment="cafés")
    here, there = (program(cast.ana, only=workspace) for workspace in (cast.workspace, other.workspace))
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "text": "Said in one workshop"}
    key = str(uuid.uuid4())
    here.post("notes/", body, Idempotency_Key=key)
    assert here.post("notes/", body, Idempotency_Key=key)["text"] == body["text"]
    assert there.status("notes/", "POST", body, Idempotency_Key=key) == 404


def test_a_repeated_deletion_is_no_404(cast: Cast, ana: Program) -> None:
    note = cast.note()
    etag, key = ana.get(f"notes/{note.pk}/")["etag"], str(uuid.uuid4())
    for _time in range(2):
        ana.delete(f"notes/{note.pk}/", if_match=etag, Idempotency_Key=key)
    assert ana.status(f"notes/{note.pk}/", "DELETE", if_match=etag) == 404


@pytest.mark.django_db(transaction=True)
def test_two_equal_requests_at_the_same_moment_change_once(cast: Cast, program: Callable[..., Program]) -> None:
    canvas = cast.model(cast.nespresso)
    body = {"canvas": str(canvas.pk), "block": "channels", "text": "Once only"}
    key = str(uuid.uuid4())
    writers = [program(cast.ana) for _place in range(4)]
    statuses = at_once(4, lambda place: writers[place].status("notes/", "POST", body, Idempotency_Key=key))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Note.objects.filter(text="Once only").count() == 1
