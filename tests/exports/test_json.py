"""The open format: what its schema says, whole for who sees all, and silent about what is hidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.workspaces.models import Membership, Workspace
from tests.factories import Cast, crowd
from tests.remembering import remembered

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/workspace.schema.json").read_text())
CHECK = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def exported(cast: Cast, who: Membership, path: str = "") -> dict[str, Any]:
    """What somebody gets, checked against the schema."""
    answer = cast.client(who).get(f"/api/v1/{path or f'workspaces/{cast.workspace.pk}/export/'}")
    assert answer.status_code == 200
    document: dict[str, Any] = json.loads(answer.getvalue())
    CHECK.validate(document)
    return document


@pytest.fixture
def full(cast: Cast) -> Cast:
    """A workshop with something of everything."""
    return full_again(cast)


@remembered
def full_again(cast: Cast) -> Cast:
    note = cast.note("Club membership", tags=["club"], fill="sun")
    sheets.add_comment(sheet=cast.seen(cast.bo, note.canvas), note=note, text="Since 1989")
    sheets.give_thumb(sheet=cast.seen(cast.carla, note.canvas), note=note, given=True)
    own = cast.sheet(cast.with_delonghi, cast.delonghi)
    sheets.take_note(source=cast.seen(cast.carla, note.canvas), note=note, into=cast.seen(cast.carla, own))
    cast.note("Shared returns", by=cast.carla, canvas=own, block="created_value", beneficiary="partner")
    cast.note("Not now", by=cast.carla, canvas=own, block="value_check", verdict="negative")
    cast.note("Flavour lab", by=cast.dan, canvas=cast.model(cast.breville), block="key_resources")
    return cast


def test_the_schema_is_itself_in_order() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_facilitator_exports_everything(full: Cast) -> None:
    document = exported(full, full.ana)
    assert document["withheld"] == []
    assert (document["format"], document["version"], document["scope"]) == ("partnership-workbench", 1, "workspace")
    assert {row["name"] for row in document["organisations"]} == {"Nespresso", "De'Longhi", "Breville"}
    assert len(document["partnerships"]) == 2
    assert len(document["members"]) == 5
    assert len(document["canvases"]) == 7
    notes = [note for canvas in document["canvases"] for block in canvas["blocks"] for note in block["notes"]]
    assert {note["id"] for note in notes} == {str(pk) for pk in Note.objects.values_list("pk", flat=True)}
    (club,) = (note for note in notes if note["tags"] == ["club"])
    assert [said["text"] for said in club["comments"]] == ["Since 1989"]
    assert club["thumbs"] == [str(full.carla.pk)]
    (taken,) = (note for note in notes if note["source_note"])
    assert (taken["source_note"], taken["weight"], taken["author"]) == (club["id"], 2, str(full.carla.pk))


@pytest.mark.parametrize("who", ["carla", "dan", "eli"])
def test_others_export_what_they_see_and_hear_what_may_be_missing(full: Cast, who: str) -> None:
    document = exported(full, full.members[who])
    assert document["withheld"] == ["canvases", "comments", "members", "organisations", "partnerships", "thumbs"]
    rival = {"carla": "Breville", "eli": "Breville", "dan": "De'Longhi"}[who]
    assert rival not in json.dumps(document, ensure_ascii=False)
    assert len(document["canvases"]) == 4
    ids = {row["id"] for part in ("organisations", "partnerships", "members") for row in document[part]}
    referred = {canvas["organisation"] for canvas in document["canvases"]}
    notes = [note for canvas in document["canvases"] for block in canvas["blocks"] for note in block["notes"]]
    referred |= {note["author"] for note in notes} | {thumb for note in notes for thumb in note["thumbs"]}
    assert referred - {None} <= ids


def test_a_sheet_comes_with_its_companies_and_partnership(full: Cast) -> None:
    canvas = full.sheet(full.with_delonghi, full.delonghi)
    document = exported(full, full.ana, f"canvases/{canvas.pk}/export/")
    assert document["scope"] == "canvas"
    assert [row["id"] for row in document["canvases"]] == [str(canvas.pk)]
    assert {row["name"] for row in document["organisations"]} == {"Nespresso", "De'Longhi"}
    assert [row["id"] for row in document["partnerships"]] == [str(full.with_delonghi.pk)]
    model = exported(full, full.ana, f"canvases/{full.model(full.nespresso).pk}/export/")
    assert ([row["name"] for row in model["organisations"]], model["partnerships"]) == (["Nespresso"], [])


def test_deleted_and_odd_things_are_in_order(full: Cast) -> None:
    note = full.note("Gone")
    sheets.delete_note(sheet=full.seen(full.ana, note.canvas), note=note)
    full.note("</script>\u2028\U0001f469 نادي")
    text = json.dumps(exported(full, full.ana), ensure_ascii=False)
    assert "Gone" not in text
    assert "</script>" in text


def test_the_end_of_the_log_is_told(full: Cast) -> None:
    seq = exported(full, full.ana)["as_of"].partition(".")[2]
    client = full.client(full.ana)
    after = client.get(f"/api/v1/events/?workspace={full.workspace.pk}&after={seq}").json()
    assert after["results"] == []


def test_queries_do_not_grow_with_notes(cast: Cast) -> None:
    counts = []
    for _round in range(2):
        crowd(cast, cast.model(cast.delonghi), 40)
        with CaptureQueriesContext(connection) as queries:
            exported(cast, cast.carla)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 27


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Coffee & machines", "coffee-machines.json"),
        ('a"; filename="x.exe', "a-filenamexexe.json"),
        ("../../etc/passwd", "etcpasswd.json"),
        ("…", "workshop.json"),
        ("x" * 120, f"{'x' * 60}.json"),
    ],
)
def test_file_names_are_safe(cast: Cast, title: str, name: str) -> None:
    Workspace.objects.update(title=title)
    answer = cast.client(cast.ana).get(f"/api/v1/workspaces/{cast.workspace.pk}/export/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_a_name_in_another_script_is_encoded(cast: Cast) -> None:
    Workspace.objects.update(title="咖啡機")
    answer = cast.client(cast.ana).get(f"/api/v1/workspaces/{cast.workspace.pk}/export/")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%92%96%E5%95%A1%E6%A9%9F.json"
