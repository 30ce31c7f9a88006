"""Addresses of comparisons."""

from django.urls import include, path

from partners.value_fit.views import numbers

comparison_patterns = (
    [
        path("<uuid:partnership_id>/grid/", numbers.grid, name="grid"),
        path("<uuid:partnership_id>/sums/<str:what>/", numbers.sums, name="sums"),
    ],
    "comparisons",
)

urlpatterns = [path("p/", include(comparison_patterns))]
