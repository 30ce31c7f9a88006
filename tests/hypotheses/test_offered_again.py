"""A form that came back because two people changed the same words is saved as it came: all of mine stands."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.db.models import Model

from partners.hypotheses import operations
from tests.hypotheses.conftest import Ideas
from tests.hypotheses.test_pages import HTMX, client
from tests.hypotheses.test_pages_of_cards import learned

READ = "our red shop sells big pods"
MINE = "their red shop sells small pods"
THEIRS = "our red shop sells huge pods"
FILLED = re.compile(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]+)</textarea>')
DRAWN_WITH = re.compile(r'name="(base-\w+)" value="([^"]*)"')


def saved_as_offered(ideas: Ideas, address: str, sent: dict[str, Any]) -> int:
    """Save a form, which is refused, and then what came back; returns how that went."""
    bo = client(ideas)
    refused = bo.post(address, sent, headers=HTMX)
    page = unescape(refused.content.decode())
    assert refused.status_code == 409
    return bo.post(
        address, sent | dict(FILLED.findall(page)) | dict(DRAWN_WITH.findall(page)), headers=HTMX
    ).status_code


def stands(thing: Model, field: str) -> Any:
    thing.refresh_from_db()
    return getattr(thing, field)


def test_of_an_idea(ideas: Ideas) -> None:
    idea, carla = ideas.add(words={"new_value": "pods", "segment": READ}), ideas.table.seen(ideas.cast.carla)
    operations.reword_idea(seen=carla, idea=idea, words={"segment": THEIRS})
    sent = {"segment": MINE, "base-segment": READ}
    assert saved_as_offered(ideas, f"/ideas/{idea.pk}/words/", sent) == 200
    assert stands(idea, "words")["segment"] == MINE


def test_of_a_learning_card(ideas: Ideas) -> None:
    idea, carla = ideas.add(), ideas.table.seen(ideas.cast.carla)
    ideas.test(idea)
    card = ideas.card(idea, observed=READ)
    operations.change_card(seen=carla, card=card, observed=THEIRS)
    sent = learned() | {"observed": MINE, "base-observed": READ}
    assert saved_as_offered(ideas, f"/ideas/{idea.pk}/learning/{card.pk}/", sent) == 302
    assert stands(card, "observed") == MINE


def test_of_a_big_question(ideas: Ideas) -> None:
    bo, carla = ideas.table.seen(ideas.cast.bo), ideas.table.seen(ideas.cast.carla)
    question = operations.ask_question(seen=bo, text=READ)
    operations.change_question(seen=carla, question=question, text=THEIRS)
    sent = {"text": MINE, "base-text": READ}
    assert saved_as_offered(ideas, f"/questions/{question.pk}/", sent) == 200
    assert stands(question, "text") == MINE
