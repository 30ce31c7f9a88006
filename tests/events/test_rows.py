"""Rows that are written by a statement built once are as Django itself would have written them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from partners.base import rows
from partners.base.prepared import Prepared
from partners.canvases.models import Note
from partners.events.models import IdempotencyKey
from partners.people.models import User
from tests.factories import Cast

pytestmark = pytest.mark.django_db


def as_read(note: Note) -> dict[str, object]:
    return {name: value for name, value in vars(Note.objects.get(pk=note.pk)).items() if name != "_state"}


def test_a_new_row_is_written_whole(cast: Cast) -> None:
    canvas = cast.model(cast.nespresso)
    note = Note(canvas=canvas, block="channels", text="100 % of it, “so”", tags=["a", "ü"], weight=2, author=cast.bo)
    rows.insert(note)
    assert as_read(note) == {name: value for name, value in vars(note).items() if name != "_state"}
    assert abs(note.created_at - timezone.now()) < timedelta(minutes=1)
    note.text = "Other words"
    note.save()
    assert Note.objects.get(pk=note.pk).text == "Other words"


def test_a_number_that_the_database_gives_is_told() -> None:
    kept = [IdempotencyKey(owner="somebody", key=uuid4(), body_hash="x") for _ in range(2)]
    for row in kept:
        rows.insert(row)
    assert [IdempotencyKey.objects.get(key=row.key).pk for row in kept] == [row.pk for row in kept]


def test_only_what_is_named_is_written(cast: Cast) -> None:
    note = cast.note("Boutiques")
    before = as_read(note)
    note.text, note.block = "Airports", "key_partners"
    rows.save(note, "text", "updated_at")
    after = as_read(note)
    assert {name for name, value in after.items() if before[name] != value} == {"text", "updated_at"}
    assert after["text"] == "Airports"
    assert after["updated_at"] == note.updated_at


def test_a_row_that_is_gone_is_told(cast: Cast) -> None:
    note = cast.note("Boutiques")
    Note.objects.filter(pk=note.pk).delete()
    assert not rows.update(Note, note.pk, drawn=5)
    with pytest.raises(DatabaseError, match="not there any more"):
        rows.save(note, "text")


def test_what_runs_again_and_again_is_planned_once(cast: Cast) -> None:
    def build(*, note_ids: Collection[UUID], text: str) -> QuerySet[Note]:
        return Note.objects.filter(pk__in=note_ids).exclude(text__startswith="100 %").exclude(text=text)

    read = Prepared(build)
    notes = [cast.note("Boutiques"), cast.note("100 % of it")]
    for _ in range(8):  # PostgreSQL plans the first five anew, to see whether the values matter
        assert read(note_ids=[note.pk for note in notes], text="Airports") == notes[:1]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT generic_plans > 0 FROM pg_prepared_statements WHERE strpos(name, 'planned_once') > 0"
            )
            assert cursor.fetchall() == [(True,)]


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_knows_nothing_of_it() -> None:
    read = Prepared(lambda *, email: User.objects.filter(email=email))
    for _ in range(2):
        assert read.one(email="zoe@example.org") is None
        assert not rows.update(User, uuid4(), name="Zoe")
        connections.close_all()


def test_several_rows_are_written_in_one_go_and_the_last_is_told_its_number(cast: Cast) -> None:
    note = cast.note("Boutiques")
    first, last = (IdempotencyKey(owner="somebody", key=uuid4(), body_hash=text) for text in ("50 %", "x; y"))
    assert rows.write(rows.inserting(first), rows.updating(Note, note.pk, drawn=70), rows.inserting(last))
    assert IdempotencyKey.objects.get(key=last.key).pk == last.pk
    assert IdempotencyKey.objects.get(key=first.key).body_hash == "50 %"
    assert Note.objects.get(pk=note.pk).drawn == 70


def test_of_several_rows_all_are_written_or_none(cast: Cast) -> None:
    note = cast.note("Boutiques")
    key = uuid4()
    twice = [rows.inserting(IdempotencyKey(owner="somebody", key=key, body_hash="x")) for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write(rows.updating(Note, note.pk, drawn=70), *twice)
    assert Note.objects.get(pk=note.pk).drawn != 70
    assert not IdempotencyKey.objects.filter(key=key).exists()
