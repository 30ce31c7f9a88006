"""While the database is away a change is asked for again, and nothing is taken for refused."""

import pytest
from django.db import OperationalError, connection

from tests.factories import Cast


def away(execute: object, sql: str, *rest: object) -> None:
    raise OperationalError("the database system is starting up")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/notes/{}/", "/api/v1/notes/{}/"])
def test_a_change_is_answered_with_503(cast: Cast, path: str) -> None:
    note = cast.note()
    client = cast.client(cast.bo)
    client.raise_request_exception = False
    with connection.execute_wrapper(away):
        answer = client.post(path.format(note.pk), {"text": "Club"}, headers={"HX-Request": "true"})
    assert answer.status_code == 503
