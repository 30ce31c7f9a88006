"""The cast: a few people and companies with a story, introduced here once and met in every test.

Ana Vries of Nespresso runs the workshop “Coffee machines under two names”. Bo Keller, her colleague, is a member of
the same company. Carla Rossi is a guest from De'Longhi, Dan Webb a guest from its rival Breville: neither may ever
learn that the other's partnership exists. Eli Stone watches the partnership with De'Longhi. Finn Moss has an account
and nothing to do with any of it.

    cast.client(cast.carla).get(f"/p/{cast.with_delonghi.pk}/models/start/")
    note = cast.note("Club membership", canvas=cast.model(cast.nespresso), block="customer_relationships")
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.test import Client

from partners.base.ordering import renumbered
from partners.canvases import operations as sheets
from partners.canvases.access import CanvasInView, canvas_in
from partners.canvases.kinds import BUSINESS_MODEL, KINDS, PARTNERSHIP
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.people.identity import PASS_COOKIE
from partners.people.models import User
from partners.workspaces import operations as workshops
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Invitation, Membership, Organisation, Partnership, Workspace

TITLE = "Coffee machines under two names"
SEGMENT = "Households that want espresso at a push of a button"
PASSWORD = "a long word for tests"


@dataclass
class Cast:
    """Everybody and everything of the workshop; members are fresh rows with `workspace` loaded."""

    workspace: Workspace
    code: Invitation
    nespresso: Organisation
    delonghi: Organisation
    breville: Organisation
    with_delonghi: Partnership
    with_breville: Partnership
    ana: Membership
    bo: Membership
    carla: Membership
    dan: Membership
    eli: Membership
    finn: User
    passes: dict[UUID, str] = field(default_factory=dict)

    @property
    def members(self) -> dict[str, Membership]:
        """The members by first name."""
        return {name: getattr(self, name) for name in ("ana", "bo", "carla", "dan", "eli")}

    def viewer(self, member: Membership) -> Viewer:
        """A member as a viewer, with the rights of this moment."""
        return viewer_as(Membership.objects.select_related("workspace", "organisation").get(pk=member.pk))

    def model(self, organisation: Organisation) -> Canvas:
        """The business model of a company."""
        return self._canvas(kind=BUSINESS_MODEL.key, organisation=organisation)

    def sheet(self, partnership: Partnership, organisation: Organisation) -> Canvas:
        """The Partnership Canvas of one side of a partnership."""
        return self._canvas(kind=PARTNERSHIP.key, partnership=partnership, organisation=organisation)

    def seen(self, member: Membership, canvas: Canvas) -> CanvasInView:
        """A sheet as a member sees it; raises `NotFound` when it is hidden from them."""
        return canvas_in(self.viewer(member), self._canvas(pk=canvas.pk))

    def note(
        self,
        text: str = "Club membership",
        *,
        by: Membership | None = None,
        canvas: Canvas | None = None,
        block: str = "customer_relationships",
        **more: Any,
    ) -> Note:
        """A note put on a sheet by somebody; by Ana on Nespresso's business model when nothing else is said."""
        sheet = self.seen(by or self.ana, canvas or self.model(self.nespresso))
        return sheets.add_note(sheet=sheet, block=block, text=text, **more)

    def client(self, who: Membership | User | None) -> Client:
        """A browser in which somebody is at home: by their account, or by their guest pass; None is nobody."""
        client = Client(enforce_csrf_checks=False)
        user = who.user if isinstance(who, Membership) else who
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        elif isinstance(who, Membership):
            client.cookies[self.pass_cookie] = self.passes[who.pk]
        return client

    def cookies(self, who: Membership | User) -> dict[str, str]:
        """The cookies that say who somebody is, for a real browser or a stream."""
        return {name: morsel.value for name, morsel in self.client(who).cookies.items()}

    @property
    def pass_cookie(self) -> str:
        """The name of a guest's cookie for this workshop."""
        return f"{PASS_COOKIE}{self.workspace.pk.hex}"

    def join(self, name: str, organisation: Organisation | None, **more: Any) -> Membership:
        """One more guest."""
        member, token = workshops.join_as_guest(workspace=self.workspace, name=name, organisation=organisation, **more)
        self.passes[member.pk] = token
        return member

    def _canvas(self, **where: Any) -> Canvas:
        return Canvas.objects.select_related("organisation", "partnership__first", "partnership__second").get(**where)


def gather() -> Cast:
    """Bring the cast together through the product's own operations."""
    ana = User.objects.create_user("ana@nespresso.example", PASSWORD, name="Ana Vries")
    bo = User.objects.create_user("bo@nespresso.example", PASSWORD, name="Bo Keller")
    finn = User.objects.create_user("finn@elsewhere.example", PASSWORD, name="Finn Moss")
    made = workshops.new_workshop(
        user=ana, title=TITLE, company="Nespresso", partner="De'Longhi", customer_segment=SEGMENT
    )
    workspace, nespresso, delonghi = made.workspace, made.partnership.first, made.partnership.second
    viewer = viewer_as(made.facilitator)
    breville = workshops.add_organisation(viewer=viewer, name="Breville")
    with_breville = workshops.add_partnership(viewer=viewer, first=nespresso, second=breville)
    guest = partial(workshops.join_as_guest, workspace=workspace)
    carla, carlas = guest(name="Carla Rossi", organisation=delonghi)
    dan, dans = guest(name="Dan Webb", organisation=breville)
    watching = Membership.Role.OBSERVER
    eli, elis = guest(name="Eli Stone", organisation=None, role=watching, partnership=made.partnership)
    return Cast(
        workspace=workspace,
        code=made.code,
        nespresso=nespresso,
        delonghi=delonghi,
        breville=breville,
        with_delonghi=made.partnership,
        with_breville=with_breville,
        ana=made.facilitator,
        bo=workshops.join_as_user(workspace=workspace, user=bo, organisation=nespresso),
        carla=carla,
        dan=dan,
        eli=eli,
        finn=finn,
        passes={carla.pk: carlas, dan.pk: dans, eli.pk: elis},
    )


def crowd(cast: Cast, canvas: Canvas, count: int, *, comments: int = 2, thumbs: int = 3, tags: int = 2) -> list[Note]:
    """Fill a sheet with many notes that carry everything a note can carry, straight into the tables.

    Each has comments, 👍, tags and a source: a note of Nespresso's business model. For budgets and benches only.
    """
    people = list(islice(cast.members.values(), max(thumbs, 2)))
    source = cast.note("Where it all comes from")
    blocks = [block.key for block in KINDS[canvas.kind].blocks]
    notes = [
        Note(
            canvas=canvas,
            block=blocks[place % len(blocks)],
            text=f"Note {place + 1} of a crowded sheet, with some words to read",
            fill=("plain", "sun", "leaf")[place % 3],
            tags=[f"tag-{tag}" for tag in range(tags)],
            author=people[place % len(people)],
            source_note=source,
            rank=rank,
        )
        for place, rank in enumerate(renumbered(count))
    ]
    Note.objects.bulk_create(notes)
    Comment.objects.bulk_create(
        Comment(note=note, author=people[place % len(people)], text=f"Comment {place + 1}")
        for note in notes
        for place in range(comments)
    )
    Thumb.objects.bulk_create(Thumb(note=note, member=person) for note in notes for person in people[:thumbs])
    return notes
