"""Lists over REST: pages that skip nothing, changes since a moment, and a known number of queries."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.canvases.models import Note
from partners.history.operations import empty_trash
from partners.workspaces.operations import seal
from tests.api.conftest import Program
from tests.factories import Cast, crowd

NOWHERE = "00000000-0000-4000-8000-000000000000"


def encoded(place: list[str]) -> str:
    """A cursor of somebody's own making."""
    return quote(base64.urlsafe_b64encode(json.dumps(place).encode()).decode())


def _all_pages(program: Program, path: str) -> list[list[str]]:
    pages = []
    following: str | None = path
    while following:
        page = program.get(following)
        pages.append([row["id"] for row in page["results"]])
        following = page["next"] and page["next"].partition("/api/v1/")[2]
    return pages


def test_pages_hold_everything_once(cast: Cast, ana: Program) -> None:
    canvas = cast.model(cast.nespresso)
    crowd(cast, canvas, 23)
    Note.objects.update(created_at=Note.objects.values_list("created_at")[:1])  # equal moments are no trouble
    pages = _all_pages(ana, f"notes/?canvas={canvas.pk}&limit=10")
    assert [len(page) for page in pages] == [10, 10, 4]
    assert len({pk for page in pages for pk in page}) == 24


def test_nothing_is_skipped_while_others_write(cast: Cast, ana: Program) -> None:
    notes = [cast.note(f"Note {place}") for place in range(6)]
    path = f"notes/?canvas={notes[0].canvas_id}&limit=3&updated_since=2020-01-01T00:00:00Z"
    first = ana.get(path)
    ana.patch(f"notes/{first['results'][0]['id']}/", {"text": "Written meanwhile"}, if_match="*")
    ana.delete(f"notes/{first['results'][1]['id']}/", if_match="*")
    rest = _all_pages(ana, first["next"].partition("/api/v1/")[2])
    found = {row["id"] for row in first["results"]} | {pk for page in rest for pk in page}
    assert found == {str(note.pk) for note in notes}


def test_changes_since_a_moment_and_what_is_gone(cast: Cast, ana: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partners.workspaces.api.base.LOOK_BACK", timedelta(hours=1))  # however long a question takes
    old, changed, deleted = cast.note("Old"), cast.note("Changing"), cast.note("Deleted")
    path = f"notes/?canvas={old.canvas_id}&updated_since="
    everything = ana.get(f"{path}2020-01-01T00:00:00Z")
    assert len(everything["results"]) == 3
    moment = datetime.fromisoformat(ana.get(f"notes/{deleted.pk}/")["updated_at"])
    ana.patch(f"notes/{changed.pk}/", {"text": "Changed"}, if_match="*")
    ana.delete(f"notes/{deleted.pk}/", if_match="*")
    since = ana.get(path + quote(moment.isoformat()))
    assert [row["text"] for row in since["results"]] == ["Changed"]
    assert [row["id"] for row in since["deleted"]] == [str(deleted.pk)]
    assert datetime.fromisoformat(since["as_of"]) < datetime.fromisoformat(since["deleted"][0]["deleted_at"])
    ana.post(f"notes/{deleted.pk}/restoration/", None, status=200)
    again = ana.get(path + quote(moment.isoformat()))
    assert (again["deleted"], [row["text"] for row in again["results"]]) == ([], ["Changed", "Deleted"])


def test_only_the_first_page_tells_what_is_gone(cast: Cast, ana: Program) -> None:
    notes = [cast.note(f"Note {place}") for place in range(4)]
    ana.delete(f"notes/{notes[0].pk}/", if_match="*")
    page = ana.get(f"notes/?canvas={notes[0].canvas_id}&updated_since=2020-01-01T00:00:00Z&limit=2")
    assert len(page["deleted"]) == 1
    second = ana.get(page["next"].partition("/api/v1/")[2])
    assert "deleted" not in second


def test_what_goes_while_pages_are_turned_is_told_next_time(
    cast: Cast, ana: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.workspaces.api.base.LOOK_BACK", timedelta(0))
    notes = [cast.note(f"Note {place}") for place in range(3)]
    following = f"notes/?canvas={notes[0].canvas_id}&limit=1&updated_since="
    page = ana.get(f"{following}2020-01-01T00:00:00Z")
    ana.delete(f"notes/{notes[0].pk}/", if_match="*")
    while page["next"]:
        page = ana.get(page["next"].partition("/api/v1/")[2])
    assert [row["id"] for row in ana.get(following + quote(page["as_of"]))["deleted"]] == [str(notes[0].pk)]


def test_a_list_says_which_workspace_it_looks_into(cast: Cast, ana: Program, program: Callable[..., Program]) -> None:
    answer = ana.call("GET", "notes/")
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["workspace"])
    cast.note()
    assert len(program(cast.ana, only=cast.workspace).get("notes/")["results"]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "limit=-1",
        "limit=99999999999999999999",
        "cursor=x",
        "cursor=%00",
        "cursor=WzEsMl0=",
        "cursor=WyJ4IiwieSJd",
        "cursor=bnVsbA==",
        "updated_since=2020-01-01T00:00:00Z&cursor=" + encoded(["2020-01-01T00:00:00Z", NOWHERE, "soon"]),
        "updated_since=yesterday",
        "updated_since=0001-01-01T00:00:00%2B14:00",
        "canvas=x",
        "block=nowhere",
        "tag=%00",
        "author=1",
    ],
)
def test_filters_that_make_no_sense_are_named(cast: Cast, ana: Program, query: str) -> None:
    answer = ana.call("GET", f"notes/?workspace={cast.workspace.pk}&{query}")
    assert answer.status_code == 422, answer.content
    assert list(answer.json()["error"]["fields"]) == [query.rpartition("&")[2].partition("=")[0]]


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "1e400", "99999999999999999999", "%00"])
def test_event_numbers_that_make_no_sense_are_named(cast: Cast, ana: Program, after: str) -> None:
    assert ana.status(f"events/?workspace={cast.workspace.pk}&after={after}") == 422


