"""What Compare, with sentences and yeses, and the pages beside it ask of the database, however large they are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import Cast
from tests.value_fit.crowd import crowded_again

pytestmark = pytest.mark.django_db

AT_MOST = 12


@pytest.mark.parametrize(
    "page", ["grid/", "grid/?filter=guesses&sort=met", "sums/start/", "sentences/", "rounds/", "compare/"]
)
@pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
@pytest.mark.parametrize("who", ["ana", "carla"])
def test_a_page_costs_twelve_questions_at_most(cast: Cast, page: str, who: str) -> None:
    crowded_again(cast)
    client = cast.client(cast.members[who])
    client.get(f"/p/{cast.with_delonghi.pk}/models/start/")
    with CaptureQueriesContext(connection) as questions:
        assert client.get(f"/p/{cast.with_delonghi.pk}/{page}").status_code == 200
    assert len(questions.captured_queries) <= AT_MOST
