"""Small requests about created value: accepted, put into a business model, taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from partners.outcome import operations
from partners.outcome.forms import AcceptanceForm, cleaned
from partners.outcome.views.page import part
from partners.people.identity import identity_of
from partners.value_fit.access import sentence_for


@require_POST
def acceptance(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """Accept it, or take that back; what stays on a business model then is named."""
    seen, sentence = sentence_for(identity_of(request), sentence_id)
    values = cleaned(AcceptanceForm(request.POST))
    left: tuple[str, ...] = ()
    if values["accepted"]:
        operations.accept_created_value(seen=seen, sentence=sentence, into=values["into"])
    else:
        left = tuple(note.text for note in operations.take_acceptance_back(seen=seen, sentence=sentence).left)
    return part(request, seen.partnership.pk, "candidates", left=left)


@require_POST
def landing(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """Put it into the block that it changes."""
    seen, sentence = sentence_for(identity_of(request), sentence_id)
    into = cleaned(AcceptanceForm(request.POST))["into"]
    operations.put_into_model(seen=seen, sentence=sentence, into=into)
    return part(request, seen.partnership.pk, "candidates")
