"""Where pages say that their reader is there. Never logged; the answer says nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from partners.base.errors import Invalid
from partners.canvases.access import canvases_seen_of
from partners.live import presence
from partners.live.forms import SightingForm
from partners.people.identity import identity_of
from partners.workspaces.access import viewer_in


@require_POST
def presence_of(request: HttpRequest) -> HttpResponse:
    """Tell everybody who may see this person where they are; a sheet that is not theirs to see is left out."""
    form = SightingForm(request.POST)
    if not form.is_valid():
        raise Invalid("", fields=form.errors)
    said = form.cleaned_data
    viewer = viewer_in(identity_of(request), said["workspace"])
    if viewer.member is None:
        return HttpResponse(status=204)
    canvas = canvases_seen_of(viewer.audience, [said["canvas"]] if said["canvas"] else [])
    presence.announce(
        presence.Sighting(
            workspace_id=viewer.workspace.pk,
            member_id=viewer.member.pk,
            organisation_id=viewer.organisation_id,
            name=viewer.member.name,
            colour=viewer.member.colour,
            page=said["page"],
            canvas_id=said["canvas"] if canvas else None,
            block=said["block"] if canvas else "",
            note_id=said["note"] if canvas else None,
            state=presence.State(said["state"]),
            word=said["word"] or 0,
        )
    )
    return HttpResponse(status=204)
