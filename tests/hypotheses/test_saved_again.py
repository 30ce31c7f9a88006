"""A form gone back to, changed and saved again: what was typed is not lost to what was saved under the form's id."""

from __future__ import annotations

import re
from typing import Any

import pytest

from partners.hypotheses.models import LearningCard, SynergyHypothesis, TestCard
from tests.hypotheses.conftest import WORDS, Ideas
from tests.hypotheses.test_pages import client, home, main_of, values_in
from tests.hypotheses.test_pages_of_cards import described, learned

__all__ = ["home"]


@pytest.mark.parametrize(
    ("form", "sent", "typed"),
    [
        ("", described() | WORDS, {"new_value": "Another system"}),
        ("tests/", described(), {"criterion": "90 of 100"}),
        ("learning/", learned(), {"observed": "12 of 100"}),
    ],
    ids=["idea", "test", "card"],
)
def test_keeps_both(ideas: Ideas, home: str, form: str, sent: dict[str, Any], typed: dict[str, str]) -> None:
    bo, idea = client(ideas), ideas.add()
    ideas.test(idea)
    made = {"": SynergyHypothesis, "tests/": TestCard, "learning/": LearningCard}[form]._default_manager
    address, before = f"/ideas/{idea.pk}/{form}" if form else f"{home}/", made.count()
    assert bo.post(address, sent).status_code == 302
    answer = bo.post(address, sent | typed)
    page = main_of(answer)
    assert answer.status_code == 409
    assert "This was made already, with other words. Save again to keep yours beside it." in page
    assert typed.items() <= values_in(page).items()
    (other,) = re.findall(r'name="id" value="([^"]+)"', page)
    assert bo.post(address, sent | typed | {"id": other}).status_code == 302
    assert made.count() == before + 2
