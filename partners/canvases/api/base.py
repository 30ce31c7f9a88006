"""What lists of sheets, notes and comments share: their filters name the workspace too."""

from __future__ import annotations

from uuid import UUID

from partners.base.errors import NotFound
from partners.canvases.access import canvas_for, note_for
from partners.workspaces.access import Viewer, partnership_for, viewer_in
from partners.workspaces.api.base import Listing
from partners.workspaces.models import Partnership


class SheetListing(Listing):
    """A resource on sheets: `?canvas=`, `?partnership=` or `?note=` say which workspace is meant."""

    def scoping_filters(self) -> tuple[str, ...]:
        """The filters that this list has, of those that name a workspace."""
        known = self.filterset_class.base_filters
        return tuple(name for name in ("canvas", "partnership", "note") if name in known)

    def viewer_by(self, name: str, thing_id: UUID) -> Viewer:
        """Return the asker as a viewer of the workspace of a sheet, partnership or note; raises `NotFound`."""
        if name == "canvas":
            return canvas_for(self.identity, thing_id).viewer
        if name == "note":
            return note_for(self.identity, thing_id)[0].viewer
        workspace_id = Partnership.objects.filter(pk=thing_id).values_list("workspace_id", flat=True).first()
        if workspace_id is None:
            raise NotFound
        viewer = viewer_in(self.identity, workspace_id)
        partnership_for(viewer, thing_id)
        return viewer
