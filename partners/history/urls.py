"""Addresses of undo and redo, and of what was."""

from django.urls import include, path

from partners.history.views import moments, undoing, versions

history_patterns = (
    [
        path("w/<uuid:workspace_id>/undo/", undoing.undo, name="undo"),
        path("w/<uuid:workspace_id>/redo/", undoing.redo, name="redo"),
        path("notes/<uuid:note_id>/versions/", versions.versions, name="versions"),
        path("notes/<uuid:note_id>/versions/<int:number>/restoration/", versions.restoration, name="version"),
        path("canvases/<uuid:canvas_id>/moments/", moments.moments, name="moments"),
        path("canvases/<uuid:canvas_id>/moments/compared/", moments.compared, name="compared"),
        path("canvases/<uuid:canvas_id>/moments/<int:moment>/restoration/", moments.restoration, name="moment"),
        path("canvases/<uuid:canvas_id>/moments/<int:moment>/copy/", moments.copy, name="moment-copy"),
    ],
    "history",
)

urlpatterns = [path("", include(history_patterns))]
