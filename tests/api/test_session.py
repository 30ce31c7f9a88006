"""The session over REST: everybody reads it, facilitators lead, and nobody hears of what they do not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from partners.facilitation.models import Session
from tests.api.conftest import Program
from tests.factories import Cast

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def address(cast: Cast) -> str:
    """The session of the workshop."""
    return f"workspaces/{cast.workspace.pk}/session/"


def page(cast: Cast, place: str = "compare", **more: Any) -> dict[str, Any]:
    return {"partnership": str(cast.with_delonghi.pk), "place": place, **more}


def test_is_there_before_anybody_leads(cast: Cast, carla: Program, address: str) -> None:
    assert carla.get(address) == {
        "workspace": str(cast.workspace.pk),
        "step": "",
        "running": False,
        "seconds_left": None,
        "gathered": None,
        "landing": None,
        "shows_figures": False,
    }
    assert not Session.objects.exists()


@pytest.mark.usefixtures("stopped_time")
def test_a_step_begins_with_its_minutes_for_everybody(
    cast: Cast, ana: Program, program: Callable[..., Program], address: str
) -> None:
    ana.patch(address, {"step": "evaluate"})
    for who in (cast.carla, cast.dan, cast.eli):
        told = program(who).get(address)
        assert (told["step"], told["running"]) == ("evaluate", True)
        assert told["seconds_left"] == 1200
    assert ana.patch(address, {"step": ""})["seconds_left"] is None


@pytest.mark.usefixtures("stopped_time")
def test_the_timer_is_started_stopped_and_taken_away(ana: Program, address: str) -> None:
    stopped = ana.patch(address, {"minutes": 5, "running": False})
    assert not stopped["running"]
    assert stopped["seconds_left"] == 300
    more = ana.post(f"{address}minute/", None, status=200)
    assert more["seconds_left"] == stopped["seconds_left"] + 60
    assert ana.patch(address, {"running": True})["running"]
    assert ana.patch(address, {"minutes": None})["seconds_left"] is None


def test_everybody_who_may_see_it_is_asked_to_come(
    cast: Cast, ana: Program, carla: Program, dan: Program, address: str
) -> None:
    here = page(cast, "sketch", organisation=str(cast.delonghi.pk))
    assert ana.post(f"{address}gathering/", here, status=200)["gathered"] == here | {"number": 1}
    ana.post(f"{address}gathering/", page(cast), status=200)
    assert carla.get(address)["gathered"] == page(cast, organisation=str(cast.nespresso.pk)) | {"number": 2}
    assert dan.get(address)["gathered"] is None


def test_guests_land_where_it_is_said(cast: Cast, ana: Program, carla: Program, address: str) -> None:
    told = ana.patch(address, {"landing": page(cast, "outcome"), "shows_figures": True})
    assert told["landing"] == page(cast, "outcome", organisation=str(cast.nespresso.pk))
    assert told["shows_figures"]
    assert carla.get(address)["landing"] is None
    assert ana.patch(address, {"landing": None})["landing"] is None


@pytest.mark.parametrize("who", ["bo", "carla", "eli"])
def test_only_facilitators_lead(cast: Cast, program: Callable[..., Program], address: str, who: str) -> None:
    reader = program(cast.members[who])
    assert reader.status(address, "PATCH", {"step": "design"}) == 403
    assert reader.status(address, "PATCH", {"step": "nowhere"}) == 403
    assert reader.status(f"{address}minute/", "POST") == 403
    assert reader.status(f"{address}gathering/", "POST", page(cast)) == 403
    assert not Session.objects.exists()


def test_a_stranger_finds_nothing(cast: Cast, address: str) -> None:
    stranger = Program(cast.client(cast.finn))
    assert stranger.status(address) == 404
    assert stranger.status(address, "PATCH", {"step": "design"}) == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"step": "lunch"}, "step"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 241}, "minutes"),
        ({"minutes": "soon"}, "minutes"),
        ({"running": "perhaps"}, "running"),
        ({"landing": "outcome"}, "landing.body"),
        ({"landing": {"place": "outcome"}}, "landing.partnership"),
    ],
)
def test_what_makes_no_sense_is_refused(ana: Program, address: str, sent: dict[str, Any], field: str) -> None:
    refused = ana.patch(address, {"shows_figures": True, **sent}, status=422)
    assert field in refused["error"]["fields"]
    assert not Session.objects.exists()


def test_pages_are_of_the_partnership(cast: Cast, ana: Program, address: str) -> None:
    foreign = page(cast, "sketch", organisation=str(cast.breville.pk))
    refused = ana.patch(address, {"step": "design", "landing": foreign}, status=422)
    assert refused["error"]["code"] == "foreign_company"
    assert ana.get(address)["step"] == "", "all of what is sent, or nothing"
    assert ana.status(f"{address}gathering/", "POST", page(cast) | {"partnership": NOWHERE}) == 404
    assert ana.status(f"{address}gathering/", "POST", page(cast, "kitchen")) == 422
