import http.client
import re
from uuid import UUID

import pytest
from django.utils import timezone

from partners.canvases.operations import change_look, delete_note, edit_note, move_note
from partners.events.models import Event, LogHead
from partners.events.reads import cursor
from partners.people.models import GuestPass
from partners.workspaces.models import Invitation, Membership
from partners.workspaces.operations import change_member, change_workspace, invite, remove_member, revoke_invitation
from tests.live.conftest import Scene
from tests.live.listening import Listener, wait_until
from tests.patience import PATIENCE_S


class TestAChange:
    def test_is_seen_by_everybody_who_shows_the_sheet(self, scene: Scene) -> None:
        cast, sheet = scene.cast, scene.stage
        with scene.listen(cast.carla, sheet) as carla, scene.listen(cast.bo, sheet) as bo:
            for listener in (carla, bo):
                listener.opened()
            note = scene.write("Machines that last")
            seq = LogHead.objects.get(workspace=cast.workspace).seq
            for listener in (carla, bo):
                message = listener.wait_for("Machines that last")
                assert f'id="note-{note.pk}"' in message.data
                assert f'data-drawn="{seq}"' in message.data
                assert message.id == cursor(cast.workspace.pk)

    def test_comes_as_the_state_now_however_often_it_changed(self, scene: Scene) -> None:
        note = scene.write("Machines")
        before = cursor(scene.cast.workspace.pk)
        sheet = scene.cast.seen(scene.cast.ana, scene.stage)
        edit_note(sheet=sheet, note=note, text="Machines that last")
        change_look(sheet=sheet, note=note, fill="sun")
        with scene.listen(scene.cast.carla, scene.stage, last_event_id=before) as carla:
            assert "fill-sun" in carla.wait_for("Machines that last").data
            assert carla.said().count("<li class=") == 1

    def test_makes_its_topics_stale_where_they_are_shown(self, scene: Scene) -> None:
        with (
            scene.listen(scene.cast.bo, topics="activity counts nonsense") as bo,
            scene.listen(scene.cast.bo) as without,
        ):
            bo.opened()
            without.opened()
            scene.write("Machines that last")
            bo.wait_for('<i data-stale="activity counts"></i>')
            assert "stale" not in without.said()

    def test_on_another_sheet_is_not_sent(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            scene.write("Cheaper capsules", scene.secret)
            scene.write("Machines that last")
            bo.wait_for("Machines that last")
            assert "Cheaper capsules" not in bo.said()

    def test_that_takes_a_note_off_the_sheet_is_its_removal(self, scene: Scene) -> None:
        deleted, moved = scene.write("Deleted"), scene.write("Moved")
        ana = scene.cast.ana
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            carla.opened()
            sheet = scene.cast.seen(ana, scene.stage)
            delete_note(sheet=sheet, note=deleted)
            carla.wait_for(f'<del data-gone="note-{deleted.pk}"')
            move_note(sheet=sheet, note=moved, to=scene.cast.seen(ana, scene.secret), block=scene.block)
            carla.wait_for(f'<del data-gone="note-{moved.pk}"')


class TestComingBack:
    def test_brings_what_was_missed(self, scene: Scene) -> None:
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            carla.opened()
            scene.write("Before")
            place = carla.wait_for("Before").id
        scene.write("Meanwhile")
        with scene.listen(scene.cast.carla, scene.stage, last_event_id=place) as carla:
            carla.wait_for("Meanwhile")
            assert "Before" not in carla.said()

    def test_goes_by_the_last_message_before_the_address(self, scene: Scene) -> None:
        start = cursor(scene.cast.workspace.pk)
        scene.write("Known")
        place = cursor(scene.cast.workspace.pk)
        scene.write("New")
        with Listener(
            scene.server.port,
            f"{scene.path(scene.stage)}&after={start}",
            scene.cast.cookies(scene.cast.carla),
            last_event_id=place,
        ) as carla:
            carla.wait_for("New")
            assert "Known" not in carla.said()

    def test_brings_it_too_while_others_stayed(self, scene: Scene) -> None:
        before = cursor(scene.cast.workspace.pk)
        scene.write("Missed by one")
        with scene.listen(scene.cast.carla, scene.stage) as other:
            other.opened()
            with scene.listen(scene.cast.carla, scene.stage, last_event_id=before) as carla:
                carla.wait_for("Missed by one")
                scene.write("Seen by both")
                carla.wait_for("Seen by both")
                other.wait_for("Seen by both")

    def test_starts_where_the_log_is_though_nothing_on_the_page_changed(self, scene: Scene) -> None:
        scene.write("Elsewhere", scene.secret)
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            assert bo.wait_for("", event="ping").id == cursor(scene.cast.workspace.pk)


class TestReset:
    def test_of_another_epoch(self, scene: Scene) -> None:
        self.is_asked_for(scene, f"{UUID(int=7).hex}.3")

    def test_ahead_of_the_log(self, scene: Scene) -> None:
        self.is_asked_for(scene, f"{LogHead.objects.get(workspace=scene.cast.workspace).epoch.hex}.999999")

    def test_when_nobody_can_read_the_cursor(self, scene: Scene) -> None:
        self.is_asked_for(scene, "yesterday")

    def test_older_than_what_is_kept(self, scene: Scene) -> None:
        old = cursor(scene.cast.workspace.pk)
        scene.write("Machines that last")
        head = LogHead.objects.get(workspace=scene.cast.workspace)
        LogHead.objects.filter(pk=head.pk).update(seq=head.seq + 3000)
        self.is_asked_for(scene, old)

    def test_when_the_log_was_restored_under_open_pages(self, scene: Scene) -> None:
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            carla.opened()
            scene.write("Before")
            carla.wait_for("Before")
            Event.objects.filter(workspace=scene.cast.workspace, seq__gt=3).delete()
            LogHead.objects.filter(workspace=scene.cast.workspace).update(epoch=UUID(int=7), seq=3)
            scene.server.ask(lambda: scene.server.entry.hub.moved(None))
            assert carla.wait_for("", event="reset").id == f"{UUID(int=7).hex}.3"
            scene.write("Afterwards, with a number that was heard before in the other log")
            carla.wait_for("Afterwards")

    def test_a_late_number_of_the_log_before_holds_back_nothing_of_the_new_one(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for listener in ("OwnListener", "NoticeListener"):
            monkeypatch.setattr(f"partners.live.listener.{listener}.sweep_every_s", 10 * PATIENCE_S)
        hub, workspace = scene.server.entry.hub, scene.cast.workspace
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            carla.opened()
            scene.server.ask(lambda: hub.moved(workspace.pk, 10_000))
            with monkeypatch.context() as elsewhere:
                elsewhere.setattr("partners.events.wakeup._listeners", [])
                scene.write("By another process")
            seq = LogHead.objects.get(workspace=workspace).seq
            scene.server.ask(lambda: hub.moved(workspace.pk, seq))
            carla.wait_for("By another process")

    def is_asked_for(self, scene: Scene, place: str) -> None:
        with scene.listen(scene.cast.carla, scene.stage, last_event_id=place) as carla:
            assert carla.wait_for("", event="reset").id == cursor(scene.cast.workspace.pk)
            scene.write("Afterwards")
            carla.wait_for("Afterwards")


class TestAccess:
    def test_a_stranger_finds_nothing(self, scene: Scene) -> None:
        forged = {scene.cast.pass_cookie: scene.cast.passes[scene.cast.carla.pk][::-1]}
        for cookies in ({}, forged, scene.cast.cookies(scene.cast.finn)):
            with Listener(scene.server.port, scene.path(scene.stage), cookies) as stranger:
                assert stranger.status == 404

    def test_other_hosts_addresses_and_methods_find_nothing(self, scene: Scene) -> None:
        path = scene.path(scene.stage)
        assert self.status(scene, "GET", path, "evil.example") == 404
        assert self.status(scene, "GET", "/live/nonsense/") == 404
        assert self.status(scene, "GET", path.replace("/?", "/more/?")) == 404
        assert self.status(scene, "POST", path) == 405

    def test_ends_at_once_for_somebody_taken_out(self, scene: Scene) -> None:
        cast, sheet = scene.cast, scene.stage
        with scene.listen(cast.carla, sheet) as carla, scene.listen(cast.bo, sheet) as bo:
            carla.opened()
            bo.opened()
            remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
            assert carla.wait_for("", event="gone").data.strip() == "/?closed"
            carla.wait_for_end()
            scene.write("Only for us")
            bo.wait_for("Only for us")
            assert "Only for us" not in carla.said()

    def test_of_the_room_screen_ends_with_its_link(self, scene: Scene) -> None:
        ana = scene.cast.viewer(scene.cast.ana)
        link = invite(viewer=ana, kind=Invitation.Kind.ROOM, partnership=scene.cast.with_delonghi)
        with Listener(scene.server.port, f"{scene.path(scene.stage, scene.secret)}&room={link.code}") as room:
            room.opened()
            scene.write("Cheaper capsules", scene.secret)
            scene.write("Machines that last")
            room.wait_for("Machines that last")
            assert "Cheaper capsules" not in room.said()
            revoke_invitation(viewer=ana, invitation=link)
            room.wait_for("", event="gone")

    def test_that_ended_silently_is_noticed_at_the_next_look(self, scene: Scene) -> None:
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            carla.opened()
            GuestPass.objects.filter(membership=scene.cast.carla).update(revoked_at=timezone.now())
            scene.server.ask(scene.server.entry.hub.look_everybody_up)
            carla.wait_for("", event="gone")

    def test_that_widens_has_the_page_fetched_again(self, scene: Scene) -> None:
        cast = scene.cast
        with scene.listen(cast.carla, scene.stage, scene.secret) as carla:
            carla.opened()
            change_member(
                viewer=cast.viewer(cast.ana), member=cast.carla, partnerships=[cast.with_delonghi, cast.with_breville]
            )
            carla.wait_for("", event="reset")
            scene.write("No secret any more", scene.secret)
            carla.wait_for("No secret any more")

    def test_the_headers_keep_proxies_from_holding_messages_back(self, scene: Scene) -> None:
        with scene.listen(scene.cast.carla, scene.stage) as carla:
            assert carla.status == 200
            assert carla.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert carla.headers["cache-control"] == "no-cache"
            assert carla.headers["x-accel-buffering"] == "no"

    def test_one_person_has_a_limited_number_of_open_streams(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("partners.live.entrance.MOST_STREAMS", 2)

        def is_let_in(member: Membership) -> bool:
            with scene.listen(member, scene.stage) as listener:
                return listener.status == 200

        with scene.listen(scene.cast.carla, scene.stage) as first:
            first.opened()
            with scene.listen(scene.cast.carla, scene.stage) as second:
                second.opened()
                assert not is_let_in(scene.cast.carla)
                assert is_let_in(scene.cast.bo)
            wait_until(lambda: is_let_in(scene.cast.carla))

    def status(self, scene: Scene, method: str, path: str, host: str = "localhost") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", scene.server.port, timeout=PATIENCE_S)
        cookie = f"{scene.cast.pass_cookie}={scene.cast.passes[scene.cast.carla.pk]}"
        connection.request(method, path, headers={"Host": host, "Cookie": cookie})
        status = connection.getresponse().status
        connection.close()
        return status


class TestAGuestOfOnePartnership:
    """Carla must never learn that Nespresso talks to Breville as well: by no data, no removal, nothing going stale."""

    topics = "activity counts members partnerships organisations"

    def test_hears_nothing_of_another_one(self, scene: Scene) -> None:
        cast = scene.cast
        dans = cast.sheet(cast.with_breville, cast.breville)
        with scene.listen(
            cast.carla, scene.stage, scene.secret, dans, cast.model(cast.breville), topics=self.topics
        ) as carla:
            carla.opened()
            secret = scene.write("Cheaper capsules", scene.secret)
            edit_note(sheet=cast.seen(cast.dan, dans), note=scene.write("Ours", dans, by=cast.dan), text="Ours too")
            cast.note("Their model", canvas=cast.model(cast.breville), by=cast.dan)
            delete_note(sheet=cast.seen(cast.ana, scene.secret), note=secret)
            scene.write("Machines that last")
            carla.wait_for("Machines that last")
            said = carla.said()
            assert re.findall(r'data-stale="([^"]*)"', said) == ["activity counts"]
            assert str(secret.pk) not in said
            assert "Cheaper" not in said
            assert "Their" not in said
            assert "data-gone" not in said

    def test_hears_nothing_of_people_there(self, scene: Scene) -> None:
        cast = scene.cast
        with scene.listen(cast.carla, scene.stage, topics="members workspace") as carla:
            carla.opened()
            remove_member(viewer=cast.viewer(cast.ana), member=cast.dan)
            change_workspace(viewer=cast.viewer(cast.ana), title="Coffee for two")
            carla.wait_for('data-stale="workspace"')
            assert "members" not in carla.said()
