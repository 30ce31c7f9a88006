import http.client
import re
from uuid import UUID

from partners.canvases.models import Canvas, Note
from partners.canvases.operations import add_note, change_look, delete_note, edit_note, move_note
from partners.events.models import LogHead
from partners.events.reads import cursor
from partners.workspaces.operations import change_workspace, remove_member
from tests.live.conftest import Listen, Person, Workshop
from tests.live.listening import Listener

BLOCK = "desired_value"


def write(person: Person, canvas: Canvas, text: str) -> Note:
    return add_note(sheet=person.at(canvas), block=BLOCK, text=text)


def opened(listener: Listener) -> Listener:
    """The stream once its first sign of life has come: from then on nothing may be missed."""
    listener.wait_for("", event="ping")
    return listener


class TestAChange:
    def test_is_seen_by_everybody_who_shows_the_sheet(self, listen: Listen, workshop: Workshop) -> None:
        sheet = workshop.own_sheet
        with listen(workshop.dino, sheet) as dino, listen(workshop.nina, sheet) as nina:
            opened(dino), opened(nina)
            note = write(workshop.nina, sheet, "Machines that last")
            seq = LogHead.objects.get(workspace=workshop.workspace).seq
            for listener in (dino, nina):
                message = listener.wait_for("Machines that last")
                assert f'id="note-{note.pk}"' in message.data
                assert f'data-drawn="{seq}"' in message.data
                assert message.id == cursor(workshop.workspace.pk)

    def test_comes_as_the_state_now_however_often_it_changed(self, listen: Listen, workshop: Workshop) -> None:
        note = write(workshop.nina, workshop.own_sheet, "Machines")
        before = cursor(workshop.workspace.pk)
        at = workshop.nina.at(workshop.own_sheet)
        edit_note(sheet=at, note=note, text="Machines that last")
        change_look(sheet=at, note=note, fill="sun")
        with listen(workshop.dino, workshop.own_sheet, after=before) as dino:
            message = dino.wait_for("Machines that last")
            assert "fill-sun" in message.data
            assert dino.said().count("<li class=") == 1

    def test_makes_its_topics_stale_where_they_are_shown(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.nina, topics="activity counts nonsense") as nina, listen(workshop.nina) as other:
            opened(nina), opened(other)
            write(workshop.nina, workshop.own_sheet, "Machines that last")
            nina.wait_for('<i data-stale="activity counts"></i>')
            assert other.said() == ""

    def test_on_another_sheet_is_not_sent(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.nina, workshop.own_sheet) as nina:
            opened(nina)
            write(workshop.nina, workshop.secret_sheet, "Cheaper capsules")
            write(workshop.nina, workshop.own_sheet, "Machines that last")
            nina.wait_for("Machines that last")
            assert "Cheaper capsules" not in nina.said()

    def test_that_takes_a_note_off_the_sheet_is_its_removal(self, listen: Listen, workshop: Workshop) -> None:
        sheet = workshop.own_sheet
        gone, moved = write(workshop.nina, sheet, "Gone"), write(workshop.nina, sheet, "Moved")
        nina = workshop.nina
        with listen(workshop.dino, sheet) as dino:
            opened(dino)
            delete_note(sheet=nina.at(sheet), note=gone)
            dino.wait_for(f'<del data-gone="note-{gone.pk}"')
            move_note(sheet=nina.at(sheet), note=moved, to=nina.at(workshop.secret_sheet), block=BLOCK)
            dino.wait_for(f'<del data-gone="note-{moved.pk}"')


class TestComingBack:
    def test_brings_what_was_missed(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.dino, workshop.own_sheet) as dino:
            opened(dino)
            write(workshop.nina, workshop.own_sheet, "Before")
            place = dino.wait_for("Before").id
        write(workshop.nina, workshop.own_sheet, "Meanwhile")
        with listen(workshop.dino, workshop.own_sheet, last_event_id=place) as dino:
            dino.wait_for("Meanwhile")
            assert "Before" not in dino.said()

    def test_goes_by_the_last_message_before_the_address(self, listen: Listen, workshop: Workshop) -> None:
        start = cursor(workshop.workspace.pk)
        write(workshop.nina, workshop.own_sheet, "Known")
        place = cursor(workshop.workspace.pk)
        write(workshop.nina, workshop.own_sheet, "New")
        with listen(workshop.dino, workshop.own_sheet, after=start, last_event_id=place) as dino:
            dino.wait_for("New")
            assert "Known" not in dino.said()

    def test_while_others_are_here_brings_what_was_missed_too(self, listen: Listen, workshop: Workshop) -> None:
        before = cursor(workshop.workspace.pk)
        write(workshop.nina, workshop.own_sheet, "Missed by one")
        with listen(workshop.dino, workshop.own_sheet) as other:
            opened(other)
            with listen(workshop.dino, workshop.own_sheet, after=before) as dino:
                dino.wait_for("Missed by one")
                write(workshop.nina, workshop.own_sheet, "Seen by both")
                dino.wait_for("Seen by both")
                other.wait_for("Seen by both")

    def test_the_cursor_moves_on_though_nothing_on_the_page_changes(self, listen: Listen, workshop: Workshop) -> None:
        write(workshop.nina, workshop.secret_sheet, "Elsewhere")
        with listen(workshop.nina, workshop.own_sheet) as nina:
            assert opened(nina).messages[0].id == cursor(workshop.workspace.pk)


