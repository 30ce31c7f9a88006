"""Oneself: an account's name and end, and, for guests, the workshops this browser belongs to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.base.errors import Invalid
from partners.people.identity import PASS_COOKIE, identity_of
from partners.people.models import User
from partners.workspaces import operations
from partners.workspaces.access import viewer_in
from partners.workspaces.forms import NameForm, refused
from partners.workspaces.models import Membership
from partners.workspaces.operations.accounts import forget_me, rename_user
from partners.workspaces.queries import memberships_of


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """The person's own page. POST: another name for the account."""
    if request.user.is_authenticated:
        return _account(request, request.user)
    memberships = memberships_of(identity_of(request))
    if not memberships:
        return redirect("account_login")
    return render(request, "people/guest.html", {"memberships": memberships})


@require_POST
def my_name(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """A guest's other name in one workshop."""
    viewer = viewer_in(identity_of(request), workspace_id)
    if viewer.member:
        operations.change_member(viewer=viewer, member=viewer.member, name=request.POST.get("name", ""))
        messages.success(request, _("Others see your new name now."))
    return redirect("people:me")


@require_POST
def forget(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """*Forget me here*: out of one workshop, and a former member in all that was written there."""
    viewer = viewer_in(identity_of(request), workspace_id)
    forget_me(viewer=viewer)
    messages.success(request, _("You are forgotten in “%(title)s”.") % {"title": viewer.workspace.title})
    response = redirect("workspaces:mine" if request.user.is_authenticated else "landing")
    response.delete_cookie(f"{PASS_COOKIE}{workspace_id.hex}", samesite="Lax")
    return response


@require_POST
def deletion(request: HttpRequest) -> HttpResponse:
    """Delete the account; everything written stays, under *former member*."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    user = request.user
    if not request.POST.get("sure"):
        message = _("Tick the box to say that you are sure.")
        return _account(request, user, not_sure=message)
    try:
        operations.forget_user(user=user)
    except Invalid as error:
        return _account(request, user, not_sure=error.message)
    logout(request)
    messages.success(request, _("Your account is gone. What you wrote stays, under “former member”."))
    return redirect("landing")


def _account(request: HttpRequest, user: User, *, not_sure: str = "") -> HttpResponse:
    changing = request.method == "POST" and not not_sure
    form = NameForm(request.POST if changing else None, initial={"name": user.name})
    if changing and form.is_valid():
        try:
            rename_user(user=user, name=form.cleaned_data["name"])
        except Invalid as error:
            refused(form, error)
        else:
            messages.success(request, _("Others see your new name now."))
            return redirect("people:me")
    alone = Membership.objects.filter(user=user, removed_at=None, workspace__deleted_at=None).count()
    values = {"form": form, "not_sure": not_sure, "workshops": alone}
    return render(request, "people/me.html", values, status=422 if changing or not_sure else 200)
