"""A connection that an earlier request has left is tried before it is used, by listening on its line."""

from __future__ import annotations

import socket

import pytest
from django.db import connections

from canvasapp.postgres.base import is_silent
from tests.live.listening import wait_until
from tests.live.test_failures import end_connections


def test_a_line_is_silent_until_something_comes_or_it_ends() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            assert is_silent(ours.fileno())
            theirs.sendall(b"unasked")
            assert not is_silent(ours.fileno())
            ours.recv(100)
            assert is_silent(ours.fileno())
        assert not is_silent(ours.fileno())


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_ended_is_not_used() -> None:
    one = connections.create_connection("default")
    try:
        with one.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert one.is_usable()
        if one.vendor == "postgresql":
            assert end_connections("%") >= 1  # says that it will: the line closes a moment later
            wait_until(lambda: not one.is_usable(), "the connection has ended")
    finally:
        one.close()
