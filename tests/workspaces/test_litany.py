"""Every address of a workshop, asked by everybody: who may look, who may change, who finds nothing.

`facilitator` Ana, `colleague` Bo, `guest` Carla of De'Longhi, `observer` Eli, `stranger` Finn (an account without a
membership), `nobody` (no account, no pass).
"""

from typing import Any

import pytest

from partners.workspaces import operations
from partners.workspaces.models import Invitation
from tests.factories import Cast

NOWHERE = "00000000-0000-4000-8000-000000000000"

PAGES = {
    "/w/{w}/": (200, 200, 200, 200),
    "/w/{w}/members/": (200, 200, 200, 200),
    "/w/{w}/companies/": (200, 200, 200, 200),
    "/w/{w}/settings/": (200, 200, 200, 200),
    "/w/{w}/activity/": (200, 200, 200, 200),
    "/w/{w}/find/?q=coffee": (200, 200, 200, 200),
    "/w/{w}/companies/{delonghi}/": (200, 403, 200, 403),
    "/w/{w}/companies/{breville}/": (200, 403, 404, 404),
    "/p/{with_delonghi}/state/": (200, 200, 200, 403),
    "/p/{with_breville}/state/": (200, 200, 404, 404),
    "/p/{with_delonghi}/invite/": (302, 403, 403, 403),
    "/p/{with_breville}/invite/": (302, 403, 404, 404),
}
"""Address → the answer to facilitator, colleague, guest and observer."""

CHANGES: dict[str, dict[str, Any]] = {
    "/w/{w}/members/{carla}/": {"role": "observer"},
    "/w/{w}/members/{carla}/removal/": {},
    "/w/{w}/codes/": {"partnership": "{with_delonghi}"},
    "/w/{w}/links/": {"where": "{with_delonghi}:{delonghi}", "role": "member"},
    "/w/{w}/rooms/": {"partnership": "{with_delonghi}"},
    "/w/{w}/invitations/{code}/revocation/": {},
    "/w/{w}/companies/": {"name": "Krups"},
    "/w/{w}/companies/{delonghi}/removal/": {},
    "/w/{w}/partnerships/": {"first": "{delonghi}", "second": "{nespresso}"},
    "/p/{with_delonghi}/removal/": {},
    "/w/{w}/settings/": {"title": "Another", "language": "en"},
    "/w/{w}/meanings/": {"sun": "ours"},
    "/w/{w}/archive/": {},
    "/w/{w}/deletion/": {},
    "/w/{w}/copy/": {},
    "/w/{w}/reset/": {},
    "/w/{w}/show/": {"page": ""},
}
"""What only facilitators do."""


@pytest.fixture
def names(cast: Cast) -> dict[str, str]:
    return {
        "w": str(cast.workspace.pk),
        "nespresso": str(cast.nespresso.pk),
        "delonghi": str(cast.delonghi.pk),
        "breville": str(cast.breville.pk),
        "with_delonghi": str(cast.with_delonghi.pk),
        "with_breville": str(cast.with_breville.pk),
        "carla": str(cast.carla.pk),
        "code": str(cast.code.pk),
    }


def filled(values: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    return {key: str(value).format(**names) for key, value in values.items()}


def test_who_may_look(cast: Cast, names: dict[str, str]) -> None:
    clients = [cast.client(who) for who in (cast.ana, cast.bo, cast.carla, cast.eli)]
    asked = {page: tuple(client.get(page.format(**names)).status_code for client in clients) for page in PAGES}
    assert asked == PAGES


def test_strangers_find_nothing(cast: Cast, names: dict[str, str]) -> None:
    for client in (cast.client(cast.finn), cast.client(None)):
        asked = {page: client.get(page.format(**names)).status_code for page in PAGES}
        assert asked == dict.fromkeys(PAGES, 404)


@pytest.mark.parametrize("wrong", [NOWHERE, "x"])
def test_a_wrong_id_finds_nothing(cast: Cast, names: dict[str, str], wrong: str) -> None:
    client = cast.client(cast.ana)
    asked = {page: client.get(page.format(**dict.fromkeys(names, wrong))).status_code for page in PAGES}
    assert asked == dict.fromkeys(PAGES, 404)


@pytest.mark.parametrize("who", ["bo", "carla", "eli"])
def test_members_guests_and_observers_cannot_manage(cast: Cast, names: dict[str, str], who: str) -> None:
    client = cast.client(cast.members[who])
    asked = {page: client.post(page.format(**names), filled(sent, names)).status_code for page, sent in CHANGES.items()}
    assert asked == dict.fromkeys(CHANGES, 403)


def test_strangers_change_nothing(cast: Cast, names: dict[str, str]) -> None:
    for client in (cast.client(cast.finn), cast.client(None)):
        asked = {at: client.post(at.format(**names), filled(sent, names)).status_code for at, sent in CHANGES.items()}
        assert asked == dict.fromkeys(CHANGES, 404)


def test_changes_are_posted(cast: Cast, names: dict[str, str]) -> None:
    only_posted = [address for address in CHANGES if address not in PAGES]
    client = cast.client(cast.ana)
    asked = {address: client.get(address.format(**names)).status_code for address in only_posted}
    assert asked == dict.fromkeys(only_posted, 405)


def test_pages_know_no_other_method(cast: Cast, names: dict[str, str]) -> None:
    client = cast.client(cast.ana)
    asked = {page: client.put(page.format(**names)).status_code for page in PAGES}
    assert asked == dict.fromkeys(PAGES, 405)


@pytest.mark.parametrize(
    "address", ["/w/{w}/members/{dan}/", "/w/{w}/members/{dan}/removal/", "/w/{w}/invitations/{code}/revocation/"]
)
def test_a_facilitator_of_one_partnership_reaches_no_other(cast: Cast, address: str) -> None:
    limited = cast.join("Gina Bay", cast.delonghi, role="facilitator", partnership=cast.with_delonghi)
    code = operations.invite(viewer=cast.viewer(cast.ana), kind=Invitation.Kind.CODE, partnership=cast.with_breville)
    there = address.format(w=cast.workspace.pk, dan=cast.dan.pk, code=code.pk)
    assert cast.client(limited).post(there, {"role": "observer"}).status_code == 404


def test_a_facilitator_of_one_partnership_copies_nothing(cast: Cast) -> None:
    limited = cast.join("Gina Bay", cast.delonghi, role="facilitator", partnership=cast.with_delonghi)
    assert cast.client(limited).post(f"/w/{cast.workspace.pk}/copy/").status_code == 403
