"""A litany per address: works, a colleague may, a stranger cannot see, a watcher cannot change, wrong methods."""

from __future__ import annotations

import re
from urllib.parse import unquote
from uuid import uuid4

import pytest

from tests.canvases.conftest import Story
from tests.canvases.views.asking import ADDRESSES, Address, ask
from tests.factories import Cast

pytestmark = pytest.mark.django_db


everywhere = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


class TestEveryAddress:
    @everywhere
    def test_works_for_her_and_for_a_colleague(self, cast: Cast, address: Address) -> None:
        for member in (cast.ana, cast.bo):
            assert ask(cast, member, address, cast.note()).status_code == address.answers

    @everywhere
    def test_does_not_exist_for_strangers_nor_under_bad_ids(self, cast: Cast, story: Story, address: Address) -> None:
        note = cast.note()
        story.begin()
        for stranger in (cast.finn, None):
            assert ask(cast, stranger, address, note).status_code == 404
        for wrong in (str(uuid4()), "not-an-id"):
            path = re.sub(r"\{\w+\}", wrong, address.path)
            sends = {name: re.sub(r"\{\w+\}", wrong, value) for name, value in address.sends.items()}
            assert getattr(cast.client(cast.ana), address.method)(path, sends).status_code == 404
        assert story.events == []

    @everywhere
    def test_who_watches_changes_nothing_and_is_told_why(self, cast: Cast, story: Story, address: Address) -> None:
        note = cast.note()
        story.begin()
        response = ask(cast, cast.eli, address, note, **{"HX-Request": "true"})
        assert response.status_code == address.for_watchers
        if address.for_watchers == 403:
            assert "You are here to watch" in response.content.decode()
            assert unquote(response["X-Reason"]).startswith("You are here to watch")
        assert story.events == []

    @everywhere
    def test_other_methods_are_not_allowed(self, cast: Cast, address: Address) -> None:
        note = cast.note()
        names = {"canvas": note.canvas_id, "note": note.pk, "partnership": cast.with_delonghi.pk}
        assert cast.client(cast.ana).delete(address.path.format(**names)).status_code == 405
