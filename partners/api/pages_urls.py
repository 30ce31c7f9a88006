"""Addresses of the pages about the REST interface."""

from django.urls import path

from partners.api import views

app_name = "tokens"

urlpatterns = [
    path("me/tokens/", views.tokens, name="tokens"),
    path("me/tokens/<str:key>/revocation/", views.revocation, name="revocation"),
]
