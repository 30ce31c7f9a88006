"""Landing, and one's own workshops with the form that makes a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from partners.base.errors import Invalid
from partners.overview.mine import cards, examples_of
from partners.people.identity import identity_of
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.forms import NewWorkshopForm, refused
from partners.workspaces.models import Membership
from partners.workspaces.queries import memberships_of

PICTURE = {
    "start": {
        "key_partners": ["plain", "leaf"],
        "key_activities": ["plain", "plain"],
        "key_resources": ["sun", "plain", "plain"],
        "value_propositions": ["sky", "plain", "plain"],
        "customer_relationships": ["plain"],
        "channels": ["plain", "leaf"],
        "customer_segments": ["sky", "plain"],
        "cost_structure": ["plain", "plain"],
        "revenue_streams": ["sun", "plain"],
    },
    "end": {
        "key_partners": ["plain"],
        "key_activities": ["leaf", "plain"],
        "key_resources": ["plain", "plain"],
        "value_propositions": ["plain", "sun"],
        "customer_relationships": ["rose"],
        "channels": ["plain", "plain", "leaf"],
        "customer_segments": ["sky", "plain"],
        "cost_structure": ["plain", "plain"],
        "revenue_streams": ["plain"],
    },
    "lane": [("pair", ""), ("pair", ""), ("gap", "end"), ("pair", ""), ("surplus", "start")],
}
"""A drawing, no data: two models, three pairs, one need that nobody meets and one offer that nobody asked for."""


@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, and the two ways in; who has workshops is led to them.

    `?closed` says why somebody is here: what they had open has been closed to them (`js/htmx/live.js`).
    """
    if "closed" in request.GET:
        messages.info(request, _("What you had open is not shared with you any more, or is not there any more."))
        return redirect(request.path)
    if request.user.is_authenticated or memberships_of(identity_of(request)):
        return redirect("workspaces:mine")
    return render(request, "overview/landing.html", {"picture": PICTURE})


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """*Your workshops*. POST: a new one, and straight to its models."""
    user = request.user if isinstance(request.user, User) else None
    memberships = memberships_of(identity_of(request))
    if user is None and (request.method == "POST" or not memberships):
        return redirect("account_login")
    form = NewWorkshopForm(request.POST if request.method == "POST" else None)
    if user and request.method == "POST" and form.is_valid():
        try:
            made = operations.new_workshop(user=user, **form.cleaned_data)
        except Invalid as error:
            refused(form, error)
        else:
            return redirect("partnerships:model", made.partnership.pk, "start")
    shelf = cards(memberships)
    examples = examples_of(user, shelf) if user else []
    on_shelf = {example.card.workspace_id for example in examples}
    carry_on = [each for each in shelf if each.workspace.pk not in on_shelf]
    values = {
        "form": form if user else None,
        "examples": examples,
        "cards": [each for each in carry_on if not each.workspace.archived_at],
        "archived": [each for each in carry_on if each.workspace.archived_at],
        "deleted": [
            each.workspace
            for each in memberships_of(identity_of(request), deleted=True)
            if each.role == Membership.Role.FACILITATOR
        ],
    }
    return render(request, "overview/mine.html", values, status=422 if request.method == "POST" else 200)
