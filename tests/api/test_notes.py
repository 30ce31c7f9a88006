"""Notes over REST: listed, read, added, changed and deleted with the version in mind."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from partners.canvases.models import Note
from partners.events.models import Event
from tests.api.conftest import Program
from tests.factories import Cast


def test_a_note_is_added_read_changed_and_deleted(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    made = ana.post("notes/", {"canvas": str(canvas.pk), "block": "channels", "text": "Boutiques", "fill": "sun"})
    assert made["text"] == "Boutiques"
    read = ana.get(f"notes/{made['id']}/")
    assert read == made
    changed = ana.patch(f"notes/{made['id']}/", {"text": "Own boutiques", "tags": ["#retail"]}, if_match=made["etag"])
    assert (changed["text"], changed["tags"], changed["text_version"]) == ("Own boutiques", ["retail"], 2)
    assert [row["id"] for row in ana.get(f"notes/?canvas={canvas.pk}")["results"]] == [made["id"]]
    ana.delete(f"notes/{made['id']}/", if_match=changed["etag"])
    assert ana.status(f"notes/{made['id']}/") == 404


def test_every_change_is_an_event_that_browsers_hear(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    made = ana.post("notes/", {"canvas": str(canvas.pk), "block": "channels", "text": "Boutiques"})
    ana.patch(f"notes/{made['id']}/", {"text": "Own boutiques"}, if_match="*")
    ana.patch(f"notes/{made['id']}/", {"block": "key_resources", "fill": "leaf"}, if_match="*")
    ana.delete(f"notes/{made['id']}/", if_match="*")
    kinds = Event.objects.filter(thing_id=made["id"]).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["note_added", "note_edited", "note_looked", "note_moved", "note_deleted"]


def test_a_change_without_a_version_is_refused(cast: Cast, ana: Program) -> None:
    note = cast.note()
    for method, body in (("PATCH", {"text": "Other"}), ("DELETE", None)):
        answer = ana.call(method, f"notes/{note.pk}/", body)
        assert answer.status_code == 428
        assert answer.json()["error"]["code"] == "version_missing"


def test_a_place_is_behind_a_note_of_the_block_be_it_in_the_trash(cast: Cast, ana: Program) -> None:
    elsewhere, before, behind = cast.note("Pods", block="key_resources"), cast.note("Shops"), cast.note("Web")
    body = {"canvas": str(before.canvas_id), "block": before.block, "text": "Clubs"}
    refused = (
        ana.post("notes/", body | {"after": str(elsewhere.pk)}, status=422),
        ana.patch(f"notes/{behind.pk}/", {"after": str(elsewhere.pk), "fill": "sun"}, 422, if_match="*"),
    )
    assert [list(answer["error"]["fields"]) for answer in refused] == [["after"], ["after"]]
    ana.delete(f"notes/{before.pk}/", if_match="*")
    made = ana.post("notes/", body | {"after": str(before.pk)})
    listed = ana.get(f"notes/?canvas={before.canvas_id}&block={before.block}")["results"]
    assert [row["text"] for row in sorted(listed, key=lambda row: row["rank"])] == ["Clubs", "Web"]
    assert made["rank"] < ana.get(f"notes/{behind.pk}/")["rank"]
    assert ana.get(f"notes/{behind.pk}/")["fill"] != "sun"


def test_a_note_that_was_made_is_the_same_though_its_neighbour_has_gone_elsewhere(cast: Cast, ana: Program) -> None:
    neighbour = cast.note("Shops")
    body = {"id": str(uuid.uuid4()), "canvas": str(neighbour.canvas_id), "block": neighbour.block, "text": "Clubs"}
    made = ana.post("notes/", body | {"after": str(neighbour.pk)})
    ana.patch(f"notes/{neighbour.pk}/", {"block": "key_resources"}, if_match="*")
    assert ana.post("notes/", body | {"after": str(neighbour.pk)}) == made


def test_a_stale_change_is_answered_with_both_versions(
    cast: Cast, ana: Program, program: Callable[..., Program]
) -> None:
    note = cast.note("Club membership")
    etag = ana.get(f"notes/{note.pk}/")["etag"]
    program(cast.bo).patch(f"notes/{note.pk}/", {"text": "Club with benefits"}, if_match=etag)
    answer = ana.patch(f"notes/{note.pk}/", {"text": "Club for families"}, status=412, if_match=etag)
    error = answer["error"]
    assert error["code"] == "version_stale"
    assert error["yours"] == {"text": "Club for families"}
    assert error["theirs"]["text"] == "Club with benefits"
    assert Note.objects.get(pk=note.pk).text == "Club with benefits"
    ana.patch(f"notes/{note.pk}/", {"text": "Club for families"}, if_match=error["theirs"]["etag"])


def test_the_version_is_in_the_header_and_what_is_drawn_counts(cast: Cast, ana: Program) -> None:
    note = cast.note()
    before = ana.call("GET", f"notes/{note.pk}/")
    assert before["ETag"] == before.json()["etag"]
    liked = ana.put(f"notes/{note.pk}/thumb/")
    assert liked["thumbs"] == 1
    assert (liked["text_version"], liked["etag"] != before["ETag"]) == (1, True)
    assert ana.status(f"notes/{note.pk}/", "PATCH", {"text": "Other"}, if_match=before["ETag"]) == 412
    weakened = f'"1-0", W/{liked["etag"]}'
    assert ana.status(f"notes/{note.pk}/", "PATCH", {"text": "Other"}, if_match=weakened) == 200


def test_the_same_id_twice_is_the_same_note(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    body = {"id": str(uuid.uuid4()), "canvas": str(canvas.pk), "block": "channels", "text": "Boutiques"}
    made = ana.post("notes/", body)
    assert ana.post("notes/", body) == made
    error = ana.post("notes/", body | {"text": "Other"}, status=409)["error"]
    assert (error["code"], error["yours"], error["theirs"]) == ("other_words", "Other", "Boutiques")
    ana.patch(f"notes/{made['id']}/", {"text": "Boutiques at night"}, if_match="*")
    assert ana.post("notes/", body)["text"] == "Boutiques at night"
    assert canvas.notes.count() == 1


def test_a_change_is_whole_or_nothing(cast: Cast, ana: Program) -> None:
    note = cast.note("Club membership")
    foreign = {"text": "Other", "canvas": str(uuid.uuid4())}
    assert ana.status(f"notes/{note.pk}/", "PATCH", foreign, if_match="*") == 404
    wrong_block = {"text": "Other", "block": "desired_value"}
    assert ana.status(f"notes/{note.pk}/", "PATCH", wrong_block, if_match="*") == 422
    assert Note.objects.get(pk=note.pk).text == "Club membership"


def test_a_note_moves_to_a_place(cast: Cast, ana: Program) -> None:
    first, second = cast.note("First"), cast.note("Second")
    ana.patch(f"notes/{second.pk}/", {"after": "first"}, if_match="*")
    listed = ana.get(f"notes/?canvas={first.canvas_id}")["results"]
    assert [row["text"] for row in sorted(listed, key=lambda row: row["rank"])] == ["Second", "First"]


def test_a_note_is_taken_copied_confirmed_and_brought_back(cast: Cast, ana: Program, carla: Program) -> None:
    note = cast.note("Boutiques", block="channels")
    taken = carla.post(f"notes/{note.pk}/taking/", {"partnership": str(cast.with_delonghi.pk)})
    assert (taken["block"], taken["source_note"]) == ("desired_value", str(note.pk))
    copied = ana.post(f"notes/{note.pk}/copy/", {})
    assert (copied["text"], copied["block"]) == ("Boutiques", "channels")
    assert ana.put(f"notes/{note.pk}/confirmation/")["confirmed_by"] == str(cast.nespresso.pk)
    assert ana.delete(f"notes/{note.pk}/confirmation/", status=200)["confirmed_by"] is None
    ana.delete(f"notes/{note.pk}/", if_match="*")
    assert ana.post(f"notes/{note.pk}/restoration/", None, status=200)["text"] == "Boutiques"


def test_many_lines_are_pasted(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    lines = "Boutiques\nKey Partners:\nRoasters"
    made = ana.post(f"canvases/{canvas.pk}/paste/", {"block": "channels", "lines": lines})
    assert {(row["block"], row["text"]) for row in made} == {("channels", "Boutiques"), ("key_partners", "Roasters")}
    many = {"block": "channels", "lines": "\n".join(f"Line {place}" for place in range(60))}
    assert ana.post(f"canvases/{canvas.pk}/paste/", many, status=409)["error"]["count"] == 60
    ana.post(f"canvases/{canvas.pk}/paste/", many | {"confirmed": True})


def test_filters_find_notes(cast: Cast, ana: Program) -> None:
    cast.note("Boutiques", block="channels", tags=["retail", "café"], fill="sun")
    cast.note("Roasters", block="key_partners", tags=["retail chain"])
    cast.note("Shop floor", canvas=cast.sheet(cast.with_delonghi, cast.nespresso), block="desired_value")

    def found(query: str) -> set[str]:
        return {row["text"] for row in ana.get(f"notes/?{query}")["results"]}

    everywhere = f"workspace={cast.workspace.pk}"
    assert found(everywhere) == {"Boutiques", "Roasters", "Shop floor"}
    assert found(f"{everywhere}&tag=retail") == {"Boutiques"}
    assert found(f"{everywhere}&tag=caf%C3%A9") == {"Boutiques"}
    assert found(f"{everywhere}&block=key_partners") == {"Roasters"}
    assert found(f"{everywhere}&fill=sun") == {"Boutiques"}
    assert found(f"{everywhere}&kind=pc") == {"Shop floor"}
    assert found(f"{everywhere}&author={cast.ana.pk}") == {"Boutiques", "Roasters", "Shop floor"}
    assert found(f"{everywhere}&author={cast.bo.pk}") == set()
    assert found(f"partnership={cast.with_delonghi.pk}") == {"Shop floor"}
    assert found(f"canvas={cast.model(cast.nespresso).pk}") == {"Boutiques", "Roasters"}
    assert found(f"{everywhere}&organisation={cast.delonghi.pk}") == set()
