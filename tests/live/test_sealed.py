"""Private until reveal, on the stream: one side's page hears nothing of the other's sheet, and both open at once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from partners.canvases.models import Note
from partners.canvases.operations import add_comment, delete_note, edit_note, give_thumb, take_note
from partners.events.models import Event
from partners.workspaces.models import Membership, Partnership
from partners.workspaces.operations import change_member, reveal, seal
from tests.events.threads import at_once
from tests.factories import Cast
from tests.live.conftest import Scene
from tests.live.listening import Listener, wait_until

TOPICS = "activity counts comments sheet partnerships"


def everything(listener: Listener) -> str:
    """All that came, but signs of life, which carry nothing but where the log stands."""
    return "\n".join(f"{each.event} {each.data}" for each in listener.messages if each.event != "ping")


def sealed(cast: Cast) -> Partnership:
    """The partnership with De'Longhi, made private."""
    return seal(cast.viewer(cast.ana), cast.with_delonghi)


def whisper(scene: Scene) -> list[UUID]:
    """Everything that Carla can do on De'Longhi's sheet; returns the ids that belong to it."""
    cast = scene.cast
    sheet = cast.seen(cast.carla, cast.sheet(cast.with_delonghi, cast.delonghi))
    wish = scene.write("Secret wish", sheet.canvas, cast.carla)
    edit_note(sheet=sheet, note=wish, text="Secret wish, in other words")
    said = add_comment(sheet=sheet, note=wish, text="Hushed remark")
    give_thumb(sheet=sheet, note=wish)
    patents = Note.objects.get(text="Patents")
    taken = take_note(source=cast.seen(cast.carla, cast.model(cast.nespresso)), note=patents, into=sheet)
    delete_note(sheet=sheet, note=wish)
    return [wish.pk, said.pk, taken.pk]


class TestTheOtherSide:
    def test_hears_nothing_of_what_is_written(self, scene: Scene) -> None:
        """Not even by asking for the sheet by its id; what they may see still comes."""
        cast = scene.cast
        model, theirs = cast.model(cast.nespresso), cast.sheet(cast.with_delonghi, cast.delonghi)
        cast.note("Patents", canvas=model, block="key_resources")
        sealed(cast)
        with (
            scene.listen(cast.bo, scene.stage, model, theirs, topics=TOPICS) as bo,
            scene.listen(cast.ana, scene.stage, model, theirs, topics=TOPICS) as ana,
            scene.listen(cast.eli, scene.stage, model, theirs, topics=TOPICS) as eli,
            scene.listen(cast.carla, theirs, topics=TOPICS) as carla,
        ):
            for listener in (bo, ana, eli, carla):
                listener.opened()
            hidden = whisper(scene)
            carla.wait_for(f'<del data-gone="note-{hidden[0]}"')
            cast.note("Said in the open", canvas=model)
            for listener in (bo, ana, eli):
                listener.wait_for("Said in the open")
                heard = everything(listener)
                assert "Secret" not in heard
                assert not [pk for pk in hidden if str(pk) in heard]
                assert "Patents" not in heard, "its mark is new, and not for them"
                assert heard.count("board") == 1, "not even that something was counted anew"

    def test_hears_nothing_of_it_when_coming_back(self, scene: Scene) -> None:
        cast = scene.cast
        model, theirs = cast.model(cast.nespresso), cast.sheet(cast.with_delonghi, cast.delonghi)
        cast.note("Patents", canvas=model, block="key_resources")
        sealed(cast)
        with scene.listen(cast.bo, model) as bo:
            place = bo.wait_for("", event="ping").id
        hidden = whisper(scene)
        cast.note("Said in the open", canvas=model)
        with scene.listen(cast.bo, scene.stage, model, theirs, topics=TOPICS, last_event_id=place) as bo:
            bo.wait_for("Said in the open")
            assert not [pk for pk in hidden if str(pk) in everything(bo)]
            assert "Secret" not in everything(bo)
            assert "Patents" not in everything(bo)

    def test_does_not_see_who_types_there(self, scene: Scene) -> None:
        cast = scene.cast
        theirs = cast.sheet(cast.with_delonghi, cast.delonghi)
        sealed(cast)
        with scene.listen(cast.bo, scene.stage, theirs) as bo, scene.listen(cast.carla, theirs) as carla:
            bo.opened()
            carla.opened()
            type_in(cast, cast.carla, str(theirs.pk))
            carla.wait_for("Carla Rossi is typing here")
            type_in(cast, cast.ana, str(scene.stage.pk))
            bo.wait_for("Ana Vries is typing here")
            assert "Carla Rossi is typing" not in bo.said()


