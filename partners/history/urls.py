"""Addresses of undo and redo, and of what was."""

from django.urls import include, path

from partners.history.views import moments, trash, undoing, versions

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
        path("w/<uuid:workspace_id>/trash/", trash.trash, name="trash"),
        path("w/<uuid:workspace_id>/trash/restoration/", trash.restoration, name="trash-restoration"),
        path("w/<uuid:workspace_id>/trash/emptying/", trash.emptying, name="emptying"),
        path("w/<uuid:workspace_id>/deletion/for-good/", trash.workshop, name="for-good"),
    ],
    "history",
)

urlpatterns = [path("", include(history_patterns))]
