import re
from collections.abc import Iterator

import pytest
from django.test import Client

from canvasapp.asgi import Entry
from partners.live.hub import Hub
from partners.live.present import KEPT_S, LEAVING_S
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.live.clock import Clock
from tests.live.conftest import Scene
from tests.live.listening import Listener, Server, wait_for, wait_until


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(transactional_db: None, clock: Clock) -> Iterator[Server]:
    """A server that takes the time from the test's clock when it asks how long ago it heard of somebody."""
    with Server(Entry(Hub(clock))) as running:
        yield running


def say(scene: Scene, member: Membership, state: str, **more: object) -> int:
    """Have somebody's page report presence; returns the status."""
    client: Client = scene.cast.client(member)
    said = {"workspace": scene.cast.workspace.pk, "page": "/p/1/models/", "state": state, **more}
    return client.post("/presence/", said).status_code


def present(listener: Listener, region: str) -> str:
    """What a region of the page shows last."""
    said = "\n".join(each.data for each in listener.messages if each.event in ("board", "present"))
    pieces = [piece for piece in re.split(r"(?=<ul|<p)", said) if f'id="{region}"' in piece]
    return pieces[-1] if pieces else ""


LONGEST_TICK_S = 1
"""How often the server looks at its clock."""


class TestPeople:
    def test_are_listed_on_their_company_s_side(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            assert say(scene, scene.cast.ana, "here") == 204
            assert say(scene, scene.cast.carla, "here") == 204
            wait_until(lambda: "Carla Rossi" in present(bo, "people-end"))
            wait_until(lambda: "Ana Vries" in present(bo, "people-start"))
            assert 'aria-label="Here from Nespresso"' in bo.said()
            assert "Carla" not in present(bo, "people-start")

    def test_are_shown_to_a_page_that_comes_later(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "here")
            bo.wait_for("Carla Rossi")
            with scene.listen(scene.cast.ana, scene.stage) as ana:
                ana.wait_for("Carla Rossi", event="present")

    def test_leave_the_list_a_moment_after_they_go(self, scene: Scene, clock: Clock) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "here")
            bo.wait_for("Carla Rossi")
            say(scene, scene.cast.carla, "gone")
            say(scene, scene.cast.ana, "here")
            bo.wait_for("Ana Vries")
            clock.advance(LEAVING_S)
            wait_until(lambda: "Carla" not in present(bo, "people-end"))

    def test_who_fall_silent_are_gone_within_20_s(self, scene: Scene, clock: Clock) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "here")
            bo.wait_for("Carla Rossi")
            clock.advance(20 - LONGEST_TICK_S)
            wait_until(lambda: "Carla" not in present(bo, "people-end"))

    def test_are_away_when_all_their_pages_are_hidden(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "here", page="one")
            say(scene, scene.cast.carla, "away", page="two")
            bo.wait_for("Carla Rossi")
            assert "is-away" not in bo.said()
            say(scene, scene.cast.carla, "away", page="one")
            bo.wait_for("is-away")
            say(scene, scene.cast.carla, "here", page="two")
            wait_until(lambda: "is-away" not in present(bo, "people-end"))

    def test_are_nowhere_any_more_once_they_are_taken_out(self, scene: Scene) -> None:
        cast = scene.cast
        with scene.listen(cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, cast.carla, "away", page="one")
            say(scene, cast.carla, "here", page="two")
            bo.wait_for("Carla Rossi")
            listed = [each.data for each in bo.messages if each.event == "present"]
            workshops.remove_member(viewer=cast.viewer(cast.ana), member=cast.carla)
            anew = wait_for(
                lambda: [each.data for each in bo.messages if each.event == "present"][len(listed) :] or None
            )
            assert "Carla" not in anew[0]
        with scene.listen(cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, cast.ana, "here")
            bo.wait_for("Ana Vries")
            assert "Carla" not in bo.said()

    def test_a_word_that_was_overtaken_says_nothing_any_more(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "away", page="one", word=2)
            say(scene, scene.cast.carla, "here", page="one", word=1)
            say(scene, scene.cast.ana, "here")
            bo.wait_for("Ana Vries")
            assert "is-away" in present(bo, "people-end")

    def test_who_left_while_a_page_was_not_listening_are_not_shown_when_it_is_back(
        self, scene: Scene, clock: Clock
    ) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            with scene.listen(scene.cast.ana, scene.stage) as ana:
                say(scene, scene.cast.carla, "here")
                bo.wait_for("Carla Rossi")
                wait_until(lambda: "Carla Rossi" in present(ana, "people-end"))
                place = ana.opened().messages[-1].id
            clock.advance(KEPT_S)
            wait_until(lambda: "Carla" not in present(bo, "people-end"))
            with scene.listen(scene.cast.ana, scene.stage, last_event_id=place) as ana:
                anew = ana.wait_for("", event="present").data
                assert "people-end" not in anew, "what is not named shows nobody"

    def test_of_a_hidden_partnership_are_not_told(self, scene: Scene) -> None:
        with scene.listen(scene.cast.carla, scene.stage, scene.secret) as carla:
            carla.opened()
            say(scene, scene.cast.dan, "typing", canvas=scene.secret.pk, block=scene.block)
            say(scene, scene.cast.ana, "typing", canvas=scene.secret.pk, block=scene.block)
            say(scene, scene.cast.ana, "here", page="/another/")
            carla.wait_for("Ana Vries")
            assert "Dan" not in carla.said()
            assert "typing here" not in carla.said()


class TestTyping:
    def test_is_shown_in_its_block_and_on_its_note(self, scene: Scene) -> None:
        note = scene.write("Machines")
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.ana, "typing", canvas=scene.stage.pk, block=scene.block, note=note.pk)
            shown = bo.wait_for("Ana Vries is typing here").data
            assert f'<p class="typing" id="typing-{scene.stage.pk}-{scene.block}"' in shown
            assert f'data-note="{note.pk}" data-person="{scene.cast.ana.colour}"' in shown
            say(scene, scene.cast.ana, "here")
            wait_until(lambda: "typing here" not in present(bo, f"typing-{scene.stage.pk}-{scene.block}"))

    def test_on_a_sheet_that_is_not_theirs_to_see_is_left_out(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.secret) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "typing", canvas=scene.secret.pk, block=scene.block)
            say(scene, scene.cast.dan, "typing", canvas=scene.secret.pk, block=scene.block)
            bo.wait_for("Dan Webb is typing here")
            assert "Carla Rossi is typing" not in bo.said()

    def test_says_names_as_text(self, scene: Scene) -> None:
        Membership.objects.filter(pk=scene.cast.ana.pk).update(name="<b>Ana</b>")
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.ana, "typing", canvas=scene.stage.pk, block=scene.block)
            bo.wait_for("&lt;b&gt;Ana&lt;/b&gt; is typing here")
            assert "<b>Ana" not in bo.said()


class TestReporting:
    def test_is_refused_to_strangers_and_nonsense(self, scene: Scene) -> None:
        said = {"workspace": scene.cast.workspace.pk, "state": "here"}
        for stranger in (None, scene.cast.finn):
            assert scene.cast.client(stranger).post("/presence/", said).status_code in (401, 404)
        assert say(scene, scene.cast.carla, "dancing") == 422
        assert say(scene, scene.cast.carla, "here", word="first") == 422
        assert scene.cast.client(scene.cast.carla).get("/presence/").status_code == 405
