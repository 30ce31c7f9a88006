"""While the database is away a change is asked for again, and nothing is taken for refused."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import DatabaseError, OperationalError, connection

from tests.factories import Cast

STARTING = OperationalError("the database system is starting up")
BROKEN = DatabaseError("server closed the connection unexpectedly")
BROKEN.__cause__ = psycopg2.DatabaseError("server closed the connection unexpectedly")
OURS = DatabaseError("Save with update_fields did not affect any rows.")


def status(cast: Cast, path: str, error: Exception) -> int:
    """What a change is answered with while every query ends with an error."""
    note = cast.note()
    client = cast.client(cast.bo)
    client.raise_request_exception = False

    def away(execute: object, sql: str, *rest: object) -> None:
        raise error

    with connection.execute_wrapper(away):
        answer = client.post(path.format(note.pk), {"text": "Club"}, headers={"HX-Request": "true"})
    return answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("error", [STARTING, BROKEN])
@pytest.mark.parametrize("path", ["/notes/{}/", "/api/v1/notes/{}/"])
def test_a_change_is_answered_with_503(cast: Cast, path: str, error: Exception) -> None:
    assert status(cast, path, error) == 503


@pytest.mark.django_db
def test_what_is_our_mistake_is_told_as_one(cast: Cast) -> None:
    assert status(cast, "/notes/{}/", OURS) == 500
