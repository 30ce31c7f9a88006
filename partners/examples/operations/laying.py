"""Laying an example out on the table: companies, people, notes, and what they say about them.

Every person is the author of what they write, in the log too: each joins and writes as one change, so that the activity
of an example reads like that of a workshop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from partners.base.ordering import rank_at
from partners.canvases.events import CommentAdded, NoteConfirmed, NoteThumbed
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.canvases.operations.places import block_defaults, block_of
from partners.canvases.operations.steps import record_added
from partners.events import log
from partners.examples.operations.comparing import Talks
from partners.examples.recipe import Paper, Person, Recipe
from partners.workspaces import operations as workshops
from partners.workspaces.access import Viewer
from partners.workspaces.events import MemberJoined
from partners.workspaces.models import Membership, Organisation, Partnership, Workspace
from partners.workspaces.operations.network import record_organisation, record_partnership

WRITTEN: dict[str, type[Organisation | Partnership]] = {"organisation": Organisation, "partnership": Partnership}


class Laying:
    """One example on its way into one workshop; what is there already is found by ids made from the recipe's keys."""

    def __init__(self, recipe: Recipe, workspace: Workspace, by: Membership) -> None:
        self.recipe, self.workspace, self.by = recipe, workspace, by
        self.companies: dict[str, Organisation] = {}
        self.partnerships: dict[str, Partnership] = {}
        self.people: dict[str, Membership] = {}
        self.newcomers: set[str] = set()
        self.canvases: dict[tuple[str, str], Canvas] = {}
        self.notes: dict[str, Note] = {}

    def lay_companies(self) -> None:
        """Find the companies and partnerships that are there, and add those that are missing."""
        with log.change(self.workspace.pk, by=self.by) as change:
            for key, company in self.recipe.companies.items():
                pk = self._living("organisation", key)
                self.companies[key] = Organisation.objects.filter(pk=pk).first() or record_organisation(
                    change,
                    self.workspace,
                    pk=pk,
                    name=company.name,
                    short_name=company.short_name,
                    sector=company.sector,
                    profile=company.profile,
                    is_focal=company.focal,
                )
            for key, alliance in self.recipe.partnerships.items():
                pk = self._living("partnership", key)
                sides = {"first": self.companies[alliance.first], "second": self.companies[alliance.second]}
                self.partnerships[key] = Partnership.objects.filter(pk=pk).first() or record_partnership(
                    change, self.workspace, pk=pk, state=alliance.state, must_leave=alliance.must_leave, **sides
                )
        found = Canvas.objects.filter(workspace=self.workspace).select_related("organisation", "partnership")
        by_place = {(canvas.partnership_id, canvas.organisation_id): canvas for canvas in found}
        for company_key, organisation in self.companies.items():
            self.canvases["", company_key] = by_place[None, organisation.pk]
            for key, partnership in self.partnerships.items():
                if canvas := by_place.get((partnership.pk, organisation.pk)):
                    self.canvases[key, company_key] = canvas

    def people_write(self) -> None:
        """Everybody comes in, writes about companies, then partnerships, then each other's notes, and then compares."""
        self._each(self._join_and_model)
        self._each(lambda change, person: self._write(change, person, of_partnership=True))
        self._each(self._talk)
        Talks(self.recipe, partnerships=self.partnerships, people=self.people, notes=self.notes).hold()

    def put_companies_back(self, viewer: Viewer) -> None:
        """Give the example's companies and partnerships their delivered words, and take away all others."""
        companies = {self._living("organisation", key): each for key, each in self.recipe.companies.items()}
        alliances = {self._living("partnership", key): each for key, each in self.recipe.partnerships.items()}
        for partnership in self.workspace.partnerships.filter(deleted_at=None).select_related("first", "second"):
            if alliance := alliances.get(partnership.pk):
                said: dict[str, Any] = {"state": alliance.state, "must_leave": alliance.must_leave, "state_reason": ""}
                workshops.change_partnership(viewer=viewer, partnership=partnership, **said)
            else:
                workshops.remove_partnership(viewer=viewer, partnership=partnership)
        for organisation in self.workspace.organisations.filter(deleted_at=None):
            if company := companies.get(organisation.pk):
                words = {name: getattr(company, name) for name in ("name", "short_name", "sector", "profile")}
                workshops.change_organisation(viewer=viewer, organisation=organisation, **words)
            else:
                workshops.remove_organisation(viewer=viewer, organisation=organisation)

    def _living(self, sort: str, key: str) -> UUID:
        """The id of a company or partnership of the recipe; when it was taken away, the id of its next life."""
        life = 0
        while True:
            pk = uuid5(self.workspace.pk, f"{sort}/{key}/{life}")
            if not WRITTEN[sort].objects.filter(pk=pk, deleted_at__isnull=False).exists():
                return pk
            life += 1

    def _each(self, do: Callable[[log.Change, Person], None]) -> None:
        for person in self.recipe.people.values():
            by = self.people.get(person.key) or self._member(person)
            with log.change(self.workspace.pk, by=by) as change:
                do(change, person)

    def _member(self, person: Person) -> Membership:
        """The person's membership, without an account and without a way in: nobody can sign in as them."""
        pk = uuid5(self.workspace.pk, f"person/{person.key}")
        organisation = self.companies[person.organisation]
        scope = Membership.Scope.WORKSPACE if organisation.is_focal else Membership.Scope.PARTNERSHIPS
        if not Membership.objects.filter(pk=pk, removed_at=None).exists():
            self.newcomers.add(person.key)
        member, _made = Membership.objects.update_or_create(
            pk=pk,
            defaults={
                "workspace": self.workspace,
                "organisation": organisation,
                "name": person.name,
                "role": Membership.Role.MEMBER,
                "scope": scope,
                "colour": person.colour,
                "removed_at": None,
            },
        )
        if not organisation.is_focal:
            known = [each for each in self.partnerships.values() if organisation.pk in (each.first_id, each.second_id)]
            member.partnerships.set(known)
        self.people[person.key] = member
        return member

    def _join_and_model(self, change: log.Change, person: Person) -> None:
        if person.key in self.newcomers:
            change.record(MemberJoined(thing_id=self.people[person.key].pk))
        self._write(change, person, of_partnership=False)

    def _write(self, change: log.Change, person: Person, *, of_partnership: bool) -> None:
        papers = [
            paper for paper in self.recipe.notes if paper.by == person.key and bool(paper.partnership) == of_partnership
        ]
        notes = [self._note(paper) for paper in papers]
        Note.objects.bulk_create(notes)
        for paper, note in zip(papers, notes, strict=True):
            record_added(change, note)
            self.notes[paper.name] = note

    def _note(self, paper: Paper) -> Note:
        canvas = self.canvases[paper.partnership, paper.company]
        note = Note(
            canvas=canvas,
            block=paper.block,
            rank=rank_at(paper.rank),
            text=paper.text,
            author=self.people[paper.by],
            fill=paper.fill,
            basis=paper.basis,
            tags=paper.tags,
            weight=paper.weight,
            beneficiary=paper.beneficiary,
            target_block=paper.target_block,
            source_note=self.notes[paper.source] if paper.source else None,
        )
        for name, value in block_defaults(note, block_of(canvas, paper.block)).items():
            setattr(note, name, value)
        return note

    def _talk(self, change: log.Change, person: Person) -> None:
        """What a person says about notes: confirming what is so, 👍, comments."""
        member = self.people[person.key]
        for paper in self.recipe.notes:
            if paper.confirmed == person.key:
                note = self.notes[paper.name]
                Note.objects.filter(pk=note.pk).update(confirmed_by=member.organisation)
                change.record(NoteConfirmed(**_about(note), confirmed=True))
        liked = [self.notes[key] for key, givers in self.recipe.thumbs.items() if person.key in givers]
        Thumb.objects.bulk_create(Thumb(note=note, member=member) for note in liked)
        for note in liked:
            change.record(NoteThumbed(**_about(note), given=True))
        remarks = [remark for remark in self.recipe.comments if remark.by == person.key]
        said = [Comment(note=self.notes[remark.on], author=member, text=remark.text) for remark in remarks]
        for comment in Comment.objects.bulk_create(said):
            change.record(CommentAdded(**_about(comment.note), comment=str(comment.pk), said=comment.text))


def _about(note: Note) -> dict[str, Any]:
    return {
        "thing_id": note.pk,
        "canvas_id": note.canvas_id,
        "partnership_id": note.canvas.partnership_id,
        "text": note.text,
    }
