"""Small requests about the decision."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from partners.base.errors import Conflict, Invalid
from partners.outcome import operations
from partners.outcome.forms import AssentForm, DecisionForm, WordsForm, cleaned
from partners.outcome.views.page import part
from partners.people.identity import identity_of
from partners.value_fit.access import comparison_for
from partners.workspaces.meanwhile import Rewordings, merged_edit
from partners.workspaces.views.merged import merged_toast


@require_POST
def decision(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Go on, adapt or stop."""
    seen = comparison_for(identity_of(request), partnership_id)
    operations.decide(seen=seen, verdict=cleaned(DecisionForm(request.POST))["verdict"])
    return part(request, partnership_id, "choice")


@require_POST
def reason(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Why; both versions come back where two people changed the same words."""
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(WordsForm(request.POST))
    try:
        explained = operations.explain(seen=seen, text=values["text"], base_version=values["base_version"])
    except (Conflict, Invalid) as mistake:
        typed = {"text": mistake.details.get("yours", values["text"])}  # with what others changed elsewhere in it
        return part(request, partnership_id, "why", status=mistake.status, editing="why", mistake=mistake, typed=typed)
    merged = merged_edit(
        seen.viewer,
        Rewordings(explained.pk, "decision_explained"),
        newest=explained.why_version,
        typed=values["text"],
        version=values["base_version"],
    )
    return part(request, partnership_id, "why", merged_toast(explained.pk, merged, seen.viewer))


@require_POST
def assent(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A company's yes."""
    seen = comparison_for(identity_of(request), partnership_id)
    values = cleaned(AssentForm(request.POST))
    operations.assent(
        seen=seen,
        organisation_id=values["organisation"],
        given=values["given"],
        verdict=values["verdict"] or None,
        version=values["version"],
    )
    return part(request, partnership_id, "choice")
