"""Addresses of comparisons."""

from django.urls import include, path

from partners.value_fit.views import compare, numbers, pairs, rounds, sentences

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
        path("<uuid:partnership_id>/sentences/", sentences.sentences, name="sentences"),
        path("<uuid:partnership_id>/rounds/", rounds.rounds, name="rounds"),
        path("<uuid:partnership_id>/rounds/<int:number>/", rounds.moved, name="moved"),
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

sentence_patterns = (
    [
        path("<uuid:sentence_id>/", sentences.sentence, name="sentence"),
        path("<uuid:sentence_id>/edit/", sentences.edit, name="edit"),
        path("<uuid:sentence_id>/menu/", sentences.menu, name="menu"),
        path("<uuid:sentence_id>/diff/", sentences.diff, name="diff"),
        path("<uuid:sentence_id>/fields/", sentences.fields, name="fields"),
        path("<uuid:sentence_id>/consent/", sentences.consent, name="consent"),
        path("<uuid:sentence_id>/removal/", sentences.removal, name="removal"),
    ],
    "sentences",
)

urlpatterns = [
    path("p/", include(comparison_patterns)),
    path("pairs/", include(pair_patterns)),
    path("sentences/", include(sentence_patterns)),
]
