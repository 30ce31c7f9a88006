"""Addresses of undo and redo, and of what was."""

from django.urls import include, path

from partners.history.views import undoing, versions

history_patterns = (
    [
        path("w/<uuid:workspace_id>/undo/", undoing.undo, name="undo"),
        path("w/<uuid:workspace_id>/redo/", undoing.redo, name="redo"),
        path("notes/<uuid:note_id>/versions/", versions.versions, name="versions"),
        path("notes/<uuid:note_id>/versions/<int:number>/restoration/", versions.restoration, name="version"),
    ],
    "history",
)

urlpatterns = [path("", include(history_patterns))]
