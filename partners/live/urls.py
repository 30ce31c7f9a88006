"""Where pages report presence. The stream itself, `/live/…`, is answered by the ASGI entry before Django."""

from django.urls import path

from partners.live import views

app_name = "live"
urlpatterns = [path("presence/", views.presence_of, name="presence")]
