"""The site map: every prefix and who serves it."""

from allauth.account.urls import urlpatterns as every_account_page
from django.conf import settings
from django.urls import include, path

from partners.people.mail import NEEDS_MAIL

accounts = [page for page in every_account_page if settings.HAS_EMAIL or page.name not in NEEDS_MAIL]

urlpatterns = [
    path("accounts/", include(accounts)),
    path("api/v1/", include("partners.api.urls")),
    path("", include("partners.urls")),
]

handler403 = "partners.overview.errors.forbidden"
handler404 = "partners.overview.errors.not_found"
handler500 = "partners.overview.errors.crashed"
