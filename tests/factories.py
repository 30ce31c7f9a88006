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

from django.conf import settings
from django.db.models import QuerySet
from django.test import Client

from partners.base.ordering import rank_at
from partners.base.prepared import Prepared
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
    sessions: dict[UUID, str] = field(default_factory=dict)
    """By account: signing in takes longer than most requests, so all browsers of one person share their session."""

    @property
    def members(self) -> dict[str, Membership]:
        """The members by first name."""
        return {name: getattr(self, name) for name in ("ana", "bo", "carla", "dan", "eli")}

    def viewer(self, member: Membership) -> Viewer:
        """A member as a viewer, with the rights of this moment."""
        (fresh,) = _member(member_id=member.pk)
        return viewer_as(fresh)

    def model(self, organisation: Organisation) -> Canvas:
        """The business model of a company."""
        (canvas,) = _model(organisation_id=organisation.pk)
        return canvas

    def sheet(self, partnership: Partnership, organisation: Organisation) -> Canvas:
        """The Partnership Canvas of one side of a partnership."""
        (canvas,) = _sheet(partnership_id=partnership.pk, organisation_id=organisation.pk)
        return canvas

    def seen(self, member: Membership, canvas: Canvas) -> CanvasInView:
        """A sheet as a member sees it; raises `NotFound` when it is hidden from them."""
        (fresh,) = _canvas(canvas_id=canvas.pk)
        return canvas_in(self.viewer(member), fresh)

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
            client.cookies[settings.SESSION_COOKIE_NAME] = self._session(user)
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

    def _session(self, user: User) -> str:
        if user.pk not in self.sessions:
            client = Client()
            client.force_login(user)
            self.sessions[user.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return self.sessions[user.pk]

    def join(self, name: str, organisation: Organisation | None, **more: Any) -> Membership:
        """One more guest."""
        member, token = workshops.join_as_guest(workspace=self.workspace, name=name, organisation=organisation, **more)
        self.passes[member.pk] = token
        return member


# Read several times in every test.
@Prepared
def _member(*, member_id: UUID) -> QuerySet[Membership]:
    return Membership.objects.select_related("workspace", "organisation").filter(pk=member_id).order_by()


@Prepared
def _canvas(*, canvas_id: UUID) -> QuerySet[Canvas]:
    return _canvases().filter(pk=canvas_id)


@Prepared
def _model(*, organisation_id: UUID) -> QuerySet[Canvas]:
    return _canvases().filter(kind=BUSINESS_MODEL.key, organisation_id=organisation_id)


@Prepared
def _sheet(*, partnership_id: UUID, organisation_id: UUID) -> QuerySet[Canvas]:
    kept = _canvases().filter(kind=PARTNERSHIP.key)
    return kept.filter(partnership_id=partnership_id, organisation_id=organisation_id)


def _canvases() -> QuerySet[Canvas]:
    return Canvas.objects.select_related("organisation", "partnership__first", "partnership__second").order_by()


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
    cast = Cast(
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
    for user in (ana, bo, finn):
        cast.client(user)
    return cast


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
            rank=rank_at(place),
        )
        for place in range(count)
    ]
    Note.objects.bulk_create(notes)
    Comment.objects.bulk_create(
        Comment(note=note, author=people[place % len(people)], text=f"Comment {place + 1}")
        for note in notes
        for place in range(comments)
    )
    Thumb.objects.bulk_create(Thumb(note=note, member=person) for note in notes for person in people[:thumbs])
    return notes
