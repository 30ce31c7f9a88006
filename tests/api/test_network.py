"""Workspaces, organisations, partnerships, members, canvases and comments over REST."""

from __future__ import annotations

from collections.abc import Callable

from partners.events.models import Event
from partners.workspaces.models import Membership
from tests.api.conftest import Program
from tests.factories import Cast


def test_a_workspace_is_made_changed_archived_and_deleted(cast: Cast, ana: Program) -> None:
    made = ana.post("workspaces/", {"title": "Grinders", "company": "Nespresso", "partner": "Baratza"})
    path = f"workspaces/{made['id']}/"
    assert (made["role"], made["archived"]) == ("facilitator", False)
    assert len(ana.get(f"canvases/?workspace={made['id']}")["results"]) == 4
    changes = {"title": "Grinders and mills", "fill_meanings": {"sun": "ask"}, "archived": True, "about": "One\r\ntwo"}
    changed = ana.patch(path, changes)
    assert (changed["title"], changed["archived"], changed["about"]) == ("Grinders and mills", True, "One\ntwo")
    assert changed["fill_meanings"] == {"sun": "ask"}
    ana.delete(path)
    assert ana.status(path) == 404
    gone = ana.get("workspaces/?updated_since=2020-01-01T00:00:00Z")["deleted"]
    assert [row["id"] for row in gone] == [made["id"]]


def test_a_guest_makes_no_workspace(carla: Program) -> None:
    assert carla.status("workspaces/", "POST", {"title": "Mine", "company": "A", "partner": "B"}) == 403


def test_an_organisation_comes_with_its_model_and_goes_with_its_partnerships(cast: Cast, ana: Program) -> None:
    here = str(cast.workspace.pk)
    made = ana.post("organisations/", {"workspace": here, "name": "Krups Group", "short_name": "Krups"})
    partnership = ana.post("partnerships/", {"workspace": here, "first": str(cast.nespresso.pk), "second": made["id"]})
    assert len(ana.get(f"canvases/?organisation={made['id']}&workspace={here}")["results"]) == 2
    ana.patch(f"organisations/{made['id']}/", {"profile": "Machines since 1846"})
    ana.delete(f"organisations/{made['id']}/")
    since = f"?workspace={here}&updated_since=2020-01-01T00:00:00Z"
    assert [row["id"] for row in ana.get(f"organisations/{since}")["deleted"]] == [made["id"]]
    assert [row["id"] for row in ana.get(f"partnerships/{since}")["deleted"]] == [partnership["id"]]
    assert len(ana.get(f"canvases/{since}")["deleted"]) == 3


def test_a_partnership_is_parked_with_a_reason_only(cast: Cast, ana: Program) -> None:
    path = f"partnerships/{cast.with_breville.pk}/"
    refused = ana.patch(path, {"state": "parked"}, status=422)["error"]
    assert (refused["code"], list(refused["fields"])) == ("reason_needed", ["state_reason"])
    assert ana.patch(path, {"state": "parked", "state_reason": "No budget"})["state"] == "parked"
    twice = {"workspace": str(cast.workspace.pk), "first": str(cast.breville.pk), "second": str(cast.nespresso.pk)}
    assert ana.post("partnerships/", twice, status=409)["error"]["code"] == "exists"
    ana.delete(path)
    assert ana.status(path) == 404


def test_a_guest_hears_that_their_partnership_went(cast: Cast, ana: Program, carla: Program) -> None:
    sheet = cast.sheet(cast.with_delonghi, cast.delonghi)
    note = cast.note(by=cast.carla, canvas=sheet, block="intent")
    comment = carla.post("comments/", {"note": str(note.pk), "text": "Ours"})
    ana.delete(f"partnerships/{cast.with_delonghi.pk}/")
    since = f"?workspace={cast.workspace.pk}&updated_since=2020-01-01T00:00:00Z"
    gone = {
        name: [row["id"] for row in carla.get(f"{name}/{since}")["deleted"]]
        for name in ("partnerships", "notes", "comments")
    }
    assert gone == {"partnerships": [str(cast.with_delonghi.pk)], "notes": [str(note.pk)], "comments": [comment["id"]]}
    assert str(sheet.pk) in {row["id"] for row in carla.get(f"canvases/{since}")["deleted"]}