class TestReset:
    def test_another_epoch(self, listen: Listen, workshop: Workshop) -> None:
        self.is_asked_for(listen, workshop, f"{UUID(int=7).hex}.3")

    def test_ahead_of_the_log(self, listen: Listen, workshop: Workshop) -> None:
        epoch = LogHead.objects.get(workspace=workshop.workspace).epoch.hex
        self.is_asked_for(listen, workshop, f"{epoch}.999999")

    def test_a_cursor_nobody_can_read(self, listen: Listen, workshop: Workshop) -> None:
        self.is_asked_for(listen, workshop, "yesterday")

    def test_older_than_what_is_kept(self, listen: Listen, workshop: Workshop) -> None:
        old = cursor(workshop.workspace.pk)
        write(workshop.nina, workshop.own_sheet, "Machines that last")
        head = LogHead.objects.get(workspace=workshop.workspace)
        LogHead.objects.filter(pk=head.pk).update(seq=head.seq + 3000)
        self.is_asked_for(listen, workshop, old)

    def test_a_restore_under_open_pages(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.dino, workshop.own_sheet) as dino:
            opened(dino)
            LogHead.objects.filter(workspace=workshop.workspace).update(epoch=UUID(int=7), seq=3)
            dino.wait_for("", event="reset")

    def is_asked_for(self, listen: Listen, workshop: Workshop, after: str) -> None:
        with listen(workshop.dino, workshop.own_sheet, after=after) as dino:
            assert dino.wait_for("", event="reset").id == cursor(workshop.workspace.pk)
            write(workshop.nina, workshop.own_sheet, "Afterwards")
            dino.wait_for("Afterwards")


class TestAccess:
    def test_a_stranger_finds_nothing(self, listen: Listen, workshop: Workshop) -> None:
        with listen(Person(workshop.dino.member, ""), workshop.own_sheet) as stranger:
            assert stranger.status == 404
        with listen(Person(workshop.dino.member, workshop.dino.cookies + "x"), workshop.own_sheet) as forger:
            assert forger.status == 404

    def test_other_hosts_addresses_and_methods_find_nothing(self, listen: Listen, workshop: Workshop) -> None:
        path = f"/live/{workshop.workspace.pk}/"
        asked = [
            ("GET", path, "evil.example"),
            ("GET", "/live/nonsense/", "localhost"),
            ("GET", path + "more/", "localhost"),
        ]
        assert [self.status(listen, *each, workshop.dino.cookies) for each in asked] == [404, 404, 404]
        assert self.status(listen, "POST", path, "localhost", workshop.dino.cookies) == 405

    def test_ends_at_once_for_somebody_taken_out(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.dino, workshop.own_sheet) as dino, listen(workshop.nina, workshop.own_sheet) as nina:
            opened(dino), opened(nina)
            remove_member(viewer=workshop.ana.viewer, member=workshop.dino.member)
            assert dino.wait_for("", event="gone").data.strip() == "/"
            dino.wait_for_end()
            write(workshop.nina, workshop.own_sheet, "Only for us")
            nina.wait_for("Only for us")
            assert "Only for us" not in dino.said()

    def test_the_headers_keep_proxies_from_holding_messages_back(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.dino, workshop.own_sheet) as dino:
            assert dino.status == 200
            assert dino.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert dino.headers["cache-control"] == "no-cache"
            assert dino.headers["x-accel-buffering"] == "no"

    def status(self, listen: Listen, method: str, path: str, host: str, cookies: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", listen.server.port, timeout=10)
        connection.request(method, path, headers={"Host": host, "Cookie": cookies})
        status = connection.getresponse().status
        connection.close()
        return status


class TestAGuestOfOnePartnership:
    """Dino must never learn that Nespresso talks to Krups as well, by data, removals or things going stale."""

    def test_hears_nothing_of_another_one(self, listen: Listen, workshop: Workshop) -> None:
        sheets = (workshop.own_sheet, workshop.secret_sheet, workshop.model(workshop.rivalry.second))
        with listen(workshop.dino, *sheets, topics="activity counts members partnerships organisations") as dino:
            opened(dino)
            secret = write(workshop.nina, workshop.secret_sheet, "Cheaper capsules")
            edit_note(
                sheet=workshop.kai.at(workshop.sheet(workshop.rivalry, workshop.rivalry.second)),
                note=write(workshop.kai, workshop.sheet(workshop.rivalry, workshop.rivalry.second), "Ours"),
                text="Ours too",
            )
            delete_note(sheet=workshop.nina.at(workshop.secret_sheet), note=secret)
            assert dino.said() == ""
            write(workshop.nina, workshop.own_sheet, "Machines that last")
            said = dino.wait_for("Machines that last").data
            assert re.findall(r'data-stale="([^"]*)"', said) == ["activity counts"]
            assert str(secret.pk) not in dino.said()
            assert "Cheaper" not in dino.said()

    def test_hears_nothing_of_people_there(self, listen: Listen, workshop: Workshop) -> None:
        with listen(workshop.dino, workshop.own_sheet, topics="members activity") as dino:
            opened(dino)
            remove_member(viewer=workshop.ana.viewer, member=workshop.kai.member)
            change_workspace(viewer=workshop.ana.viewer, title="Coffee for two")
            dino.wait_for("data-stale")
            assert "members" not in dino.said()
