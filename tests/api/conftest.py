"""Programs that talk to the REST interface as somebody of the cast."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partners.people.models import ApiToken
from partners.workspaces.models import Membership, Workspace
from tests.factories import Cast
from tests.value_fit.conftest import Table, table

__all__ = ["Program", "ana", "bo", "carla", "dan", "here", "program", "put_together", "side", "table"]


class Program:
    """A REST client: sends JSON, returns the status and what came back."""

    def __init__(self, client: Client, **headers: str) -> None:
        self.client = client
        self.headers = headers

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request; `if_match="…"` becomes the header `If-Match`."""
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        content: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1/{path}", headers=named, **content)

    def get(self, path: str, **headers: str) -> Any:
        """Read something that is there, and return its values."""
        answer = self.call("GET", path, **headers)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    def post(self, path: str, body: Any, status: int = 201, **headers: str) -> Any:
        """Make something, and return its values."""
        return self._changed("POST", path, body, status, headers)

    def patch(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        """Change something, and return its values."""
        return self._changed("PATCH", path, body, status, headers)

    def put(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """Say that something holds, and return its values."""
        return self._changed("PUT", path, body, status, headers)

    def delete(self, path: str, status: int = 204, **headers: str) -> Any:
        """Take something away."""
        return self._changed("DELETE", path, None, status, headers)

    def status(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> int:
        """Return only how it went."""
        status: int = self.call(method, path, body, **headers).status_code
        return status

    def _changed(self, method: str, path: str, body: Any, status: int, headers: dict[str, str]) -> Any:
        answer = self.call(method, path, body, **headers)
        assert answer.status_code == status, answer.content
        return json.loads(answer.content) if answer.content else None


@pytest.fixture
def program(cast: Cast) -> Callable[..., Program]:
    """Make a program of somebody: by a token for people with an account, by the pass for guests."""

    def make(who: Membership, *, may_write: bool = True, only: Workspace | None = None) -> Program:
        if who.user is None:
            return Program(cast.client(who))
        _token, secret = ApiToken.objects.create(who.user, name="Notebook", may_write=may_write, workspace=only)
        return Program(Client(), Authorization=f"Token {secret}")

    return make


@pytest.fixture
def ana(cast: Cast, program: Callable[..., Program]) -> Program:
    """The facilitator's script."""
    return program(cast.ana)


@pytest.fixture
def carla(cast: Cast, program: Callable[..., Program]) -> Program:
    """The guest from De'Longhi."""
    return program(cast.carla)


@pytest.fixture
def dan(cast: Cast, program: Callable[..., Program]) -> Program:
    """The guest from Breville."""
    return program(cast.dan)


@pytest.fixture
def bo(table: Table, program: Callable[..., Program]) -> Program:
    """The script of Nespresso's member."""
    return program(table.cast.bo)


@pytest.fixture
def here(table: Table) -> str:
    """The partnership with De'Longhi."""
    return str(table.cast.with_delonghi.pk)


def side(table: Table, member: Membership) -> str:
    """The company somebody speaks for."""
    assert member.organisation_id
    return str(member.organisation_id)


def put_together(program: Program, table: Table) -> dict[str, Any]:
    """Nespresso's licence put to De'Longhi's need of a system."""
    made: dict[str, Any] = program.post("pairs/", {"offer": str(table.licence.pk), "need": str(table.system.pk)})
    return made
