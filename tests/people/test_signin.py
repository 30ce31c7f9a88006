"""The one-time link, as `./dev run` prints it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partners.people.models import SignInLink, User
from partners.people.signin import LOCAL_FACILITATOR, make_link

pytestmark = pytest.mark.django_db


def path_of(link: str) -> str:
    assert link.startswith("http://127.0.0.1:8000/signin/")
    return link.removeprefix("http://127.0.0.1:8000")


def test_signs_the_local_facilitator_in(client: Client) -> None:
    response = client.get(path_of(make_link("http://127.0.0.1:8000/")))
    assert response.headers["Location"] == "/workshops/"
    assert client.get("/workshops/").status_code == 200
    assert User.objects.get(email=LOCAL_FACILITATOR).pk.hex == client.session["_auth_user_id"].replace("-", "")


def test_makes_the_account_once() -> None:
    make_link("http://127.0.0.1:8000")
    make_link("http://127.0.0.1:8000")
    assert User.objects.filter(email=LOCAL_FACILITATOR).count() == 1


def test_keeps_no_secret_in_the_database() -> None:
    token = path_of(make_link("http://127.0.0.1:8000")).split("/")[2]
    assert not SignInLink.objects.filter(token_hash=token).exists()


def test_works_once(client: Client) -> None:
    path = path_of(make_link("http://127.0.0.1:8000"))
    client.get(path)
    again = Client().get(path)
    assert again.status_code == 404
    assert "This link was used" in again.content.decode()


def test_used_again_by_the_same_browser_leads_on(client: Client) -> None:
    path = path_of(make_link("http://127.0.0.1:8000"))
    client.get(path)
    assert client.get(path).headers["Location"] == "/workshops/"


def test_ends_after_a_day(client: Client) -> None:
    path = path_of(make_link("http://127.0.0.1:8000"))
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404


def test_a_made_up_token_is_no_way_in(client: Client) -> None:
    assert client.get("/signin/abc/").status_code == 404


def test_takes_only_get(client: Client) -> None:
    assert client.post(path_of(make_link("http://127.0.0.1:8000"))).status_code == 405
