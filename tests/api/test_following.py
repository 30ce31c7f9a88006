"""A program that follows every list by `updated_since` alone, as docs/api.md says, has what one that reads all has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.hypotheses import operations as ideas_of
from partners.value_fit.models import Pair
from partners.value_fit.operations import remove_pair
from partners.value_fit.queries import NEEDS
from partners.workspaces import operations as workshops
from tests.api.conftest import Program
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas, ideas, table
from tests.outcome.conftest import Outcome

__all__ = ["ideas", "table"]

Step = Callable[["Scene"], None]


class Scene:
    """One of everything that can be followed, between Nespresso and De'Longhi."""

    def __init__(self, ideas: Ideas) -> None:
        self.ideas, self.cast, self.table = ideas, ideas.cast, ideas.table
        outcome, seen = Outcome(self.table), self.table.seen(self.cast.bo)
        self.pair = self.table.agree(self.table.licence, self.table.system)
        self.idea = ideas.add(notes=[self.table.licence.pk], pairs=[self.pair.pk])
        ideas.test(self.idea)
        ideas.accept(ideas.card(self.idea))
        outcome.created()
        outcome.step(finding="gap", note_id=self.table.design.pk)
        ideas_of.ask_question(seen=seen, text="Who repairs?", ideas=[self.idea.pk])
        today = self.table.licence.created_at.date()
        ideas_of.plan_iteration(seen=seen, name="Spring", starts_on=today, ends_on=today + timedelta(days=7))
        for note in (self.table.licence, self.table.system):
            self.comment(note)

    def comment(self, note: Note) -> None:
        sheets.add_comment(sheet=self.cast.seen(self.cast.ana, note.canvas), note=note, text="Is it so?")


class Follower:
    """What a program holds of each list, kept up to date by what changed."""

    def __init__(self, reader: Program, workspace: str) -> None:
        self.reader, self.workspace = reader, workspace
        self.held: dict[str, set[str]] = {path: set() for path in followed(reader)}
        self.moments = dict.fromkeys(self.held, "2020-01-01T00:00:00+00:00")

    def follow(self) -> None:
        for path, held in self.held.items():
            following: str | None = f"{path}?workspace={self.workspace}&updated_since={quote(self.moments[path])}"
            while following:
                page = self.reader.get(following)
                if page.get("complete"):
                    held.clear()
                held -= {row["id"] for row in page.get("deleted", ())}
                held |= {row["id"] for row in page["results"]}
                self.moments[path] = page["as_of"]
                following = page["next"] and page["next"].partition("/api/v1/")[2]

    def all(self) -> dict[str, set[str]]:
        rows = {path: self.reader.get(f"{path}?workspace={self.workspace}&limit=500") for path in self.held}
        return {path: {row["id"] for row in page["results"]} for path, page in rows.items()}


def followed(reader: Program) -> list[str]:
    """The lists of a workspace that can be followed, as the interface describes itself."""
    paths = reader.get("schema/?format=json")["paths"]
    return [
        path.removeprefix("/api/v1/")
        for path, doors in paths.items()
        if {"updated_since", "workspace"} <= {each["name"] for each in doors.get("get", {}).get("parameters", ())}
    ]


def seal(scene: Scene) -> None:
    for pair in Pair.objects.filter(removed_at=None):
        remove_pair(seen=scene.table.seen(scene.cast.bo), pair=pair)
    workshops.seal(viewer=scene.cast.viewer(scene.cast.ana), partnership=scene.cast.with_delonghi)


def reveal(scene: Scene) -> None:
    workshops.reveal(viewer=scene.cast.viewer(scene.cast.ana), partnership=scene.cast.with_delonghi)


def write_in_private(scene: Scene) -> None:
    for member, note in ((scene.cast.ana, scene.table.licence), (scene.cast.carla, scene.table.system)):
        made = scene.cast.note("In private", by=member, canvas=note.canvas, block=NEEDS)
        sheet = scene.cast.seen(member, note.canvas)
        sheets.add_comment(sheet=sheet, note=made, text="Quite so")
        sheets.delete_note(sheet=sheet, note=note, confirmed=True)


def remove_partnership(scene: Scene) -> None:
    workshops.remove_partnership(viewer=scene.cast.viewer(scene.cast.ana), partnership=scene.cast.with_delonghi)


def restore_partnership(scene: Scene) -> None:
    workshops.restore_partnership(viewer=scene.cast.viewer(scene.cast.ana), partnership=scene.cast.with_delonghi)


