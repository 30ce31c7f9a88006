"""Addresses of joint ideas to test, and of the rhythm they are tested in."""

from django.urls import include, path

from partners.hypotheses.views import (
    asking,
    board,
    ideas,
    learning,
    marked,
    page,
    partnership,
    rhythm,
    testing,
    timeline,
)

rhythm_patterns = [
    path("iterations/<uuid:iteration_id>/", rhythm.iteration, name="iteration"),
    path("iterations/<uuid:iteration_id>/removal/", rhythm.iteration_removal, name="iteration-removal"),
    path("iterations/<uuid:iteration_id>/reopening/", rhythm.reopening, name="reopening"),
    path("iterations/<uuid:iteration_id>/review/", rhythm.review, name="review"),
    path("p/<uuid:partnership_id>/iterations/", rhythm.iterations, name="iterations"),
    path("p/<uuid:partnership_id>/questions/", rhythm.questions, name="questions"),
    path("p/<uuid:partnership_id>/rhythm/", rhythm.rhythm, name="rhythm"),
    path("questions/<uuid:question_id>/", rhythm.question, name="question"),
    path("questions/<uuid:question_id>/answer/", rhythm.answer, name="answer"),
    path("questions/<uuid:question_id>/removal/", rhythm.question_removal, name="question-removal"),
]

idea_patterns = (
    [
        *rhythm_patterns,
        path("ideas/<uuid:idea_id>/", page.idea, name="idea"),
        path("ideas/<uuid:idea_id>/drop/", ideas.drop, name="drop"),
        path("ideas/<uuid:idea_id>/flag/", ideas.flag, name="flag"),
        path("ideas/<uuid:idea_id>/going-on/", ideas.going_on, name="going-on"),
        path("ideas/<uuid:idea_id>/importance/", board.importance, name="importance"),
        path("ideas/<uuid:idea_id>/learning/", learning.learning, name="learning"),
        path("ideas/<uuid:idea_id>/learning/<uuid:card_id>/", learning.card, name="card"),
        path("ideas/<uuid:idea_id>/learning/<uuid:card_id>/acceptance/", learning.acceptance, name="acceptance"),
        path("ideas/<uuid:idea_id>/learning/<uuid:card_id>/asking/", asking.asking, name="asking"),
        path(
            "ideas/<uuid:idea_id>/learning/<uuid:card_id>/asking/<uuid:request_id>/end/",
            asking.ending,
            name="asking-end",
        ),
        path("ideas/<uuid:idea_id>/learning/<uuid:card_id>/removal/", learning.removal, name="card-removal"),
        path("ideas/<uuid:idea_id>/marks/", ideas.marks, name="marks"),
        path("ideas/<uuid:idea_id>/removal/", ideas.removal, name="removal"),
        path("ideas/<uuid:idea_id>/taking-up/", ideas.taking_up, name="taking-up"),
        path("ideas/<uuid:idea_id>/tests/", testing.tests, name="tests"),
        path("ideas/<uuid:idea_id>/tests/<uuid:test_id>/", testing.test, name="test"),
        path("ideas/<uuid:idea_id>/tests/<uuid:test_id>/count/", testing.count, name="count"),
        path("ideas/<uuid:idea_id>/tests/<uuid:test_id>/end/", testing.end, name="end"),
        path("ideas/<uuid:idea_id>/tests/<uuid:test_id>/removal/", testing.removal, name="test-removal"),
        path("ideas/<uuid:idea_id>/tests/<uuid:test_id>/start/", testing.start, name="start"),
        path("ideas/<uuid:idea_id>/words/", ideas.words, name="words"),
        path("p/<uuid:partnership_id>/ideas/", partnership.ideas, name="ideas"),
        path("p/<uuid:partnership_id>/ideas/check/", ideas.check, name="check"),
        path("p/<uuid:partnership_id>/ideas/filled/", ideas.filled, name="filled"),
        path("p/<uuid:partnership_id>/ideas/new/", ideas.new, name="new"),
        path("p/<uuid:partnership_id>/learning/", timeline.of_partnership, name="timeline"),
        path("w/<uuid:workspace_id>/ideas/", board.of_workshop, name="workshop"),
        path("w/<uuid:workspace_id>/ideas/marks/", marked.marked, name="marked"),
        path("w/<uuid:workspace_id>/learning/", timeline.of_workshop, name="workshop-timeline"),
    ],
    "ideas",
)

urlpatterns = [path("", include(idea_patterns))]
