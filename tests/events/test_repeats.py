"""The same request sent again does nothing twice: bad wifi, two tabs, a reload."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from partners.canvases.models import Note, Thumb
from partners.events import keys
from partners.events.keys import KEPT
from partners.events.models import Event, IdempotencyKey, LogHead
from partners.workspaces.models import Membership
from tests.events.threads import at_once
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas, ideas, table

__all__ = ["ideas", "table"]


def add(cast: Cast, who: Membership, key: str, text: str = "Radio") -> Any:
    """Add a note to Nespresso's channels, without an id made by the browser."""
    path = f"/canvases/{cast.model(cast.nespresso).pk}/notes/"
    sends = {"block": "channels", "text": text}
    return cast.client(who).post(path, sends, headers={"Idempotency-Key": key})


@pytest.mark.django_db
class TestTheSameKey:
    def test_again_is_done_once_and_answered_alike(self, cast: Cast) -> None:
        key = str(uuid4())
        first, again = add(cast, cast.ana, key), add(cast, cast.ana, key)
        assert Note.objects.filter(text="Radio").count() == 1
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert "Idempotent-Replayed" not in first
        assert again["Idempotent-Replayed"] == "true"

    @pytest.mark.parametrize(("headers", "leads"), [({}, "Location"), ({"HX-Request": "true"}, "HX-Redirect")])
    def test_leads_again_to_what_was_made(self, ideas: Ideas, headers: dict[str, str], leads: str) -> None:
        idea, key = ideas.add(), str(uuid4())
        path, client = f"/ideas/{idea.pk}/going-on/", ideas.cast.client(ideas.cast.bo)
        named = {"Idempotency-Key": key, **headers}
        first, again = (client.post(path, {"why": "Too dear"}, headers=named) for _ in range(2))
        assert first[leads].startswith("/ideas/")
        assert (again.status_code, again[leads]) == (first.status_code, first[leads])

    def test_is_kept_with_the_change_it_made(self, cast: Cast) -> None:
        key = str(uuid4())
        add(cast, cast.ana, key)
        row = IdempotencyKey.objects.get(key=key)
        assert row.owner == str(cast.ana.pk)
        assert Event.objects.get(change=str(row.change)).kind == "note_added"

    def test_toggles_nothing_back(self, cast: Cast) -> None:
        note, key = cast.note(), str(uuid4())
        client = cast.client(cast.carla)
        for _again in range(2):
            assert client.post(f"/notes/{note.pk}/thumb/", headers={"Idempotency-Key": key}).status_code == 200
        assert Thumb.objects.filter(note=note).count() == 1

    def test_with_another_body_is_refused(self, cast: Cast) -> None:
        key = str(uuid4())
        add(cast, cast.ana, key)
        other = add(cast, cast.ana, key, "Television")
        assert other.status_code == 422
        assert "used for another request" in other.content.decode()
        assert not Note.objects.filter(text="Television").exists()

    def test_at_another_address_is_refused(self, cast: Cast) -> None:
        note, key = cast.note(), str(uuid4())
        client = cast.client(cast.ana)
        client.post(f"/notes/{note.pk}/thumb/", headers={"Idempotency-Key": key})
        assert client.post(f"/notes/{note.pk}/copy/", headers={"Idempotency-Key": key}).status_code == 422

    def test_of_somebody_else_is_another_key(self, cast: Cast) -> None:
        key = str(uuid4())
        for member in (cast.ana, cast.bo):
            response = add(cast, member, key)
            assert response.status_code == 200
            assert "Idempotent-Replayed" not in response
        assert Note.objects.filter(text="Radio").count() == 2

    def test_of_a_guest_is_known_by_their_pass(self, cast: Cast) -> None:
        key, path = str(uuid4()), f"/canvases/{cast.model(cast.delonghi).pk}/notes/"
        sends = {"block": "channels", "text": "Radio"}
        for _again in range(2):
            assert cast.client(cast.carla).post(path, sends, headers={"Idempotency-Key": key}).status_code == 200
        assert Note.objects.filter(text="Radio").count() == 1

    def test_of_a_refused_request_may_be_used_again(self, cast: Cast) -> None:
        """Nothing was changed, so nothing is remembered: the corrected text goes through."""
        key = str(uuid4())
        assert add(cast, cast.ana, key, "").status_code == 422
        assert add(cast, cast.ana, key).status_code == 200