class TestSealingAndRevealing:
    def test_every_page_is_looked_up_again(self, scene: Scene) -> None:
        cast = scene.cast
        theirs = cast.sheet(cast.with_delonghi, cast.delonghi)
        with scene.listen(cast.bo, theirs) as bo:
            bo.opened()
            sealed(cast)
            bo.wait_for("", event="reset")
            scene.write("Secret wish", theirs, cast.carla)
            reveal(cast.viewer(cast.ana), cast.with_delonghi)
            wait_until(lambda: everything(bo).count("reset") == 2, "the second reset")
            scene.write("Said in the open", theirs, cast.carla)
            bo.wait_for("Said in the open")
            assert "Secret" not in everything(bo), "what was written in private comes with the page, fetched anew"

    def test_opens_the_page_even_for_who_may_not_know_who_did_it(self, scene: Scene) -> None:
        """A facilitator of a third company does not exist for Carla; what they revealed does."""
        cast = scene.cast
        sealed(cast)
        ana = cast.viewer(cast.ana)
        third = cast.join("Theo Third", None)
        wide, role = Membership.Scope.WORKSPACE, Membership.Role.FACILITATOR
        change_member(viewer=ana, member=third, organisation=cast.breville, role=role, scope=wide)
        with scene.listen(cast.carla, cast.sheet(cast.with_delonghi, cast.delonghi), topics=TOPICS) as carla:
            carla.opened()
            reveal(cast.viewer(third), cast.with_delonghi)
            carla.wait_for("", event="reset")
            assert "stale" not in everything(carla)

    def test_revealing_twice_at_once_is_revealing_once(self, scene: Scene) -> None:
        cast = scene.cast
        sealed(cast)

        def one(_number: int) -> bool:
            viewer = cast.viewer(cast.ana)
            found = Partnership.objects.select_related("first", "second").get(pk=cast.with_delonghi.pk)
            return reveal(viewer, found).sealed_at is None

        assert at_once(4, one) == [True] * 4
        assert Event.objects.filter(kind="partnership_revealed").count() == 1

    def test_revealing_while_both_sides_write_loses_nothing(self, scene: Scene) -> None:
        cast = scene.cast
        sealed(cast)
        sides = [(cast.bo, scene.stage), (cast.carla, cast.sheet(cast.with_delonghi, cast.delonghi))]
        model = cast.model(cast.nespresso)
        patents = cast.note("Patents", canvas=model, block="key_resources")
        taken = take_note(source=cast.seen(cast.bo, model), note=patents, into=cast.seen(cast.bo, scene.stage))
        notes = [scene.write(f"Words of {number}", canvas, by) for number, (by, canvas) in enumerate(sides * 3)]
        tie = cast.with_delonghi.pk

        def edit(number: int) -> None:
            by, canvas = sides[number % 2]
            edit_note(sheet=cast.seen(by, canvas), note=notes[number], text=f"Other words of {number}")

        others: list[Callable[[], object]] = [
            lambda: reveal(cast.viewer(cast.ana), Partnership.objects.select_related("first", "second").get(pk=tie)),
            lambda: scene.write("A new note", scene.stage, cast.bo),
            lambda: edit_note(sheet=cast.seen(cast.bo, model), note=patents, text="More patents"),
            lambda: delete_note(sheet=cast.seen(cast.bo, scene.stage), note=taken),
        ]
        at_once(10, lambda number: edit(number) if number < 6 else others[number - 6]())
        written = set(Note.objects.filter(deleted_at=None).values_list("text", flat=True))
        assert {f"Other words of {number}" for number in range(6)} | {"A new note", "More patents"} <= written
        assert Note.objects.get(pk=taken.pk).deleted_at
        assert Partnership.objects.get(pk=tie).sealed_at is None


def type_in(cast: Cast, who: Membership, canvas: str) -> None:
    """Say as somebody's page that they type on a sheet."""
    client: Client = cast.client(who)
    said = {"workspace": cast.workspace.pk, "page": str(who.pk), "canvas": canvas, "block": "intent"}
    assert client.post("/presence/", said | {"state": "typing"}).status_code == 204
