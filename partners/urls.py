"""The product's addresses, a feature a line; they are tried in this order, so what is sent most often stands first."""

from django.urls import include, path

from partners.overview.gallery import gallery

urlpatterns = [
    path("", include("partners.canvases.urls")),
    path("", include("partners.overview.urls")),
    path("", include("partners.people.urls")),
    path("", include("partners.workspaces.urls")),
    path("", include("partners.value_fit.urls")),
    path("", include("partners.hypotheses.urls")),
    path("", include("partners.outcome.urls")),
    path("", include("partners.facilitation.urls")),
    path("", include("partners.history.urls")),
    path("", include("partners.live.urls")),
    path("", include("partners.api.pages_urls")),
    path("gallery/", gallery, name="gallery"),
]
