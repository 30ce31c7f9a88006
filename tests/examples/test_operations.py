from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from partners.base.errors import Forbidden, Invalid, NotFound
from partners.canvases import operations as sheets
from partners.canvases.access import canvas_in
from partners.canvases.models import Canvas, Comment, Note, Thumb
from partners.events.kinds import REGISTRY
from partners.events.models import Event
from partners.examples.operations import copy_example, load, reset
from partners.examples.queries import example_cards
from partners.examples.reading import SLUGS, read
from partners.people.models import GuestPass, User
from partners.value_fit.models import Pair
from partners.workspaces import operations as workshops
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Membership, Workspace
from tests.examples.again import ana_again, loaded
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return ana_again()


def facilitator(workspace: Workspace, user: User) -> Viewer:
    return viewer_as(Membership.objects.select_related("workspace").get(workspace=workspace, user=user))


def board(workspace: Workspace) -> dict[str, Any]:
    """All that an example shows, without ids."""
    notes = Note.objects.filter(
        canvas__workspace=workspace,
        deleted_at=None,
        canvas__organisation__deleted_at=None,
    ).exclude(canvas__partnership__deleted_at__isnull=False)
    rows = notes.values_list(
        "canvas__organisation__name",
        "canvas__kind",
        "block",
        "rank",
        "text",
        "fill",
        "basis",
        "weight",
        "beneficiary",
        "target_block",
        "source_note__text",
        "author__name",
        "confirmed_by__name",
    )
    return {
        "notes": Counter(rows),
        "comments": Counter(Comment.objects.filter(note__in=notes).values_list("note__text", "author__name", "text")),
        "thumbs": Counter(Thumb.objects.filter(note__in=notes).values_list("note__text", "member__name")),
        "companies": set(workspace.organisations.filter(deleted_at=None).values_list("name", "sector", "is_focal")),
        "partnerships": set(workspace.partnerships.filter(deleted_at=None).values_list("first__name", "state")),
        "people": set(workspace.memberships.filter(removed_at=None).values_list("name", "organisation__name", "scope")),
        "meanings": Workspace.objects.get(pk=workspace.pk).fill_meanings,
    }


@pytest.mark.parametrize("slug", SLUGS)
class TestLoading:
    def test_lays_out_everything_the_file_says(self, slug: str, ana: User) -> None:
        recipe, workspace = read(slug), loaded(slug, ana)
        shown = board(workspace)
        assert shown["notes"].total() == len(recipe.notes)
        assert shown["comments"].total() == len(recipe.comments)
        assert shown["thumbs"].total() == sum(map(len, recipe.thumbs.values()))
        assert len(shown["companies"]) == len(recipe.companies)
        assert len(shown["people"]) == len(recipe.people) + 1
        assert (workspace.title, workspace.example) == (recipe.title, slug)

    def test_has_people_on_both_sides_and_no_way_to_be_them(self, slug: str, ana: User) -> None:
        workspace = loaded(slug, ana)
        people = workspace.memberships.exclude(user=ana)
        assert people.values("organisation").distinct().order_by().count() == 2
        assert not people.filter(user__isnull=False).exists()
        assert not GuestPass.objects.filter(membership__in=people).exists()

    def test_lets_everybody_write_their_own_notes_in_the_log_too(self, slug: str, ana: User) -> None:
        workspace = loaded(slug, ana)
        events = list(Event.objects.filter(workspace=workspace).order_by("seq"))
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        authors = dict(Note.objects.filter(canvas__workspace=workspace).values_list("pk", "author_id"))
        added = {event.thing_id: event.actor_id for event in events if event.kind == "note_added"}
        assert added == authors
        assert all(REGISTRY[event.kind].sentence("Ana", event.data) for event in events)

    def test_draws_every_note_as_of_the_last_change_that_touched_it(self, slug: str, ana: User) -> None:
        workspace = loaded(slug, ana)
        last: dict[Any, int] = {}
        for event in Event.objects.filter(workspace=workspace, thing_type="note").order_by("change", "seq"):
            for note_id in [event.thing_id, *event.data.get("draws", [])]:
                last[str(note_id)] = max(last.get(str(note_id), 0), event.seq)
        for note in Note.objects.filter(canvas__workspace=workspace):
            assert note.drawn >= last[str(note.pk)]

    def test_is_the_same_each_time(self, slug: str, ana: User) -> None:
        assert board(loaded(slug, ana)) == board(load(slug, ana))

    def test_belongs_to_its_facilitator_who_stands_on_the_first_side(self, slug: str, ana: User) -> None:
        viewer = facilitator(loaded(slug, ana), ana)
        assert viewer.is_facilitator
        assert viewer.member is not None
        assert viewer.member.organisation is not None
        assert viewer.member.organisation.is_focal
        colours = viewer.workspace.memberships.values_list("colour", flat=True)
        assert len(set(colours)) == len(colours), "and is not mistaken for anybody"


def test_an_unknown_example_does_not_exist(ana: User) -> None:
    with pytest.raises(NotFound):
        load("tesla-toyota", ana)
    with pytest.raises(NotFound):
        copy_example("tesla-toyota", ana)


def test_a_copy_is_told_apart_by_its_title(ana: User) -> None:
    first, copy = loaded("hip-replacement", ana), copy_example("hip-replacement", ana)
    assert copy.title == f"{first.title} (copy)"
    assert copy.pk != first.pk
    assert board(copy)["notes"] == board(first)["notes"]


