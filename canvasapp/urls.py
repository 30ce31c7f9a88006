"""The site map: every prefix and who serves it."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include("partners.api.urls")),
    path("", include("partners.urls")),
]

handler403 = "partners.overview.errors.forbidden"
handler404 = "partners.overview.errors.not_found"
handler500 = "partners.overview.errors.crashed"