def test_members_are_moved_named_and_removed(cast: Cast, ana: Program, carla: Program) -> None:
    dan = f"members/{cast.dan.pk}/"
    moved = ana.patch(dan, {"organisation": str(cast.nespresso.pk), "partnerships": [str(cast.with_delonghi.pk)]})
    assert (moved["organisation"], moved["partnerships"]) == (str(cast.nespresso.pk), [str(cast.with_delonghi.pk)])
    assert ana.patch(dan, {"organisation": None, "role": "observer"})["role"] == "observer"
    mine = carla.patch(f"members/{cast.carla.pk}/", {"name": "Carla R.", "colour": 5})
    assert (mine["name"], mine["colour"], mine["is_me"], mine["is_guest"]) == ("Carla R.", 5, True, True)
    ana.delete(dan)
    since = f"members/?workspace={cast.workspace.pk}&updated_since=2020-01-01T00:00:00Z"
    assert [row["id"] for row in ana.get(since)["deleted"]] == [str(cast.dan.pk)]
    carla.delete(f"members/{cast.carla.pk}/")
    assert carla.status("workspaces/") == 200
    assert carla.get("workspaces/")["results"] == []


def test_the_last_facilitator_stays(cast: Cast, ana: Program) -> None:
    assert ana.status(f"members/{cast.ana.pk}/", "DELETE") == 422
    assert ana.status(f"members/{cast.ana.pk}/", "PATCH", {"role": "member"}) == 422


def test_e_mail_addresses_are_told_to_nobody(cast: Cast, ana: Program) -> None:
    text = ana.call("GET", f"members/?workspace={cast.workspace.pk}").content.decode()
    assert "@" not in text


def test_a_locked_sheet_takes_no_notes_from_members(cast: Cast, ana: Program, program: Callable[..., Program]) -> None:
    canvas = cast.model(cast.nespresso)
    assert ana.patch(f"canvases/{canvas.pk}/", {"locked": True})["locked"] is True
    body = {"canvas": str(canvas.pk), "block": "channels", "text": "Boutiques"}
    assert program(cast.bo).status("notes/", "POST", body) == 403
    assert ana.status("notes/", "POST", body) == 201


def test_a_canvas_tells_its_blocks(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    cast.note(block="channels")
    read = ana.get(f"canvases/{canvas.pk}/")
    assert [block["key"] for block in read["blocks"]][:2] == ["customer_segments", "value_propositions"]
    assert "CC BY-SA" in read["credit"]
    channels = ana.get(f"canvases/{canvas.pk}/blocks/channels/")
    assert (channels["notes"], channels["title"]) == (1, "Channels")
    assert ana.status(f"canvases/{canvas.pk}/blocks/intent/") == 404
    everywhere = ana.get(f"blocks/?workspace={cast.workspace.pk}")["results"]
    assert len(everywhere) == 3 * 9 + 4 * 8
    assert ana.get(f"blocks/?canvas={canvas.pk}")["results"] == read["blocks"]


def test_comments_are_said_once_and_taken_back(cast: Cast, carla: Program, ana: Program, dan: Program) -> None:
    note = cast.note()
    made = carla.post("comments/", {"note": str(note.pk), "text": "<b>Nice</b>"})
    assert (made["text"], made["author"]) == ("<b>Nice</b>", str(cast.carla.pk))
    assert carla.post("comments/", {"id": made["id"], "note": str(note.pk), "text": made["text"]}) == made
    other = carla.post("comments/", {"id": made["id"], "note": str(note.pk), "text": "Other"}, status=409)["error"]
    assert (other["yours"], other["theirs"]) == ("Other", made["text"])
    assert ana.get(f"comments/?note={note.pk}")["results"] == [made]
    assert dan.status("comments/", "POST", {"id": made["id"], "note": str(note.pk), "text": "Mine"}) == 404
    assert dan.status(f"comments/{made['id']}/") == 404
    assert dan.status(f"comments/{made['id']}/", "DELETE") == 404
    carla.delete(f"comments/{made['id']}/")
    assert ana.get(f"notes/{note.pk}/")["comments"] == 0
    since = ana.get(f"comments/?note={note.pk}&updated_since=2020-01-01T00:00:00Z")
    assert [row["id"] for row in since["deleted"]] == [made["id"]]


def test_events_are_told_in_order_after_a_number(cast: Cast, ana: Program) -> None:
    note = cast.note("Boutiques")
    ana.patch(f"notes/{note.pk}/", {"text": "Own boutiques"}, if_match="*")
    told = ana.get(f"events/?workspace={cast.workspace.pk}")["results"]
    assert [row["seq"] for row in told] == list(range(1, Event.objects.count() + 1))
    last = told[-1]
    assert (last["kind"], last["thing"], last["actor"]) == ("note_edited", str(note.pk), str(cast.ana.pk))
    assert last["details"] == {
        "before": "Boutiques",
        "text": "Own boutiques",
        "version": 2,
        "merged": False,
        "typed": "",
    }
    after = ana.get(f"events/?workspace={cast.workspace.pk}&after={told[-2]['seq']}")["results"]
    assert after == [last]


def test_a_former_member_has_no_name(cast: Cast, ana: Program) -> None:
    Membership.objects.filter(pk=cast.bo.pk).update(name="")
    names = [row["name"] for row in ana.get(f"members/?workspace={cast.workspace.pk}")["results"]]
    assert "" in names
