"""All notes as a table that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io

import pytest

from partners.canvases.models import Comment, Note
from partners.exports.formats.csv import COLUMNS, safe_cell
from partners.workspaces.models import Membership
from tests.factories import Cast


def table(cast: Cast, who: Membership) -> list[dict[str, str]]:
    """The rows somebody gets."""
    answer = cast.client(who).get(f"/api/v1/workspaces/{cast.workspace.pk}/notes.csv")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert all(list(row) == list(COLUMNS) for row in rows)
    return rows


def test_a_row_says_company_block_and_partnership(cast: Cast) -> None:
    cast.note("Club membership", tags=["club", "loyal"], fill="sun", basis="guess")
    cast.note(
        "Italian design", by=cast.carla, canvas=cast.sheet(cast.with_delonghi, cast.delonghi), block="value_offer"
    )
    model, offer = sorted(table(cast, cast.ana), key=lambda row: row["created_at"] + row["id"] * 0)
    if model["partnership"]:
        model, offer = offer, model
    assert (model["company"], model["block"], model["partnership"]) == ("Nespresso", "Customer Relationships", "")
    assert (model["tags"], model["fill"], model["basis"]) == ("club, loyal", "sun: talk about this", "guess")
    assert (offer["company"], offer["block"], offer["partnership"]) == (
        "De'Longhi",
        "Value Offer",
        "Nespresso – De'Longhi",
    )
    assert (offer["author"], offer["text"]) == ("Carla Rossi", "Italian design")


def test_the_guest_of_one_partner_gets_no_row_of_the_other(cast: Cast) -> None:
    shared = cast.note("Club membership")
    cast.note("Flavour lab", by=cast.dan, canvas=cast.model(cast.breville), block="key_resources")
    Comment.objects.create(note=shared, author=cast.dan, text="Ours")
    (row,) = table(cast, cast.carla)
    assert (row["text"], row["comments"]) == ("Club membership", "0")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=\nx", "'=1", 'a"b,c;d', "a\nb", "ok"],
)
def test_hostile_texts_are_shown(cast: Cast, text: str) -> None:
    cast.note(text)
    (row,) = table(cast, cast.ana)
    expected = f"'{text}" if text[0] in "=+-@" else text
    assert row["text"] == expected


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *((text, f"'{text}") for text in ("\uff1d1+1", "\uff20SUM(A1)", "\ufeff=1", "\u200b\u200b\uff0b1", "\u202e=1")),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\x00=1", "'=1"),
        ("a\x07b", "ab"),
        ("", ""),
        (None, ""),
        (-3, "'-3"),
    ],
)
def test_cells_that_could_run_begin_with_an_apostrophe(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_notes_written_by_others_programs_are_cleaned_too(cast: Cast) -> None:
    note = cast.note("Fine")
    Note.objects.filter(pk=note.pk).update(text="\x07=1+1")
    (row,) = table(cast, cast.ana)
    assert row["text"] == "'=1+1"
