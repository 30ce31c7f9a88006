"""An example as a workshop: loaded, loaded again as a copy, and put back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from partners.base.errors import Invalid, NotFound
from partners.canvases import operations as sheets
from partners.canvases.access import canvas_in
from partners.canvases.locks import lock_notes
from partners.canvases.models import Canvas, Note
from partners.canvases.operations.steps import record_deletion
from partners.events import log
from partners.examples.operations.laying import Laying
from partners.examples.reading import SLUGS, read
from partners.history.operations import keep_moment_of_all
from partners.hypotheses.operations import clearing as ideas
from partners.outcome.operations import clearing as outcomes
from partners.people.models import User
from partners.value_fit.operations import clearing as comparisons
from partners.workspaces import operations as workshops
from partners.workspaces.access import Viewer, viewer_as
from partners.workspaces.models import Workspace
from partners.workspaces.operations.sharing import make_code
from partners.workspaces.rules import Action


def load(slug: str, user: User, *, title: str = "") -> Workspace:
    """Make a workshop of an example, run by this user; each time a new one. Raises `NotFound` for no such example."""
    if slug not in SLUGS:
        raise NotFound
    recipe = read(slug)
    with transaction.atomic():
        workspace, facilitator = workshops.create_workspace(
            title=title or recipe.title,
            user=user,
            customer_segment=recipe.customer_segment,
            about=recipe.about,
            example=slug,
            fill_meanings=recipe.fill_meanings,
        )
        laying = Laying(recipe, workspace, facilitator)
        laying.lay_companies()
        facilitator.organisation = laying.companies[recipe.focal.key]
        facilitator.colour = recipe.free_colour
        facilitator.save(update_fields=["organisation", "colour", "updated_at"])
        make_code(workspace, by=facilitator, partnership=next(iter(laying.partnerships.values())))
        laying.people_write()
    return workspace


def copy_example(slug: str, user: User) -> Workspace:
    """Make one more workshop of an example, told apart by its title."""
    if slug not in SLUGS:
        raise NotFound
    return load(slug, user, title=_("%(title)s (copy)") % {"title": read(slug).title})


def reset(*, viewer: Viewer) -> Workspace:
    """Put an example back as it was delivered (facilitators): its companies, people, sheets, notes and comparisons.

    People who joined stay, and so does the title. What was written since goes to the trash. Raises `Invalid` for a
    workshop that is no example.
    """
    by = viewer.require(Action.MANAGE)
    if viewer.workspace.example not in SLUGS:
        raise Invalid(_("Only an example can be put back as it was delivered."), code="no_example")
    recipe = read(viewer.workspace.example)
    with transaction.atomic():
        laying = Laying(recipe, Workspace.objects.get(pk=viewer.workspace.pk), by)
        keep_moment_of_all(viewer=viewer, name=_("Before the reset"))
        _clear(viewer)
        laying.put_companies_back(viewer)
        laying.lay_companies()
        laying.people_write()
        workshops.change_workspace(
            viewer=viewer,
            customer_segment=recipe.customer_segment,
            about=recipe.about,
            fill_meanings=recipe.fill_meanings,
        )
    return laying.workspace


def _clear(viewer: Viewer) -> None:
    """All is revealed, what was decided and compared is taken back, notes go to the trash, all sheets are open."""
    by = viewer.require(Action.MANAGE)
    alive = viewer.workspace.partnerships.filter(deleted_at=None).select_related("first", "second")
    for partnership in alive.filter(sealed_at__isnull=False):
        workshops.reveal(viewer, partnership)
    with log.change(viewer.workspace.pk, by=by) as change:
        for partnership in alive:
            outcomes.record_clearing(change, partnership)
            ideas.record_clearing(change, partnership)
            comparisons.record_clearing(change, partnership)
        standing = Note.objects.filter(canvas__workspace=viewer.workspace, deleted_at=None)
        for note in lock_notes(list(standing.values_list("pk", flat=True))).values():
            record_deletion(change, note)
    locked = Canvas.objects.filter(workspace=viewer.workspace, locked_at__isnull=False)
    for canvas in locked.select_related("organisation", "partnership"):
        if canvas.organisation.deleted_at is None and not (canvas.partnership and canvas.partnership.deleted_at):
            sheets.lock_sheet(sheet=canvas_in(viewer_as(by), canvas), locked=False)
