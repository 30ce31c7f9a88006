"""Addresses of arriving and of the room."""

from django.urls import include, path

from partners.facilitation.views import join, room, session

facilitation_patterns = (
    [
        path("room/<str:token>/", room.room, name="room"),
        path("room/<str:token>/marks/", room.marks, name="room-marks"),
        path("room/<str:token>/page/", room.page, name="room-page"),
        path("room/<str:token>/now/", room.now, name="room-now"),
        path("room/<str:token>/timer/", room.timer, name="room-timer"),
        path("w/<uuid:workspace_id>/show/", room.show, name="show"),
        path("w/<uuid:workspace_id>/session/", session.session, name="session"),
    ],
    "facilitation",
)

urlpatterns = [
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_with, name="join-with"),
    path("", include(facilitation_patterns)),
]
