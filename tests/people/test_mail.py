"""Where no mail is sent, nothing pretends that it is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse


@pytest.mark.django_db
def test_without_mail_signing_in_says_how_to_get_a_new_password() -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert "This workbench sends no mail" in page
    assert "/accounts/password/reset/" not in page


@pytest.mark.django_db
def test_without_mail_there_is_no_page_that_would_send_it() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_reset_password")
    assert Client().get("/accounts/password/reset/").status_code == 404


@pytest.mark.django_db
def test_accounts_are_made_without_mail() -> None:
    values = {"name": "Ana Vries", "email": "ana@example.org", "password1": "a long word for tests"}
    answer = Client().post("/accounts/signup/", values)
    assert (answer.status_code, answer["Location"]) == (302, "/workshops/")


@pytest.mark.django_db
def test_the_rules_for_a_password_are_read_as_a_list() -> None:
    page = Client().get("/accounts/signup/").content.decode()
    assert "<li>Your password must contain at least 10 characters.</li>" in page
    assert "&lt;li&gt;" not in page
