"""Addresses of the REST interface, under `/api/v1/`."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from rest_framework.routers import SimpleRouter

from partners.api.events import Events
from partners.api.views import docs, schema
from partners.base.errors import NotFound
from partners.base.rest import answer_json_error
from partners.canvases.api.canvases import Blocks, Canvases
from partners.canvases.api.comments import Comments
from partners.canvases.api.note_actions import NotesAndMore
from partners.exports.api import Exports
from partners.facilitation.api.session import Sessions
from partners.history.api import Past
from partners.hypotheses.api.ideas import Ideas
from partners.hypotheses.api.learning import Experiments, Learnings
from partners.hypotheses.api.rhythm import Iterations, Questions
from partners.hypotheses.api.testing import Tests
from partners.hypotheses.api.timeline import TimelineLines
from partners.outcome.api.acceptance import Acceptances
from partners.outcome.api.outcomes import Outcomes
from partners.outcome.api.steps import Steps
from partners.value_fit.api.declarations import Declarations
from partners.value_fit.api.fit import Fit
from partners.value_fit.api.pairs import Pairs
from partners.value_fit.api.rounds import Rounds
from partners.value_fit.api.sentences import Sentences
from partners.workspaces.api.members import Members
from partners.workspaces.api.network import Organisations, Partnerships
from partners.workspaces.api.workspaces import Workspaces

app_name = "api"


@csrf_exempt
def unknown(request: HttpRequest) -> JsonResponse:
    """Say as JSON that there is no such address, to a program that has no security cookie too."""
    return answer_json_error(NotFound())


router = SimpleRouter(use_regex_path=False)
router.register("workspaces", Workspaces, "workspace")
router.register("organisations", Organisations, "organisation")
router.register("partnerships", Partnerships, "partnership")
router.register("members", Members, "member")
router.register("canvases", Canvases, "canvas")
router.register("notes", NotesAndMore, "note")
router.register("comments", Comments, "comment")
router.register("pairs", Pairs, "pair")
router.register("declarations", Declarations, "declaration")
router.register("sentences", Sentences, "sentence")
router.register("rounds", Rounds, "round")
router.register("steps", Steps, "step")
router.register("hypotheses", Ideas, "hypothesis")
router.register("tests", Tests, "test")
router.register("learnings", Learnings, "learning")
router.register("iterations", Iterations, "iteration")
router.register("questions", Questions, "question")

urlpatterns = [
    path("", include(router.urls)),
    path("blocks/", Blocks.as_view({"get": "list"}), name="block-list"),
    path("experiments/", Experiments.as_view({"get": "retrieve"}), name="experiments"),
    path("partnerships/<uuid:id>/fit/", Fit.as_view({"get": "retrieve"}), name="partnership-fit"),
    path(
        "partnerships/<uuid:id>/outcome/",
        Outcomes.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="partnership-outcome",
    ),
    path(
        "partnerships/<uuid:id>/outcome/assents/<uuid:organisation>/",
        Outcomes.as_view({"put": "assent", "delete": "assent"}),
        name="partnership-assent",
    ),
    path(
        "sentences/<uuid:id>/acceptance/",
        Acceptances.as_view({"put": "acceptance", "delete": "acceptance"}),
        name="sentence-acceptance",
    ),
    path("sentences/<uuid:id>/landing/", Acceptances.as_view({"put": "landing"}), name="sentence-landing"),
    path(
        "workspaces/<uuid:id>/session/",
        Sessions.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="workspace-session",
    ),
    path("workspaces/<uuid:id>/session/minute/", Sessions.as_view({"post": "minute"}), name="session-minute"),
    path("workspaces/<uuid:id>/session/gathering/", Sessions.as_view({"post": "gathering"}), name="session-gathering"),
    path("notes/<uuid:id>/versions/", Past.as_view({"get": "versions"}), name="note-versions"),
    path("canvases/<uuid:id>/moments/", Past.as_view({"get": "moments"}), name="canvas-moments"),
    path("canvases/<uuid:id>/moments/<int:moment>/", Past.as_view({"get": "moment"}), name="canvas-moment"),
    path("events/", Events.as_view({"get": "list"}), name="event-list"),
    path("timeline/", TimelineLines.as_view({"get": "list"}), name="timeline-list"),
    path("workspaces/<uuid:id>/export/", Exports.as_view({"get": "workspace"}), name="workspace-export"),
    path("workspaces/<uuid:id>/notes.csv", Exports.as_view({"get": "notes"}), name="workspace-notes"),
    path("workspaces/<uuid:id>/matches.csv", Exports.as_view({"get": "matches"}), name="workspace-matches"),
    path("workspaces/<uuid:id>/findings.csv", Exports.as_view({"get": "findings"}), name="workspace-findings"),
    path("workspaces/<uuid:id>/hypotheses.csv", Exports.as_view({"get": "hypotheses"}), name="workspace-hypotheses"),
    path("canvases/<uuid:id>/export/", Exports.as_view({"get": "canvas"}), name="canvas-export"),
    path("docs/", docs, name="docs"),
    path("schema/", schema, name="schema"),
    re_path(r"^.*$", unknown),
]
