"""Signing in by a whole room at once, and guessing one person's password."""

from __future__ import annotations

import pytest
from django.test import Client

from partners.people.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
ROOM = "192.168.4.1"


def sign_in(email: str, password: str = PASSWORD) -> int:
    client = Client(REMOTE_ADDR=ROOM)
    return client.post("/accounts/login/", {"login": email, "password": password}).status_code


def test_forty_people_sign_in_from_one_address_within_a_minute() -> None:
    emails = [f"person{number}@nespresso.example" for number in range(40)]
    for email in emails:
        User.objects.create_user(email, PASSWORD, name="Somebody")
    assert [sign_in(email) for email in emails] == [302] * 40


def test_forty_people_sign_up_from_one_address_within_a_minute() -> None:
    for number in range(40):
        values = {"name": "Somebody", "email": f"new{number}@nespresso.example", "password1": PASSWORD}
        assert Client(REMOTE_ADDR=ROOM).post("/accounts/signup/", values).status_code == 302
    assert User.objects.count() == 40


def test_guessing_one_persons_password_is_stopped() -> None:
    User.objects.create_user("ana@nespresso.example", PASSWORD, name="Ana Vries")
    for number in range(5):
        assert sign_in("ana@nespresso.example", f"guess number {number}") == 200
    assert sign_in("ana@nespresso.example") != 302


def test_others_of_the_same_room_still_sign_in() -> None:
    User.objects.create_user("ana@nespresso.example", PASSWORD, name="Ana Vries")
    User.objects.create_user("bo@nespresso.example", PASSWORD, name="Bo Keller")
    for number in range(6):
        sign_in("ana@nespresso.example", f"guess number {number}")
    assert sign_in("bo@nespresso.example") == 302
