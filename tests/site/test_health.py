import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
class TestHealth:
    def test_is_well(self, client: Client) -> None:
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok\n")

    def test_answers_probes_that_come_by_number(self, client: Client) -> None:
        assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200

    def test_says_so_when_the_database_is_away(self, client: Client) -> None:
        def away(execute: object, sql: str, *rest: object) -> None:
            raise OperationalError("the server closed the connection")

        with connection.execute_wrapper(away):
            assert client.get("/healthz").status_code == 503
