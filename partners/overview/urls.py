"""Addresses of the first pages, and of the whole namespace `workspaces` (see `workspaces.urls`)."""

from django.urls import include, path

from partners.base.joined import joined
from partners.overview.offline import offline, service_worker
from partners.overview.views import calendar, examples, first, home
from partners.workspaces.urls import workspace_patterns

pages = [
    path("workshops/", first.mine, name="mine"),
    path("w/<uuid:workspace_id>/", home.home, name="home"),
    path("w/<uuid:workspace_id>/activity/", home.activity, name="activity"),
    path("w/<uuid:workspace_id>/calendar/", calendar.calendar, name="calendar"),
    path("w/<uuid:workspace_id>/calendar/link/", calendar.link, name="calendar-link"),
    path("w/<uuid:workspace_id>/find/", home.found, name="find"),
    path("w/<uuid:workspace_id>/reset/", examples.reset, name="reset"),
]

urlpatterns = [
    path("", first.landing, name="landing"),
    path("offline/", offline, name="offline"),
    path("joined/<slug:version>/<path:name>", joined, name="joined"),
    path("sw.js", service_worker, name="service-worker"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("examples/<slug:slug>/copy/", examples.copy, name="copy-example"),
    path("", include(([*pages, *workspace_patterns], "workspaces"))),
]
