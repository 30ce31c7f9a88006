"""What the pages beside Compare ask of the database, however large the comparison is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.workspaces.models import Membership
from tests.factories import Cast
from tests.value_fit.crowd import crowded_comparison

pytestmark = pytest.mark.django_db

AT_MOST = 12


@pytest.mark.parametrize("page", ["grid/", "grid/?filter=guesses&sort=met", "sums/start/"])
@pytest.mark.parametrize("who", ["ana", "carla"])
def test_a_page_beside_compare_costs_twelve_questions_at_most(cast: Cast, page: str, who: str) -> None:
    crowded_comparison(cast)
    client = cast.client(cast.members[who])
    Membership.objects.update(last_seen_at=None)
    with CaptureQueriesContext(connection) as questions:
        assert client.get(f"/p/{cast.with_delonghi.pk}/{page}").status_code == 200
    assert len(questions.captured_queries) <= AT_MOST
