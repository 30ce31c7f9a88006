"""A workshop with two companies and a rival, its people, and a server that shows it live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from partners.canvases.access import CanvasInView, canvas_in
from partners.canvases.models import Canvas
from partners.people.models import User
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Membership, Organisation, Partnership, Workspace
from partners.workspaces.operations import add_organisation, add_partnership, join_as_guest, new_workshop
from tests.live.listening import Listener, Server


@dataclass
class Person:
    """Somebody in the workshop with the cookie of their browser."""

    member: Membership
    cookies: str

    @property
    def viewer(self) -> Viewer:
        """What they may see and do now."""
        return viewer_as(Membership.objects.select_related("workspace", "organisation").get(pk=self.member.pk))

    def at(self, canvas: Canvas) -> CanvasInView:
        """A sheet as they see it."""
        return canvas_in(self.viewer, canvas)


@dataclass
class Workshop:
    """Nespresso designs with De'Longhi, and talks to Krups without De'Longhi knowing."""

    workspace: Workspace
    partnership: Partnership
    rivalry: Partnership
    ana: Person
    """Facilitator, of Nespresso."""
    nina: Person
    """Guest of Nespresso: sees everything."""
    dino: Person
    """Guest of De'Longhi: sees that partnership only."""
    kai: Person
    """Guest of Krups: sees the other partnership only."""

    def model(self, organisation: Organisation) -> Canvas:
        """The Business Model Canvas of a company."""
        return self._loaded(Canvas.objects.get(organisation=organisation, partnership=None))

    def sheet(self, partnership: Partnership, organisation: Organisation) -> Canvas:
        """The Partnership Canvas of a company in a partnership."""
        return self._loaded(Canvas.objects.get(organisation=organisation, partnership=partnership))

    @property
    def own_sheet(self) -> Canvas:
        """Nespresso's sheet with De'Longhi."""
        return self.sheet(self.partnership, self.partnership.first)

    @property
    def secret_sheet(self) -> Canvas:
        """Nespresso's sheet with Krups."""
        return self.sheet(self.rivalry, self.rivalry.first)

    def _loaded(self, canvas: Canvas) -> Canvas:
        return Canvas.objects.select_related("organisation", "partnership__first", "partnership__second").get(
            pk=canvas.pk
        )


@pytest.fixture
def workshop(transactional_db: None) -> Workshop:
    user = User.objects.create_user("ana@example.org", "a long password", name="Ana")
    made = new_workshop(user=user, title="Coffee at home", company="Nespresso", partner="De'Longhi")
    viewer = viewer_as(Membership.objects.select_related("workspace", "organisation").get(pk=made.facilitator.pk))
    krups = add_organisation(viewer=viewer, name="Krups")
    rivalry = add_partnership(viewer=viewer, first=made.partnership.first, second=krups)

    def guest(name: str, organisation: Organisation, partnership: Partnership | None = None) -> Person:
        member, token = join_as_guest(
            workspace=made.workspace, name=name, organisation=organisation, partnership=partnership
        )
        return Person(member, f"guest_{made.workspace.pk.hex}={token}")

    return Workshop(
        workspace=made.workspace,
        partnership=made.partnership,
        rivalry=rivalry,
        ana=Person(made.facilitator, ""),
        nina=guest("Nina", made.partnership.first),
        dino=guest("Dino", made.partnership.second),
        kai=guest("Kai", krups),
    )


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    with Server() as running:
        yield running


class Listen:
    """`listen(person, *canvases, topics=…)` opens a stream as a page with those sheets would."""

    def __init__(self, server: Server, workshop: Workshop) -> None:
        self.server, self.workshop = server, workshop

    def __call__(
        self, person: Person, *canvases: Canvas, topics: str = "", after: str = "", last_event_id: str = ""
    ) -> Listener:
        query = [f"canvas={canvas.pk}" for canvas in canvases] + [f"topic={topic}" for topic in topics.split()]
        query += [f"after={after}"] if after else []
        path = f"/live/{self.workshop.workspace.pk}/?{'&'.join(query)}"
        return Listener(self.server.port, path, person.cookies, last_event_id)


@pytest.fixture
def listen(server: Server, workshop: Workshop) -> Listen:
    return Listen(server, workshop)
