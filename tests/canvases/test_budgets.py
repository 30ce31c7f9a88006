"""Pages ask the database a known number of questions, however many notes there are."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.canvases.models import Note
from partners.canvases.operations import edit_note
from partners.workspaces.models import Membership
from partners.workspaces.operations import seal
from tests.factories import Cast, crowd

pytestmark = pytest.mark.django_db

AT_MOST = 10


def asked(cast: Cast, who: Membership, path: str) -> list[str]:
    """The questions of one page, session and rights included, as somebody gets it who was not here a moment ago."""
    client = cast.client(who)
    Membership.objects.update(last_seen_at=None)
    with CaptureQueriesContext(connection) as questions:
        response = client.get(path)
    assert response.status_code == 200
    assert response.content.decode().count('<li class="note') > 0
    return [question["sql"] for question in questions]


@pytest.mark.parametrize("who", ["carla", "bo", "ana"])
@pytest.mark.parametrize("place", ["models", "sketch"])
def test_a_crowded_canvas_costs_ten_questions_at_most(cast: Cast, who: str, place: str) -> None:
    """Ninety notes, each with two comments, three 👍, two tags and a source; no more than for ten of them."""
    canvas = cast.model(cast.nespresso) if place == "models" else cast.sheet(cast.with_delonghi, cast.nespresso)
    path = f"/p/{cast.with_delonghi.pk}/{place}/start/"
    costs = []
    for count in (10, 90):
        Note.objects.all().delete()
        crowd(cast, canvas, count)
        questions = asked(cast, cast.members[who], path)
        costs.append(len(questions))
        assert len(questions) <= AT_MOST, "\n".join(question[:200] for question in questions)
    assert costs[0] == costs[1]
    assert len(asked(cast, cast.members[who], path)) <= costs[1], "seen before, it costs no more"


@pytest.mark.parametrize("who", ["carla", "bo", "ana"])
def test_what_is_private_costs_one_question_more(cast: Cast, who: str) -> None:
    seal(cast.viewer(cast.ana), cast.with_delonghi)
    company = cast.delonghi if who == "carla" else cast.nespresso
    crowd(cast, cast.sheet(cast.with_delonghi, company), 90)
    path = f"/p/{cast.with_delonghi.pk}/sketch/{'end' if who == 'carla' else 'start'}/"
    questions = asked(cast, cast.members[who], path)
    assert len(questions) <= AT_MOST + 1, "\n".join(question[:200] for question in questions)


@pytest.mark.parametrize(
    ("path", "fields", "at_most"),
    [
        ("/notes/{note}/", {"text": "Other words"}, (16, 14)),
        ("/notes/{note}/look/", {"fill": "rose"}, (16, 14)),
        ("/notes/{note}/position/", {"canvas": "{canvas}", "block": "channels"}, (20, 19)),
        ("/canvases/{canvas}/notes/", {"id": "{new}", "block": "channels", "text": "A new note"}, (20, 18)),
    ],
    ids=["edit", "look", "move", "add"],
)
def test_a_change_costs_a_known_number_of_statements(
    cast: Cast, path: str, fields: dict[str, str], at_most: tuple[int, int]
) -> None:
    """Session, rights, lock, log, key and answer included: each statement more is felt by everybody who looks on.

    The second number is PostgreSQL's, which takes what a change writes at its end in one turn.
    """
    canvas = cast.model(cast.nespresso)
    note = crowd(cast, canvas, 10)[0]
    names = {"note": note.pk, "canvas": canvas.pk, "new": uuid4()}
    client = cast.client(cast.bo)
    with CaptureQueriesContext(connection) as questions:
        answer = client.post(
            path.format(**names),
            {name: value.format(**names) for name, value in fields.items()},
            headers={"Idempotency-Key": str(uuid4())},
        )
    assert answer.status_code == 200
    said = [question["sql"][:150] for question in questions]
    assert len(said) <= at_most[connection.vendor == "postgresql"], "\n".join(said)


def test_an_edit_that_is_merged_reads_no_more_however_long_its_history(cast: Cast) -> None:
    """Its words as they were typed on are looked up in the log by their version, not among all that they ever were."""
    note = cast.note("Club membership and a magazine")
    sheet = cast.seen(cast.ana, note.canvas)
    read = []
    for versions in (2, 30):
        for _ in range(versions):
            edit_note(sheet=sheet, note=note, text=f"Club membership and {uuid4().hex}")
        base = Note.objects.get(pk=note.pk)
        edit_note(sheet=sheet, note=note, text=base.text.replace("Club", "Tasting club"))
        merged, fetched = answered_with(
            cast.client(cast.bo), base, base.text.replace("membership", "membership for friends")
        )
        assert merged.startswith("Tasting club membership for friends and ")
        read.append(fetched)
    assert read[0] == read[1]


def answered_with(client: Client, base: Note, text: str) -> tuple[str, int]:
    """The words after an edit on a version, and how many events were read for it."""
    reads: list[tuple[str, Any]] = []

    def noted(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if re.match(r'SELECT.* FROM "partners_event"|EXECUTE ".*\._told', sql):  # PostgreSQL runs it by its name
            reads.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        answer = client.post(f"/notes/{base.pk}/", {"text": text, "base_version": base.text_version})
    assert answer.status_code == 200
    assert reads
    fetched = 0
    with connection.cursor() as cursor:
        for sql, params in reads:
            cursor.execute(sql, params)
            fetched += len(cursor.fetchall())
    return Note.objects.get(pk=base.pk).text, fetched


def test_one_note_answered_costs_no_more_on_a_crowded_canvas(cast: Cast) -> None:
    canvas = cast.model(cast.nespresso)
    costs = []
    for count in (10, 90):
        Note.objects.all().delete()
        notes = crowd(cast, canvas, count)
        client = cast.client(cast.bo)
        with CaptureQueriesContext(connection) as questions:
            assert client.post(f"/notes/{notes[0].pk}/look/", {"fill": "rose"}).status_code == 200
        costs.append(len(questions))
    assert costs[0] == costs[1]
