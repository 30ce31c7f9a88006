import re
from uuid import uuid4

from django.test import Client

from partners.live.presence import (
    KEPT_AWAY_S,
    KEPT_S,
    MOST_PAGES,
    Present,
    Sighting,
    State,
    decode,
    encode,
    merged,
)
from partners.workspaces.models import Membership
from tests.live.conftest import Scene
from tests.live.listening import Listener, wait_until


def say(scene: Scene, member: Membership, state: str, **more: object) -> int:
    """Have somebody's page report presence; returns the status."""
    client: Client = scene.cast.client(member)
    said = {"workspace": scene.cast.workspace.pk, "page": "/p/1/models/", "state": state, **more}
    return client.post("/presence/", said).status_code


def present(listener: Listener, region: str) -> str:
    """What a region of the page shows last."""
    pieces = [piece for piece in re.split(r"(?=<ul|<p)", listener.said()) if f'id="{region}"' in piece]
    return pieces[-1] if pieces else ""


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
                ana.wait_for("Carla Rossi")

    def test_leave_the_list_when_they_go(self, scene: Scene) -> None:
        with scene.listen(scene.cast.bo, scene.stage) as bo:
            bo.opened()
            say(scene, scene.cast.carla, "here")
            bo.wait_for("Carla Rossi")
            say(scene, scene.cast.carla, "gone")
            wait_until(lambda: "Carla" not in present(bo, "people-end"))

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
        assert scene.cast.client(scene.cast.carla).get("/presence/").status_code == 405


def sighting(**more: object) -> Sighting:
    values: dict[str, object] = {
        "workspace_id": SOMEWHERE,
        "member_id": SOMEBODY,
        "organisation_id": None,
        "name": "Ana",
        "colour": 1,
        "page": "/a/",
        "canvas_id": None,
        "block": "",
        "note_id": None,
        "state": State.HERE,
    }
    return Sighting(**values | more)  # type: ignore[arg-type]  # a builder for tests


SOMEWHERE, SOMEBODY = uuid4(), uuid4()


class TestMemory:
    def test_forgets_a_page_that_says_nothing_any_more(self) -> None:
        present = Present()
        assert present.saw(sighting(), now=0)
        assert not present.saw(sighting(), now=8), "nothing new to show"
        assert present.forget_old(KEPT_S) == set()
        assert present.forget_old(8 + KEPT_S) == {SOMEWHERE}
        assert present.in_workspace(SOMEWHERE) == []

    def test_keeps_somebody_away_for_half_an_hour(self) -> None:
        present = Present()
        present.saw(sighting(state=State.AWAY), now=0)
        assert present.forget_old(KEPT_AWAY_S - 1) == set()
        assert present.forget_old(KEPT_AWAY_S) == {SOMEWHERE}

    def test_is_bounded_for_each_person(self) -> None:
        present = Present()
        for number in range(MOST_PAGES + 30):
            present.saw(sighting(page=f"/{number}/", state=State.AWAY), now=number)
        assert len(present.in_workspace(SOMEWHERE)) == MOST_PAGES

    def test_takes_a_person_as_away_only_when_all_their_pages_are(self) -> None:
        both = [sighting(page="/a/", state=State.AWAY), sighting(page="/b/")]
        assert [person.state for person in merged(both)] == [State.HERE]
        assert [person.state for person in merged(both[:1])] == [State.AWAY]

    def test_survives_the_way_between_processes(self) -> None:
        whole = sighting(name="Zoë 王", note_id=uuid4(), canvas_id=uuid4(), block="channels", organisation_id=uuid4())
        assert decode(encode(whole)) == whole
        assert decode(encode(sighting(name=""))) == sighting(name="")