@pytest.mark.django_db
def test_a_key_of_no_shape_is_refused(cast: Cast) -> None:
    response = add(cast, cast.ana, "again")
    assert response.status_code == 422
    assert "must be a UUID" in response.content.decode()


@pytest.mark.django_db
def test_a_request_that_changes_nothing_needs_no_memory(cast: Cast) -> None:
    note = cast.note(fill="sun")
    key = str(uuid4())
    for _again in range(2):
        response = cast.client(cast.ana).post(
            f"/notes/{note.pk}/look/", {"fill": "sun"}, headers={"Idempotency-Key": key}
        )
        assert response.status_code == 200
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_the_same_request_twice_is_done_once(self, cast: Cast) -> None:
        """Two tabs, or a retry that overtakes: one makes the change, the other gets an answer that is no error."""
        note = cast.note()
        before = LogHead.objects.get(workspace=cast.workspace).seq
        key = str(uuid4())
        clients = [cast.client(cast.carla) for _tab in range(4)]

        def press(tab: int) -> int:
            return int(clients[tab].post(f"/notes/{note.pk}/thumb/", headers={"Idempotency-Key": key}).status_code)

        assert at_once(4, press) == [200] * 4
        assert Thumb.objects.filter(note=note).count() == 1
        assert LogHead.objects.get(workspace=cast.workspace).seq == before + 1

    def test_different_people_adding_at_the_same_place_all_get_in(self, cast: Cast) -> None:
        clients = [cast.client(member) for member in (cast.ana, cast.bo, cast.ana, cast.bo)]
        path = f"/canvases/{cast.model(cast.nespresso).pk}/notes/"

        def write(person: int) -> int:
            sends = {"block": "channels", "text": f"From {person}", "after": "first"}
            return int(clients[person].post(path, sends).status_code)

        assert at_once(4, write) == [200] * 4
        notes = Note.objects.filter(block="channels").order_by("rank")
        assert {note.text for note in notes} == {f"From {person}" for person in range(4)}
        assert len({note.rank for note in notes}) == 4


@pytest.mark.django_db
class TestOldKeys:
    def test_are_known_for_thirty_days_and_cleared_after(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        old, young = str(uuid4()), str(uuid4())
        add(cast, cast.ana, old, "Old")
        add(cast, cast.ana, young, "Young")
        aged(old, KEPT + timedelta(minutes=1))
        aged(young, KEPT - timedelta(minutes=1))
        monkeypatch.setattr(keys, "CLEARED_EVERY", 1)
        latest = str(uuid4())
        add(cast, cast.ana, latest, "Latest")
        assert {str(row.key) for row in IdempotencyKey.objects.all()} == {young, latest}
        assert add(cast, cast.ana, young, "Young")["Idempotent-Replayed"] == "true"

    def test_are_left_alone_most_of_the_time(self, cast: Cast) -> None:
        key = str(uuid4())
        add(cast, cast.ana, key)
        aged(key, KEPT * 2)
        keys.clear_old(keys.CLEARED_EVERY + 1)
        assert IdempotencyKey.objects.filter(key=key).exists()
        keys.clear_old(keys.CLEARED_EVERY)
        assert not IdempotencyKey.objects.filter(key=key).exists()


def aged(key: str, by: timedelta) -> None:
    """Make a key older than it is."""
    IdempotencyKey.objects.filter(key=key).update(created_at=timezone.now() - by)
