"""Two people at what lies in the trash, at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.utils import timezone

from partners.base.errors import Invalid, NotFound
from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.canvases.operations.places import NOTES_PER_CANVAS
from partners.events import log
from partners.history.operations import empty_trash, trash
from tests.canvases.test_locks import in_a_thread, wait_until_it_waits
from tests.factories import Cast, crowd
from tests.history.acts import on
from tests.patience import PATIENCE_S
from tests.remembering import cast_again

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def others() -> Iterator[ThreadPoolExecutor]:
    """Somebody else, at work beside us."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def bring_back(cast: Cast, note: Note) -> None:
    """As Bo."""
    sheets.restore_note(**on(cast, note, cast.bo))


def test_what_is_brought_back_while_the_trash_is_emptied_is_gone_and_that_is_said(
    others: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = cast_again()
    note = cast.note("Shops", block="channels")
    sheets.delete_note(**on(cast, note))
    take_out, asked = trash._take_out_of_the_log, list[Future[None]]()

    def take_out_while_bo_brings_it_back(*what: Any, **how: Any) -> None:
        asked.append(others.submit(in_a_thread, bring_back, cast, note))
        wait_until_it_waits(asked[0])
        take_out(*what, **how)

    monkeypatch.setattr(trash, "_take_out_of_the_log", take_out_while_bo_brings_it_back)
    empty_trash(viewer=cast.viewer(cast.ana), until=timezone.now())
    with pytest.raises((NotFound, Note.DoesNotExist)):
        asked[0].result(PATIENCE_S)
    assert not Note.objects.filter(pk=note.pk).exists()


def test_of_two_that_are_brought_back_to_the_last_place_of_a_sheet_one_is_refused(others: ThreadPoolExecutor) -> None:
    cast = cast_again()
    one, two = (cast.note(text, block="channels") for text in ("one", "two"))
    crowd(cast, one.canvas, NOTES_PER_CANVAS - 3, comments=0, thumbs=0, tags=0)
    for note in (one, two):
        sheets.delete_note(**on(cast, note))
    cast.note("Another", canvas=one.canvas)
    assert Note.objects.filter(canvas=one.canvas, deleted_at=None).count() == NOTES_PER_CANVAS - 1
    with log.change(cast.workspace.pk, by=cast.ana):
        sheets.restore_note(**on(cast, one))
        asked = others.submit(in_a_thread, bring_back, cast, two)
        wait_until_it_waits(asked)
    with pytest.raises(Invalid, match="at most 500 notes"):
        asked.result(PATIENCE_S)
