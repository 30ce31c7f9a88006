"""A prepared read gives what its queryset would give, and builds its SQL once."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from partners.base.prepared import MOST_IN_A_LIST, Prepared
from partners.canvases.models import Comment, Note
from partners.people.models import User
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(cast: Cast) -> list[Note]:
    return [cast.note(f"Note {number}") for number in range(3)]


def test_gives_models_with_what_they_were_joined_with_and_what_was_added(notes: list[Note]) -> None:
    def build(*, note_id: UUID) -> QuerySet[Note]:
        joined = Note.objects.select_related("canvas__partnership", "author__organisation", "confirmed_by")
        said = Comment.objects.filter(note=OuterRef("pk"))
        return joined.annotate(is_talked_about=Exists(said), title=Concat("text", Value("!"))).filter(pk=note_id)

    found, plain = Prepared(build).one(note_id=notes[1].pk), build(note_id=notes[1].pk).get()
    assert found is not None
    assert {**vars(found), "_state": None} == {**vars(plain), "_state": None}
    assert found._state.fields_cache == plain._state.fields_cache
    assert found._state.fields_cache.keys() == {"canvas", "author", "confirmed_by"}


def test_binds_every_kind_of_value_anew(notes: list[Note]) -> None:
    calls = []

    def build(*, text: str, since: datetime, drawn: int, note_ids: Collection[UUID]) -> QuerySet[Note, tuple[UUID]]:
        calls.append(text)
        found = Note.objects.filter(text=text, created_at__gt=since, drawn__gte=drawn, pk__in=note_ids)
        return found.values_list("pk").order_by()

    read = Prepared(build)
    ids, long_ago = [note.pk for note in notes], timezone.now() - timedelta(days=1)
    for note in notes:
        assert read(text=note.text, since=long_ago, drawn=note.drawn, note_ids=ids) == [(note.pk,)]
    assert read(text="Note 1", since=timezone.now(), drawn=0, note_ids=ids) == []
    assert read(text="Note 1", since=long_ago, drawn=10**9, note_ids=ids) == []
    assert len(calls) == 1, "it was built for the first"
    assert read(text="Note 1", since=long_ago, drawn=0, note_ids=[ids[0]]) == []
    assert len(calls) == 2, "another number of ids is another statement"


@pytest.mark.parametrize("more", [0, 1, MOST_IN_A_LIST + 1])
def test_takes_lists_of_any_length(notes: list[Note], more: int) -> None:
    read = Prepared(lambda *, note_ids: Note.objects.filter(pk__in=note_ids).values_list("text"))
    asked = [notes[0].pk, *(uuid4() for _ in range(more - 1))] if more else []
    for _ in range(2):
        assert read(note_ids=asked) == ([("Note 0",)] if more else [])


def test_refuses_a_read_that_does_not_compare_with_its_values(notes: list[Note]) -> None:
    read = Prepared(lambda *, text: Note.objects.filter(text=text.upper()))
    with pytest.raises(TypeError, match="text"):
        read(text="Note 1")


@pytest.mark.django_db(transaction=True)
def test_follows_the_connection_of_the_moment() -> None:
    """While an event loop runs in a thread, Django has another connection there: it cannot see what one began."""
    found: list[User | None] = []

    def work() -> None:
        read = Prepared(lambda *, email: User.objects.filter(email=email))

        async def in_a_loop() -> None:
            found.extend((read.one(email="zoe@example.org"), User.objects.filter(email="zoe@example.org").first()))
            connections.close_all()

        with transaction.atomic():
            User.objects.create_user("zoe@example.org", "a long word for tests", name="Zoe")
            found.append(read.one(email="zoe@example.org"))
            asyncio.run(in_a_loop())
            found.append(read.one(email="zoe@example.org"))
            transaction.set_rollback(True)
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert [user is not None for user in found] == [True, False, False, True]
