"""Who may do what: the whole table, and every operation against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from partners.base.errors import Forbidden, NotFound
from partners.canvases import operations
from partners.canvases.access import CanvasInView
from partners.canvases.models import Canvas, Note
from partners.workspaces.models import Membership
from partners.workspaces.rules import RIGHTS, Action, Standing, may
from tests.canvases.conftest import Story
from tests.factories import Cast

# Said here a second time and differently: what each role may do, by standing (own · other · absent).
TABLE = """
            facilitator   member   observer   room
view        yes yes yes   y y y    y y y      y y y
comment     yes yes yes   y y y    . . .      . . .
thumb       yes yes yes   y y y    . . .      . . .
take        yes yes yes   y y y    . . .      . . .
write       yes yes yes   y . y    . . .      . . .
confirm     yes .   .     y . .    . . .      . . .
lock        yes yes yes   . . .    . . .      . . .
negotiate   yes yes yes   y . y    . . .      . . .
rate        yes yes yes   y . y    . . .      . . .
agree       yes .   .     y . .    . . .      . . .
ask         yes yes yes   y . .    . . .      . . .
export      yes yes yes   y y y    y y y      . . .
state       yes yes yes   y . .    . . .      . . .
organise    yes yes yes   y . .    . . .      . . .
manage      yes yes yes   . . .    . . .      . . .
"""


def rows() -> list[tuple[str, Action, Standing, bool]]:
    roles, *lines = TABLE.strip().splitlines()
    found = []
    for line in lines:
        action, *cells = line.split()
        for place, cell in enumerate(cells):
            role, standing = roles.split()[place // 3], list(Standing)[place % 3]
            found.append((role, Action(action), standing, cell != "."))
    return found


@pytest.mark.parametrize(("role", "action", "standing", "allowed"), rows())
def test_the_table_of_rights(role: str, action: Action, standing: Standing, allowed: bool) -> None:
    assert may(role, action, standing) is allowed
    closed = action in (Action.WRITE, Action.TAKE) and role != "facilitator"
    assert may(role, action, standing, locked=True) is (allowed and not closed)


def test_nothing_is_left_out_of_the_table() -> None:
    assert len(rows()) == len(RIGHTS) * len(Action) * len(Standing)


@dataclass(frozen=True)
class Deed:
    """An operation as a test can do it, the right it needs, and the kinds of event it records."""

    name: str
    needs: Action
    records: list[str]
    do: Callable[[Cast, CanvasInView, Note], object]


def take(cast: Cast, sheet: CanvasInView, note: Note) -> object:
    """Take a note for the writer's own side, or for Nespresso."""
    mine = sheet.viewer.organisation_id or cast.nespresso.pk
    partnership = cast.with_breville if cast.breville.pk in (mine, sheet.canvas.organisation_id) else cast.with_delonghi
    owner = mine if mine in (partnership.first_id, partnership.second_id) else partnership.first_id
    into = Canvas.objects.get(partnership=partnership, organisation_id=owner)
    assert sheet.viewer.member is not None
    return operations.take_note(source=sheet, note=note, into=cast.seen(sheet.viewer.member, into))


def add(cast: Cast, sheet: CanvasInView, note: Note) -> object:
    """A new note."""
    return operations.add_note(sheet=sheet, block="channels", text="More")


def mark(cast: Cast, sheet: CanvasInView, note: Note) -> object:
    """Another colour."""
    return operations.change_look(sheet=sheet, note=note, fill="rose")


def move(cast: Cast, sheet: CanvasInView, note: Note) -> object:
    """Another block."""
    return operations.move_note(sheet=sheet, note=note, to=sheet, block="channels")


def delete_several(cast: Cast, sheet: CanvasInView, note: Note) -> object:
    """The trash, by the way of several at once."""
    return operations.change_many(notes=[(sheet, note)], do="delete")


def paste(cast: Cast, sheet: CanvasInView, note: Note) -> object:
    """Two lines."""
    return operations.paste_notes(sheet=sheet, block="channels", lines="one\ntwo")


