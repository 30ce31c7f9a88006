"""Examples: one more of one's own, and one put back as it was delivered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.examples import operations
from partners.examples.queries import example_cards
from partners.people.models import User
from partners.workspaces.views.shell import enter


@require_POST
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the example one's own: the first time as it is, later as a copy beside it."""
    user = request.user
    if not isinstance(user, User):
        return redirect("account_login")
    has_one = any(card.slug == slug and card.workspace_id for card in example_cards(user))
    made = operations.copy_example(slug, user) if has_one else operations.load(slug, user)
    return redirect("workspaces:home", made.pk)


@require_POST
def reset(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Put an example back as it was delivered (facilitators)."""
    viewer, _cursor = enter(request, workspace_id)
    operations.reset(viewer=viewer)
    messages.success(request, _("The example is as it was delivered."))
    return redirect("workspaces:home", workspace_id)
