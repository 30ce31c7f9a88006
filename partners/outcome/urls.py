"""Addresses of outcomes."""

from django.urls import include, path

from partners.outcome.views import acceptance, decisions, page, report, steps

outcome_patterns = (
    [
        path("p/<uuid:partnership_id>/outcome/", page.outcome, name="outcome"),
        path("p/<uuid:partnership_id>/report/", report.report, name="report"),
        path("p/<uuid:partnership_id>/decision/", decisions.decision, name="decision"),
        path("p/<uuid:partnership_id>/decision/reason/", decisions.reason, name="reason"),
        path("p/<uuid:partnership_id>/decision/assent/", decisions.assent, name="assent"),
        path("p/<uuid:partnership_id>/steps/", steps.add, name="steps"),
        path("steps/<uuid:step_id>/", steps.step, name="step"),
        path("steps/<uuid:step_id>/tick/", steps.tick, name="tick"),
        path("steps/<uuid:step_id>/position/", steps.position, name="position"),
        path("steps/<uuid:step_id>/removal/", steps.removal, name="removal"),
        path("sentences/<uuid:sentence_id>/acceptance/", acceptance.acceptance, name="acceptance"),
        path("sentences/<uuid:sentence_id>/landing/", acceptance.landing, name="landing"),
    ],
    "outcomes",
)

urlpatterns = [path("", include(outcome_patterns))]