DEEDS = [
    Deed("add", Action.WRITE, ["note_added"], add),
    Deed(
        "edit",
        Action.WRITE,
        ["note_edited"],
        lambda _, sheet, note: operations.edit_note(sheet=sheet, note=note, text="X"),
    ),
    Deed("mark", Action.WRITE, ["note_looked"], mark),
    Deed("move", Action.WRITE, ["note_moved"], move),
    Deed("copy", Action.WRITE, ["note_added"], lambda _, sheet, note: operations.copy_note(sheet=sheet, note=note)),
    Deed(
        "delete", Action.WRITE, ["note_deleted"], lambda _, sheet, note: operations.delete_note(sheet=sheet, note=note)
    ),
    Deed("several", Action.WRITE, ["note_deleted"], delete_several),
    Deed("paste", Action.WRITE, ["note_added"] * 2, paste),
    Deed(
        "say",
        Action.COMMENT,
        ["comment_added"],
        lambda _, sheet, note: operations.add_comment(sheet=sheet, note=note, text="?"),
    ),
    Deed("thumb", Action.THUMB, ["note_thumbed"], lambda _, sheet, note: operations.give_thumb(sheet=sheet, note=note)),
    Deed(
        "confirm",
        Action.CONFIRM,
        ["note_confirmed"],
        lambda _, sheet, note: operations.confirm_note(sheet=sheet, note=note),
    ),
    Deed(
        "lock", Action.LOCK, ["canvas_locked"], lambda _, sheet, note: operations.lock_sheet(sheet=sheet, locked=True)
    ),
    Deed("take", Action.TAKE, ["note_added"], take),
]
PEOPLE = ["ana", "bo", "carla", "dan", "eli", "gus"]
WHOSE = ["nespresso", "delonghi", "breville"]


@pytest.mark.django_db
def test_bringing_back_is_for_who_may_write(cast: Cast) -> None:
    note = cast.note()
    operations.delete_note(sheet=cast.seen(cast.ana, note.canvas), note=note)
    for member in (cast.carla, cast.eli):
        with pytest.raises(Forbidden):
            operations.restore_note(sheet=cast.seen(member, note.canvas), note=note)
    assert operations.restore_note(sheet=cast.seen(cast.bo, note.canvas), note=note).deleted_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
@pytest.mark.parametrize("whose", WHOSE)
def test_every_operation_asks_the_table(cast: Cast, story: Story, deed: Deed, whose: str) -> None:
    """Six people try it on three business models; Breville has only somebody who watches, so others may stand in."""
    company = getattr(cast, whose)
    canvas = cast.model(company)
    writer = {"nespresso": cast.bo, "delonghi": cast.carla, "breville": cast.dan}[whose]
    note = cast.note("Words", by=writer, canvas=canvas, block="key_resources")
    Membership.objects.filter(pk=cast.dan.pk).update(role=Membership.Role.OBSERVER)
    people = cast.members | {"gus": cast.join("Gus", cast.nespresso, role=Membership.Role.OBSERVER)}
    for name in PEOPLE:
        refresh(note)
        story.begin()
        try:
            sheet = cast.seen(people[name], canvas)
        except NotFound:
            assert hidden(name, whose)
            continue
        assert not hidden(name, whose)
        allowed = may(sheet.viewer.role, deed.needs, sheet.viewer.standing_to(company.pk))
        try:
            deed.do(
                cast, sheet, Note.objects.select_related("canvas__organisation", "canvas__partnership").get(pk=note.pk)
            )
        except Forbidden:
            assert not allowed, f"{name} should be allowed"
            assert story.events == []
        else:
            assert allowed, f"{name} should be refused"
            assert story.kinds == deed.records
            assert {event.actor for event in story.events} == {people[name]}
            put_back(deed, canvas, note)


def hidden(name: str, whose: str) -> bool:
    """Whether a company's model does not exist for somebody: for its rival, and for who watches only the rival."""
    return (name, whose) in {("carla", "breville"), ("dan", "delonghi"), ("eli", "breville")}


def refresh(note: Note) -> None:
    """The note as it was before anybody tried anything."""
    Note.objects.filter(pk=note.pk).update(
        text="Words", fill="plain", block="key_resources", deleted_at=None, confirmed_by=None
    )


def put_back(deed: Deed, canvas: Canvas, note: Note) -> None:
    """Take away what somebody's success left behind, so that the next person starts from the same."""
    Canvas.objects.filter(pk=canvas.pk).update(locked_at=None)
    Note.objects.exclude(pk=note.pk).delete()


def test_the_docs_print_the_table() -> None:
    page = Path(settings.BASE_DIR, "docs/rights.md").read_text(encoding="utf-8")
    for action in Action:
        assert re.search(rf"\b{action.value}\b", page), f"docs/rights.md does not say who may {action.value}"
