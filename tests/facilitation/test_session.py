"""Leading the room: step, timer, where everybody is asked to be, and who may see and do what."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partners.base.errors import Forbidden, Invalid
from partners.events.models import Event
from partners.facilitation import operations
from partners.facilitation.models import Session
from tests.factories import Cast
from tests.value_fit.conftest import lay_table

pytestmark = pytest.mark.django_db


def bar(cast: Cast, client: Client, place: str = "compare/start", **fields: str) -> str:
    here = f"{cast.with_delonghi.pk}/{place}"
    address = f"/w/{cast.workspace.pk}/session/"
    answer = client.post(address, {"here": here, **fields}) if fields else client.get(address, {"here": here})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def seconds_left(html: str) -> int:
    found = re.search(r'data-timer="(\d+)"', html)
    assert found
    return int(found[1])


@pytest.mark.usefixtures("stopped_time")
def test_a_step_begins_with_its_minutes_and_all_see_the_timer(cast: Cast) -> None:
    html = bar(cast, cast.client(cast.ana), do="step", step="evaluate")
    assert seconds_left(html) == 1200
    for member in (cast.carla, cast.dan, cast.eli):
        seen = bar(cast, cast.client(member))
        assert "Evaluate" in seen
        assert seconds_left(seen) == 1200
        assert "hx-post" not in seen


@pytest.mark.usefixtures("stopped_time")
def test_a_minute_more_also_after_time_was_up(cast: Cast) -> None:
    viewer = cast.viewer(cast.ana)
    operations.start_timer(viewer=viewer, minutes=5)
    operations.add_minute(viewer=viewer)
    assert Session.objects.get().left_s(timezone.now()) == 360
    Session.objects.update(timer_ends_at=timezone.now() - timedelta(minutes=3))
    operations.add_minute(viewer=viewer)
    assert Session.objects.get().left_s(timezone.now()) == 60


def test_a_stopped_timer_keeps_what_is_left(cast: Cast) -> None:
    viewer = cast.viewer(cast.ana)
    operations.start_timer(viewer=viewer, minutes=10)
    operations.pause_timer(viewer=viewer)
    session = Session.objects.get()
    assert not session.is_running
    assert session.left_s(timezone.now() + timedelta(hours=1)) == session.timer_left_s
    operations.resume_timer(viewer=viewer)
    assert Session.objects.get().is_running
    operations.stop_timer(viewer=viewer)
    assert Session.objects.get().left_s(timezone.now()) is None


@pytest.mark.parametrize("do", ["step", "timer", "minute", "pause", "gather", "land", "figures"])
@pytest.mark.parametrize("who", ["bo", "carla", "eli"])
def test_only_facilitators_lead(cast: Cast, who: str, do: str) -> None:
    client = cast.client(cast.members[who])
    here = f"{cast.with_delonghi.pk}/compare/start"
    fields = {"do": do, "here": here, "step": "design", "minutes": "5", "shown": "1"}
    assert client.post(f"/w/{cast.workspace.pk}/session/", fields).status_code == 403
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "timer", "minutes": "0"},
        {"do": "timer", "minutes": "-3"},
        {"do": "timer", "minutes": "10000000000"},
        {"do": "timer", "minutes": "²"},
        {"do": "step", "step": "lunch"},
        {"do": "gather", "here": "nowhere"},
        {"do": "land", "here": "11111111-1111-1111-1111-111111111111/compare/start"},
        {"do": "dance"},
        {},
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, fields: dict[str, str]) -> None:
    answer = cast.client(cast.ana).post(f"/w/{cast.workspace.pk}/session/", fields)
    assert answer.status_code == 422
    assert not Session.objects.exists()


def test_everybody_is_asked_to_come_to_their_own_side_but_nobody_to_what_they_may_not_see(cast: Cast) -> None:
    bar(cast, cast.client(cast.ana), place="sketch/start", do="gather")
    assert f'data-gather="/p/{cast.with_delonghi.pk}/sketch/end/"' in bar(cast, cast.client(cast.carla))
    assert f'data-gather="/p/{cast.with_delonghi.pk}/sketch/start/"' in bar(cast, cast.client(cast.bo))
    rival = bar(cast, cast.client(cast.dan), place="models/start")
    assert "data-gather" not in rival
    assert str(cast.with_delonghi.pk) not in rival.replace(f"{cast.with_delonghi.pk}/models/start", "")


def test_the_log_does_not_tell_a_rival_which_page(cast: Cast) -> None:
    bar(cast, cast.client(cast.ana), do="gather")
    told = json.dumps(cast.client(cast.dan).get(f"/api/v1/events/?workspace={cast.workspace.pk}").json())
    assert "session_changed" in told
    assert str(cast.with_delonghi.pk) not in told


def test_guests_land_where_the_facilitator_says(cast: Cast) -> None:
    bar(cast, cast.client(cast.ana), place="sketch/start", do="land")
    answer = Client().post(f"/join/{cast.code.code}/", {"name": "Gina Bay", "side": "end"})
    assert answer.headers["Location"] == f"/p/{cast.with_delonghi.pk}/sketch/end/"
    bar(cast, cast.client(cast.ana), do="land-anywhere")
    answer = Client().post(f"/join/{cast.code.code}/", {"name": "Hugo Bay", "side": "end"})
    assert "/models/end/" in answer.headers["Location"]


def test_a_stranger_finds_no_session(cast: Cast) -> None:
    assert cast.client(cast.finn).get(f"/w/{cast.workspace.pk}/session/").status_code == 404
    with pytest.raises(Forbidden):
        operations.begin_step(viewer=cast.viewer(cast.bo), key="design")
    with pytest.raises(Invalid):
        operations.begin_step(viewer=cast.viewer(cast.ana), key="lunch")


def test_each_deed_is_told_once(cast: Cast) -> None:
    before = Event.objects.count()
    operations.show_figures(viewer=cast.viewer(cast.ana), shown=True)
    (event,) = Event.objects.order_by("-seq")[: Event.objects.count() - before]
    assert (event.kind, event.data["what"]) == ("session_changed", "figures")


def test_private_until_reveal_is_not_offered_once_both_have_begun_to_compare(cast: Cast) -> None:
    client = cast.client(cast.ana)
    table = lay_table(cast)
    assert "Make private until reveal" in bar(cast, client)
    table.rate(cast.bo, table.licence, table.system, 2)
    assert "Make private until reveal" not in bar(cast, client)
