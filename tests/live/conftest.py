"""A server that shows the cast's workshop live, and pages that listen to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from partners.canvases.models import Canvas, Note
from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.live.listening import Listener, Server
from tests.remembering import cast_again


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, where other threads and other connections see it."""
    return cast_again()


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    with Server() as running:
        yield running


class Scene:
    """The cast with open pages. Its stage is Nespresso's sheet with De'Longhi; the one with Breville is a secret."""

    block = "desired_value"

    def __init__(self, cast: Cast, server: Server) -> None:
        self.cast, self.server = cast, server
        self.stage = cast.sheet(cast.with_delonghi, cast.nespresso)
        self.secret = cast.sheet(cast.with_breville, cast.nespresso)

    def listen(self, member: Membership | None, *canvases: Canvas, topics: str = "", **more: Any) -> Listener:
        """The stream that a page of this member with those sheets would open."""
        cookies = self.cast.cookies(member) if member else {}
        return Listener(self.server.port, self.path(*canvases, topics=topics), cookies, **more)

    def path(self, *canvases: Canvas, topics: str = "") -> str:
        """The address of a stream."""
        query = [f"canvas={canvas.pk}" for canvas in canvases] + [f"topic={topic}" for topic in topics.split()]
        return f"/live/{self.cast.workspace.pk}/?{'&'.join(query)}"

    def write(self, text: str, canvas: Canvas | None = None, by: Membership | None = None) -> Note:
        """A note put on a sheet; by Ana on the stage when nothing else is said."""
        return self.cast.note(text, canvas=canvas or self.stage, by=by, block=self.block)


@pytest.fixture
def scene(cast: Cast, server: Server) -> Scene:
    return Scene(cast, server)