def remove_company(scene: Scene) -> None:
    workshops.remove_organisation(viewer=scene.cast.viewer(scene.cast.ana), organisation=scene.cast.delonghi)


def restore_company(scene: Scene) -> None:
    workshops.restore_organisation(viewer=scene.cast.viewer(scene.cast.ana), organisation=scene.cast.delonghi)


def delete_note(scene: Scene) -> None:
    sheet = scene.cast.seen(scene.cast.ana, scene.table.licence.canvas)
    sheets.delete_note(sheet=sheet, note=scene.table.licence, confirmed=True)


def restore_note(scene: Scene) -> None:
    scene.table.licence.refresh_from_db()
    sheets.restore_note(sheet=scene.cast.seen(scene.cast.ana, scene.table.licence.canvas), note=scene.table.licence)


def move(scene: Scene, *, back: bool) -> None:
    places = [
        scene.cast.sheet(each, scene.cast.nespresso) for each in (scene.cast.with_delonghi, scene.cast.with_breville)
    ]
    here, there = (scene.cast.seen(scene.cast.ana, each) for each in (places[::-1] if back else places))
    scene.table.licence.refresh_from_db()
    sheets.move_note(sheet=here, note=scene.table.licence, to=there, block="value_offer", after=None)


def move_away(scene: Scene) -> None:
    move(scene, back=False)
    scene.comment(scene.table.licence)


def move_back(scene: Scene) -> None:
    move(scene, back=True)


def remove_idea(scene: Scene) -> None:
    ideas_of.remove_idea(seen=scene.table.seen(scene.cast.bo), idea=scene.idea)


def sit(scene: Scene, *, with_breville: bool) -> None:
    cast = scene.cast
    company, partnership = (cast.breville, cast.with_breville) if with_breville else (cast.delonghi, cast.with_delonghi)
    viewer, carla = cast.viewer(cast.ana), cast.viewer(cast.carla).member
    assert carla
    workshops.change_member(viewer=viewer, member=carla, organisation=company, partnerships=[partnership])


def change_sides(scene: Scene) -> None:
    sit(scene, with_breville=True)


def change_back(scene: Scene) -> None:
    sit(scene, with_breville=False)


def undo(scene: Scene) -> None:
    scene.ideas.undo()


STORIES: dict[str, tuple[Step, ...]] = {
    "sealed and revealed": (seal, write_in_private, reveal),
    "a partnership goes and comes back": (remove_partnership, restore_partnership),
    "a company goes and comes back": (remove_company, restore_company),
    "a note goes and comes back": (delete_note, restore_note),
    "a note is moved out of sight and back": (move_away, move_back),
    "somebody changes sides and back": (change_sides, change_back),
    "an idea goes and comes back": (remove_idea, undo),
}


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("all_at_once", [False, True], ids=["step by step", "seldom"])
def test_who_follows_has_what_who_reads_all_has(
    ideas: Ideas,
    program: Callable[..., Program],
    monkeypatch: pytest.MonkeyPatch,
    story: tuple[Step, ...],
    all_at_once: bool,
) -> None:
    monkeypatch.setattr("partners.workspaces.api.base.LOOK_BACK", timedelta(0))
    scene = Scene(ideas)
    followers = {name: follower(ideas.cast, program, name) for name in ("ana", "bo", "carla", "dan", "eli")}
    for one in followers.values():
        one.follow()
        assert one.held == one.all()
    assert all(followers["bo"].held.values()), "there is one of each kind"
    for step in story:
        step(scene)
        if all_at_once and step is not story[-1]:
            continue
        for name, one in followers.items():
            one.follow()
            assert one.held == one.all(), name


@pytest.mark.django_db
def test_an_empty_moment_is_no_moment(cast: Cast, ana: Program) -> None:
    cast.note("Club")
    for empty in ("", "%20"):
        refused = ana.call("GET", f"notes/?workspace={cast.workspace.pk}&updated_since={empty}")
        assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["updated_since"])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["rounds/", "declarations/", "blocks/", "events/", "timeline/"])
def test_a_list_that_tells_no_changes_says_so(cast: Cast, ana: Program, path: str) -> None:
    query = f"{path}?workspace={cast.workspace.pk}"
    assert ana.status(query) == 200
    refused = ana.call("GET", f"{query}&updated_since=2020-01-01T00:00:00Z")
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["updated_since"])


def follower(cast: Cast, program: Callable[..., Program], name: str) -> Follower:
    return Follower(program(cast.members[name]), str(cast.workspace.pk))
