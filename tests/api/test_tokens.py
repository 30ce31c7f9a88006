"""Tokens for programs: what they open, how they end, the page and the command that make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from partners.people.models import ApiToken
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.factories import Cast

PAGE = "/me/tokens/"


def _program(secret: str) -> Program:
    return Program(Client(), Authorization=f"Token {secret}")


def test_a_reading_token_changes_nothing(cast: Cast, program: Callable[..., Program]) -> None:
    reader = program(cast.ana, may_write=False)
    note = cast.note()
    assert reader.status(f"notes/{note.pk}/") == 200
    for method, path, body in (
        ("POST", "notes/", {"canvas": str(note.canvas_id), "block": "channels", "text": "No"}),
        ("PATCH", f"notes/{note.pk}/", {"text": "No"}),
        ("DELETE", f"notes/{note.pk}/", None),
        ("PUT", f"notes/{note.pk}/thumb/", None),
        ("POST", "workspaces/", {"title": "No", "company": "A", "partner": "B"}),
    ):
        answer = reader.call(method, path, body, if_match="*")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "permission_denied")


def test_a_token_for_one_workspace_opens_no_other(cast: Cast, program: Callable[..., Program]) -> None:
    assert cast.ana.user is not None
    other = workshops.new_workshop(user=cast.ana.user, title="Grinders", company="Nespresso", partner="Baratza")
    limited, whole = program(cast.ana, only=cast.workspace), program(cast.ana)
    assert {row["title"] for row in whole.get("workspaces/")["results"]} == {cast.workspace.title, "Grinders"}
    assert [row["title"] for row in limited.get("workspaces/")["results"]] == [cast.workspace.title]
    for path in (
        f"workspaces/{other.workspace.pk}/",
        f"workspaces/{other.workspace.pk}/export/",
        f"partnerships/{other.partnership.pk}/",
        f"notes/?workspace={other.workspace.pk}",
        f"notes/?partnership={other.partnership.pk}",
    ):
        assert (whole.status(path), limited.status(path)) == (200, 404)
    assert limited.status("workspaces/", "POST", {"title": "No", "company": "A", "partner": "B"}) == 403


def test_tokens_end(cast: Cast, program: Callable[..., Program]) -> None:
    reader = program(cast.ana)
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    answer = reader.call("GET", "workspaces/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "authentication_failed")
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token pw_made_up", "Token \xff\xfe", "Bearer pw_x", "Basic eDp5"]
)
def test_headers_that_open_nothing(db: None, header: str) -> None:
    answer = Program(Client(), Authorization=header).call("GET", "workspaces/")
    assert answer.status_code == 401
    assert set(answer.json()["error"]) == {"code", "message"}


def test_a_removed_member_is_a_stranger_at_once(cast: Cast, program: Callable[..., Program]) -> None:
    bo = program(cast.bo)
    assert bo.status(f"workspaces/{cast.workspace.pk}/") == 200
    workshops.remove_member(viewer=cast.viewer(cast.ana), member=cast.bo)
    assert bo.status(f"workspaces/{cast.workspace.pk}/") == 404


def test_the_page_makes_shows_once_and_revokes(cast: Cast) -> None:
    client = cast.client(cast.ana)
    made = client.post(
        PAGE, {"name": "Dashboard", "workspace": str(cast.workspace.pk), "may_write": "on", "days": "30"}
    ).content.decode()
    secret = made.partition('value="pw_')[2].partition('"')[0]
    reader = _program(f"pw_{secret}")
    assert reader.status("notes/") == 200
    shown = client.get(PAGE).content.decode()
    assert "Dashboard" in shown
    assert secret not in shown
    token = ApiToken.objects.get()
    assert (token.may_write, token.workspace_id) == (True, cast.workspace.pk)
    assert client.post(f"{PAGE}{token.token_key}/revocation/").status_code == 302
    assert reader.status("notes/") == 401


def test_the_page_is_ones_own(cast: Cast, program: Callable[..., Program]) -> None:
    program(cast.ana)
    token = ApiToken.objects.get()
    bo = cast.client(cast.bo)
    assert "Notebook" not in bo.get(PAGE).content.decode()
    bo.post(f"{PAGE}{token.token_key}/revocation/")
    assert ApiToken.objects.count() == 1
    for stranger in (cast.client(cast.carla), Client()):
        assert stranger.get(PAGE).status_code == 302
        assert stranger.post(f"{PAGE}{token.token_key}/revocation/").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "days": "30"},
        {"name": "x" * 81, "days": "30"},
        {"name": "x", "days": "0"},
        {"name": "x", "days": "9999999999999999999"},
        {"name": "x", "days": "30", "workspace": "00000000-0000-4000-8000-000000000000"},
    ],
)
def test_the_page_refuses_what_makes_no_sense(cast: Cast, sent: dict[str, str]) -> None:
    assert cast.client(cast.ana).post(PAGE, sent).status_code == 422
    assert ApiToken.objects.count() == 0


def test_the_command_prints_a_token(cast: Cast) -> None:
    out = StringIO()
    call_command(
        "token", "ana@nespresso.example", "--write", "--workspace", str(cast.workspace.pk), "--days", "7", stdout=out
    )
    writer = _program(out.getvalue().strip())
    body = {"canvas": str(cast.model(cast.nespresso).pk), "block": "channels", "text": "Boutiques"}
    assert writer.status("notes/", "POST", body) == 201
    for wrong in (["nobody@nowhere.example"], ["finn@elsewhere.example", "--workspace", str(cast.workspace.pk)]):
        with pytest.raises(CommandError):
            call_command("token", *wrong)
