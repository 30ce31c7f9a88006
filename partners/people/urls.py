"""Addresses of accounts; sign-in and sign-up themselves are allauth's, under `/accounts/`."""

from django.urls import path

from partners.people.views import signin

urlpatterns = [path("signin/<str:token>/", signin.by_link, name="signin-link")]