BUDGETS = {
    "workspaces/?": 5,
    "organisations/?": 8,
    "partnerships/?": 8,
    "members/?": 9,
    "canvases/?": 9,
    "blocks/?": 9,
    "notes/?": 8,
    "notes/?tag=tag-1&block=channels&": 8,
    "comments/?": 8,
    "events/?": 9,
    "notes/?updated_since=2020-01-01T00:00:00Z&": 13,
}


@pytest.mark.parametrize("who", ["ana", "carla"])
@pytest.mark.parametrize("path", BUDGETS)
def test_queries_do_not_grow_with_rows(cast: Cast, program: Callable[..., Program], path: str, who: str) -> None:
    reader = program(cast.members[who])
    canvas = cast.model(cast.nespresso)
    counts = []
    for _round in range(2):
        crowd(cast, canvas, 45)
        for place in range(2):
            cast.join(f"Guest {place}", cast.delonghi)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reader.get(f"{path}workspace={cast.workspace.pk}&limit=500")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= BUDGETS[path]


def test_what_went_for_good_is_told_to_who_did_not_ask_in_between(cast: Cast, ana: Program, carla: Program) -> None:
    open_note, hidden = (
        cast.note("Ours"),
        cast.note("Hers", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="desired_value"),
    )
    moment = quote(ana.get(f"notes/{hidden.pk}/")["updated_at"])
    path = f"?workspace={cast.workspace.pk}&updated_since={moment}"
    for note in (open_note, hidden):
        ana.delete(f"notes/{note.pk}/", if_match="*")
    empty_trash(viewer=cast.viewer(cast.ana), until=timezone.now())
    gone = ana.get(f"notes/{path}")["deleted"]
    assert {row["id"] for row in gone} == {str(open_note.pk), str(hidden.pk)}
    assert all(datetime.fromisoformat(row["deleted_at"]) > datetime.fromisoformat(unquote(moment)) for row in gone)
    assert [row["id"] for row in carla.get(f"notes/{path}")["deleted"]] == [str(open_note.pk)]
    after = quote((timezone.now() + timedelta(minutes=1)).isoformat())
    assert ana.get(f"notes/?workspace={cast.workspace.pk}&updated_since={after}")["deleted"] == []


@pytest.mark.parametrize("is_private", [False, True])
def test_what_went_for_good_with_a_partnership_is_told_unless_it_was_private(
    cast: Cast, ana: Program, carla: Program, is_private: bool
) -> None:
    sheet = cast.sheet(cast.with_breville, cast.nespresso)
    note = cast.note("Hers", canvas=sheet, block="desired_value")
    path = f"?workspace={cast.workspace.pk}&updated_since={quote(timezone.now().isoformat())}"
    if is_private:
        seal(cast.viewer(cast.ana), cast.with_breville)
    ana.delete(f"partnerships/{cast.with_breville.pk}/")
    empty_trash(viewer=cast.viewer(cast.ana), until=timezone.now())
    assert [row["id"] for row in ana.get(f"partnerships/{path}")["deleted"]] == [str(cast.with_breville.pk)]
    told = {row["id"] for kind in ("notes", "canvases") for row in ana.get(f"{kind}/{path}")["deleted"]}
    assert ({str(note.pk), str(sheet.pk)} <= told) != is_private
    for kind in ("notes", "canvases", "partnerships", "organisations"):
        assert carla.get(f"{kind}/{path}")["deleted"] == []
