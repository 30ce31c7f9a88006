"""Addresses of undo and redo."""

from django.urls import include, path

from partners.history import views

history_patterns = (
    [
        path("w/<uuid:workspace_id>/undo/", views.undo, name="undo"),
        path("w/<uuid:workspace_id>/redo/", views.redo, name="redo"),
    ],
    "history",
)

urlpatterns = [path("", include(history_patterns))]
