"""Addresses of comparisons."""

from django.urls import include, path

from partners.value_fit.views import compare, numbers, pairs

comparison_patterns = (
    [
        path("<uuid:partnership_id>/compare/", compare.compare, name="compare"),
        path("<uuid:partnership_id>/grid/", numbers.grid, name="grid"),
        path("<uuid:partnership_id>/sums/<str:what>/", numbers.sums, name="sums"),
        path("<uuid:partnership_id>/menu/", compare.menu, name="menu"),
        path("<uuid:partnership_id>/pairs/", pairs.pair, name="pair"),
        path("<uuid:partnership_id>/ratings/", pairs.rating, name="rating"),
        path("<uuid:partnership_id>/unmatched/", pairs.unmatched, name="unmatched"),
        path("<uuid:partnership_id>/looked-through/", pairs.looked_through, name="looked-through"),
        path("<uuid:partnership_id>/same/", pairs.same, name="same"),
    ],
    "comparisons",
)

pair_patterns = (
    [
        path("<uuid:pair_id>/removal/", pairs.removal, name="removal"),
        path("<uuid:pair_id>/interest/", pairs.interest, name="interest"),
        path("<uuid:pair_id>/rating-removal/", pairs.rating_removal, name="rating-removal"),
        path("<uuid:pair_id>/confirmation/", pairs.confirmation, name="confirmation"),
    ],
    "pairs",
)

urlpatterns = [
    path("p/", include(comparison_patterns)),
    path("pairs/", include(pair_patterns)),
]