class TestReset:
    @pytest.fixture
    def workspace(self, ana: User) -> Workspace:
        return loaded("hip-replacement", ana)

    def test_puts_back_what_people_changed(self, workspace: Workspace, ana: User) -> None:
        before, viewer = board(workspace), facilitator(workspace, ana)
        note = Note.objects.get(canvas__workspace=workspace, text="Theatres")
        canvases = Canvas.objects.select_related("organisation", "partnership__first", "partnership__second")
        sheet = canvas_in(viewer, canvases.get(pk=note.canvas_id))
        sheets.edit_note(sheet=sheet, note=note, text="Two theatres")
        sheets.add_note(sheet=sheet, block="channels", text="Radio")
        for gone in Note.objects.filter(canvas=note.canvas, block="cost_structure"):
            sheets.delete_note(sheet=sheet, note=gone)
        sheets.lock_sheet(sheet=sheet, locked=True)
        workshops.change_workspace(viewer=viewer, fill_meanings={"sun": "hot"})
        workshops.change_organisation(viewer=viewer, organisation=note.canvas.organisation, name="Southlake")
        assert board(workspace) != before

        reset(viewer=viewer)

        assert board(workspace) == before
        assert not Canvas.objects.filter(workspace=workspace, locked_at__isnull=False).exists()

    def test_brings_back_companies_partnerships_and_people(self, workspace: Workspace, ana: User) -> None:
        before, viewer = board(workspace), facilitator(workspace, ana)
        fellmark = workspace.organisations.get(short_name="Fellmark")
        workshops.remove_organisation(viewer=viewer, organisation=fellmark)
        workshops.remove_member(viewer=viewer, member=workspace.memberships.get(name="Jonas Lind"))
        more = workshops.add_organisation(viewer=viewer, name="Rehab Robots")
        northlake = workspace.organisations.get(is_focal=True)
        workshops.add_partnership(viewer=viewer, first=northlake, second=more)

        reset(viewer=facilitator(workspace, ana))

        assert board(workspace) == before
        jonas = workspace.memberships.get(name="Jonas Lind")
        assert jonas.partnerships.filter(deleted_at=None).count() == 1

    def test_keeps_the_title_and_whoever_joined(self, workspace: Workspace, ana: User) -> None:
        viewer = facilitator(workspace, ana)
        workshops.change_workspace(viewer=viewer, title="Rehearsal on Tuesday")
        partnership = workspace.partnerships.get()
        guest, _token = workshops.join_as_guest(workspace=workspace, name="Tom", organisation=partnership.second)
        reset(viewer=facilitator(workspace, ana))
        workspace.refresh_from_db()
        assert workspace.title == "Rehearsal on Tuesday"
        guest.refresh_from_db()
        assert guest.removed_at is None
        assert workspace.partnerships.get() == partnership

    def test_nobody_joins_twice_by_it(self, workspace: Workspace, ana: User) -> None:
        reset(viewer=facilitator(workspace, ana))
        assert Event.objects.filter(workspace=workspace, kind="member_joined").count() == len(
            read("hip-replacement").people
        )

    def test_is_for_facilitators_only(self, workspace: Workspace) -> None:
        mara = Membership.objects.select_related("workspace").get(workspace=workspace, name="Mara Keller")
        with pytest.raises(Forbidden):
            reset(viewer=viewer_as(mara))

    def test_leaves_other_workshops_alone(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="Only an example"):
            reset(viewer=cast.viewer(cast.ana))

    def test_opens_what_was_made_private(self, workspace: Workspace, ana: User) -> None:
        delivered, partnership = board(workspace), workspace.partnerships.select_related("first", "second").get()
        Pair.objects.filter(partnership=partnership).update(removed_at=timezone.now())
        workshops.seal(facilitator(workspace, ana), partnership)
        reset(viewer=facilitator(workspace, ana))
        assert board(workspace) == delivered
        assert workspace.partnerships.get().sealed_at is None


class TestCommand:
    def run(self) -> str:
        out = StringIO()
        call_command("load_examples", stdout=out)
        return out.getvalue()

    def test_loads_both_once(self) -> None:
        assert self.run().count("Loaded") == 2
        assert self.run() == ""
        assert Workspace.objects.count() == 2
        assert User.objects.count() == 1

    def test_does_not_bring_back_what_was_deleted(self) -> None:
        self.run()
        user, workspace = User.objects.get(), Workspace.objects.get(example="hip-replacement")
        workshops.delete_workspace(viewer=facilitator(workspace, user))
        assert self.run() == ""


class TestCards:
    def test_offer_the_example_with_a_gap_first(self, ana: User) -> None:
        cards = example_cards(ana)
        assert [(card.slug, card.companies, card.workspace_id) for card in cards] == [
            ("hip-replacement", ["Northlake", "Fellmark"], None),
            ("nespresso-delonghi", ["Nespresso", "De'Longhi"], None),
        ]

    def test_open_the_first_one_made_and_never_a_deleted_one(self, ana: User) -> None:
        first = loaded("hip-replacement", ana)
        copy = copy_example("hip-replacement", ana)
        assert example_cards(ana)[0].workspace_id == first.pk
        workshops.delete_workspace(viewer=facilitator(first, ana))
        assert example_cards(ana)[0].workspace_id == copy.pk
