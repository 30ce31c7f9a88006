"""Companies of the network and the partnerships between them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import Conflict, Invalid, NotFound
from partners.workspaces import operations
from partners.workspaces.access import Viewer, organisation_for, partnership_for
from partners.workspaces.forms import OrganisationForm, PairForm, StateForm, refused
from partners.workspaces.models import Partnership
from partners.workspaces.queries import organisations_seen, partnerships_seen
from partners.workspaces.rules import Action
from partners.workspaces.views.shell import enter, shell

TOPICS = ("organisations", "partnerships", "workspace")


@require_http_methods(["GET", "POST"])
def organisations(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """All companies and partnerships. POST: one more company."""
    viewer, cursor = enter(request, workspace_id)
    if request.method == "GET":
        return _page(request, viewer, cursor, OrganisationForm())
    viewer.require(Action.MANAGE)
    form = OrganisationForm(request.POST)
    if form.is_valid():
        try:
            added = operations.add_organisation(viewer=viewer, **form.cleaned_data)
        except Invalid as error:
            refused(form, error)
        else:
            messages.success(request, _("%(name)s is here, with an empty business model.") % {"name": added.name})
            return redirect("workspaces:organisations", workspace_id)
    return _page(request, viewer, cursor, form, status=422)


@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, workspace_id: UUID, organisation_id: UUID) -> HttpResponse:
    """What is said about a company. POST: other words for it (its own people and facilitators)."""
    viewer, cursor = enter(request, workspace_id)
    company = organisation_for(viewer, organisation_id)
    viewer.require(Action.ORGANISE, company.pk)
    initial = {name: getattr(company, name) for name in OrganisationForm.base_fields}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    title = company.name
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_organisation(viewer=viewer, organisation=company, base=form.base, **form.cleaned_data)
        except (Conflict, Invalid) as error:
            refused(form, error)
        else:
            return redirect("workspaces:organisations", workspace_id)
    values = shell(viewer, "organisations", cursor=cursor)
    values |= {"form": form, "company": company, "company_title": title, "may_manage": viewer.may(Action.MANAGE)}
    return render(request, "workspaces/organisation.html", values, status=form.status if form.is_bound else 200)


@require_POST
def organisation_removal(request: HttpRequest, workspace_id: UUID, organisation_id: UUID) -> HttpResponse:
    """Take a company and its partnerships out of the network."""
    viewer, _cursor = enter(request, workspace_id)
    company = organisation_for(viewer, organisation_id)
    operations.remove_organisation(viewer=viewer, organisation=company)
    messages.success(request, _("%(name)s is out, and its partnerships with it.") % {"name": company.name})
    return redirect("workspaces:organisations", workspace_id)


@require_POST
def partnerships(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Tie two companies; leads to their models."""
    viewer, cursor = enter(request, workspace_id)
    viewer.require(Action.MANAGE)
    form = PairForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose two companies."))
    first, second = (organisation_for(viewer, form.cleaned_data[side]) for side in ("first", "second"))
    try:
        made = operations.add_partnership(viewer=viewer, first=first, second=second)
    except (Invalid, Conflict) as error:
        pair = {"first": first.pk, "second": second.pk, "error": error.message}
        return _page(request, viewer, cursor, OrganisationForm(), pair=pair, status=error.status)
    return redirect("partnerships:models", made.pk)


@require_http_methods(["GET", "POST"])
def partnership(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """How far a partnership is. POST: another state, with its reason, and whom they must leave."""
    viewer, cursor, found = _partnership(request, partnership_id)
    own = viewer.organisation_id in (found.first_id, found.second_id)
    viewer.require(Action.STATE, viewer.organisation_id if own else found.second_id)
    initial = {name: getattr(found, name) for name in StateForm.base_fields}
    form = StateForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_partnership(viewer=viewer, partnership=found, base=form.base, **form.cleaned_data)
        except (Conflict, Invalid) as error:
            refused(form, error)
        else:
            return redirect("workspaces:organisations", viewer.workspace.pk)
    values = shell(viewer, "organisations", cursor=cursor)
    values |= {"form": form, "partnership": found, "may_manage": viewer.may(Action.MANAGE)}
    return render(request, "workspaces/partnership.html", values, status=form.status if form.is_bound else 200)


@require_POST
def partnership_removal(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Take a partnership and its two sheets away."""
    viewer, _cursor, found = _partnership(request, partnership_id)
    operations.remove_partnership(viewer=viewer, partnership=found)
    messages.success(request, _("The partnership and its two sheets are taken away."))
    return redirect("workspaces:organisations", viewer.workspace.pk)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    cursor: str,
    form: OrganisationForm,
    *,
    pair: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    companies = list(organisations_seen(viewer.audience))
    ties = list(partnerships_seen(viewer.audience))
    values = shell(viewer, "organisations", cursor=cursor, topics=TOPICS)
    values |= {
        "form": form,
        "pair_of": pair or {"first": companies[0].pk if companies else None, "second": None, "error": ""},
        "options": [(each.pk, each.name) for each in companies],
        "companies": [(each, viewer.may(Action.ORGANISE, each.pk)) for each in companies],
        "ties": [(each, _may_change(viewer, each)) for each in ties],
        "may_manage": viewer.may(Action.MANAGE),
    }
    return render(request, "workspaces/organisations.html", values, status=status)


def _may_change(viewer: Viewer, tie: Partnership) -> bool:
    own = viewer.organisation_id in (tie.first_id, tie.second_id)
    return viewer.may(Action.STATE, viewer.organisation_id if own else tie.second_id)


def _partnership(request: HttpRequest, partnership_id: UUID) -> tuple[Viewer, str, Partnership]:
    found = (
        Partnership.objects.filter(pk=partnership_id, deleted_at=None).values_list("workspace_id", flat=True).first()
    )
    if found is None:
        raise NotFound
    viewer, cursor = enter(request, found)
    return viewer, cursor, partnership_for(viewer, partnership_id)
