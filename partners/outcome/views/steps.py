"""Small requests about next steps; htmx gets the steps that changed as pieces of their list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from partners.base.errors import Conflict, Invalid
from partners.base.http import pieces
from partners.outcome import operations
from partners.outcome.access import step_for
from partners.outcome.forms import NewStepForm, PlaceForm, RemovalForm, StepForm, TickForm, cleaned
from partners.outcome.models import NextStep
from partners.outcome.views.page import part
from partners.people.identity import identity_of
from partners.value_fit.access import comparison_for
from partners.workspaces.meanwhile import Rewordings, merged_edit
from partners.workspaces.views.merged import merged_toast


@require_POST
def add(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Write a next step down."""
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(NewStepForm(request.POST))
    step = operations.add_step(
        seen=seen,
        what=values["text"],
        who=values["who"],
        by_when=values["by_when"],
        step_id=values["id"],
        finding=values["finding"],
        note_id=values["note"],
    )
    return part(request, partnership_id, "step", step_id=step.pk)


@require_POST
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Change what, who and by when; both versions come back where two people changed the same words."""
    seen, found = step_for(identity_of(request), step_id)
    form = StepForm(request.POST)
    typed = {name: request.POST.get(name, "") for name in ("text", "who", "by_when")}
    try:
        values = cleaned(form)
        changed = operations.change_step(
            seen=seen,
            step=found,
            what=values["text"],
            base_version=values["base_version"],
            who=values["who"],
            by_when=values["by_when"],
        )
    except (Conflict, Invalid) as mistake:
        if mistake.code == "deleted":
            raise
        typed["text"] = mistake.details.get("yours", typed["text"])  # with what others changed elsewhere in it
        return part(
            request,
            found.partnership_id,
            "step",
            status=mistake.status,
            step_id=step_id,
            editing=str(step_id),
            mistake=mistake,
            typed=typed,
        )
    merged = merged_edit(
        seen.viewer,
        Rewordings(step_id, "step_edited"),
        newest=changed.what_version,
        typed=values["text"],
        version=values["base_version"],
    )
    return part(request, found.partnership_id, "step", merged_toast(step_id, merged, seen.viewer), step_id=step_id)


@require_POST
def tick(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Done, or not."""
    seen, found = step_for(identity_of(request), step_id)
    operations.tick_step(seen=seen, step=found, done=cleaned(TickForm(request.POST))["done"])
    return part(request, found.partnership_id, "step", step_id=step_id)


@require_POST
def position(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Behind another step, or to the head."""
    seen, found = step_for(identity_of(request), step_id)
    operations.move_step(seen=seen, step=found, after=cleaned(PlaceForm(request.POST))["after"])
    return part(request, found.partnership_id, "step", step_id=step_id)


@require_POST
def removal(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Drop it, or bring it back; the answer to dropping offers the way back."""
    seen, found = step_for(identity_of(request), step_id)
    removed = cleaned(RemovalForm(request.POST))["removed"]
    operations.remove_step(seen=seen, step=found, removed=removed)
    if not removed:
        return part(request, found.partnership_id, "step", step_id=step_id)
    if not getattr(request, "htmx", False):
        return redirect("outcomes:outcome", found.partnership_id)
    drawn = NextStep.objects.values_list("drawn", flat=True).get(pk=step_id)
    gone = format_html('<del data-gone="step-{}" data-drawn="{}"></del>', step_id, drawn)
    return pieces(gone, render_to_string("outcome/_toast_dropped.html", {"step": found}))
