"""Addresses of sheets and notes."""

from django.urls import include, path

from partners.canvases.views import notes, places, sheets, talk

canvas_patterns = (
    [
        path("<uuid:canvas_id>/notes/", notes.add, name="add"),
        path("<uuid:canvas_id>/paste/", notes.paste, name="paste"),
        path("<uuid:canvas_id>/lock/", sheets.lock, name="lock"),
    ],
    "canvases",
)

note_patterns = (
    [
        path("many/", notes.many, name="many"),
        path("<uuid:note_id>/", notes.note, name="note"),
        path("<uuid:note_id>/edit/", notes.edit, name="edit"),
        path("<uuid:note_id>/meanwhile/", notes.meanwhile, name="meanwhile"),
        path("<uuid:note_id>/menu/", notes.menu, name="menu"),
        path("<uuid:note_id>/position/", notes.position, name="position"),
        path("<uuid:note_id>/look/", notes.look, name="look"),
        path("<uuid:note_id>/copy/", notes.copy, name="copy"),
        path("<uuid:note_id>/deletion/", notes.deletion, name="deletion"),
        path("<uuid:note_id>/restoration/", notes.restoration, name="restoration"),
        path("<uuid:note_id>/thumb/", talk.thumb, name="thumb"),
        path("<uuid:note_id>/taking/", talk.taking, name="taking"),
        path("<uuid:note_id>/confirmation/", talk.confirmation, name="confirmation"),
        path("<uuid:note_id>/comments/", talk.comments, name="comments"),
    ],
    "notes",
)

partnership_patterns = (
    [
        path("<uuid:partnership_id>/", places.start, name="start"),
        path("<uuid:partnership_id>/models/", places.models, name="models"),
        path("<uuid:partnership_id>/models/<str:side>/", places.models, name="model"),
        path("<uuid:partnership_id>/sketch/", places.sketch, name="sketch"),
        path("<uuid:partnership_id>/sketch/<str:side>/", places.sketch, name="sheet"),
    ],
    "partnerships",
)

urlpatterns = [
    path("canvases/", include(canvas_patterns)),
    path("notes/", include(note_patterns)),
    path("comments/<uuid:comment_id>/deletion/", talk.comment_deletion, name="comment-deletion"),
    path("p/", include(partnership_patterns)),
]
