"""A workshop in the middle of everything, with others beside it, and every small request that can be sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from partners.canvases import operations as sheets
from partners.events.models import Event
from partners.hypotheses import operations as testing
from partners.hypotheses.models import BigQuestion, Iteration
from partners.outcome import operations as deciding
from partners.value_fit import operations as comparing
from partners.workspaces.operations import new_workshop
from tests.doors.sweeping import PLACE
from tests.hypotheses.conftest import Ideas
from tests.outcome.conftest import Outcome
from tests.remembering import remembered

VIEWS = (
    "partners.value_fit.views",
    "partners.outcome.views",
    "partners.hypotheses.views",
    "partners.facilitation.views",
)
SEALING = "partners.workspaces.views.sealing"
UNKNOWN = UUID(int=7)
JUNK: dict[str, str] = {
    "empty": "",
    "NUL": "a\x00b",
    "huge": "9" * 2000,
    "half a character": "\\ud800",
    "an unknown id": str(UNKNOWN),
}


@dataclass
class Site:
    """The two companies in the middle of everything, and another workshop of somebody else."""

    outcome: Outcome
    things: dict[str, list[UUID]]
    foreign: dict[str, list[UUID]]
    """Things of another partnership, another workshop, or that are deleted."""

    def client(self) -> Client:
        return self.outcome.cast.client(self.outcome.cast.ana)


def furnish(outcome: Outcome) -> Site:
    """Fill the workshop, and others beside it."""
    cast, table = outcome.cast, outcome.table
    pair = table.agree(table.licence, table.system)
    apart = table.agree(table.marketing, table.shelf)
    comparing.remove_pair(seen=table.seen(cast.bo), pair=apart)
    said, dropped = outcome.created(), outcome.created("Dropped")
    comparing.remove_sentence(seen=table.seen(cast.bo), sentence=dropped)
    step, done_with = outcome.step(), outcome.step("Dropped")
    deciding.remove_step(seen=table.seen(cast.bo), step=done_with)
    sheets.delete_note(sheet=cast.seen(cast.ana, table.brand.canvas), note=table.brand)
    ideas = Ideas(table)
    idea, forgotten = ideas.add(), ideas.add(title="Forgotten")
    tested, learned = ideas.started(idea), ideas.card(idea)
    untested, unlearned = ideas.test(forgotten), ideas.card(forgotten)
    testing.remove_idea(seen=table.seen(cast.bo), idea=forgotten)
    (iteration, past), (question, unasked) = _rhythm(ideas)
    theirs = new_workshop(user=cast.finn, title="Elsewhere", company="Acme", partner="Zenith", customer_segment="All")
    rival = cast.note("Elsewhere", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="value_offer")
    here = {"pair_id": [pair.pk], "sentence_id": [said.pk], "step_id": [step.pk]}
    here |= {"idea_id": [idea.pk], "test_id": [tested.pk], "card_id": [learned.pk]}
    here |= {"partnership_id": [cast.with_delonghi.pk], "workspace_id": [cast.workspace.pk]}
    here |= {"iteration_id": [iteration.pk], "question_id": [question.pk]}
    gone = {"pair_id": [apart.pk], "sentence_id": [dropped.pk], "step_id": [done_with.pk]}
    gone |= {"idea_id": [forgotten.pk], "test_id": [untested.pk], "card_id": [unlearned.pk]}
    gone |= {"iteration_id": [past.pk], "question_id": [unasked.pk]}
    gone |= {"partnership_id": [theirs.partnership.pk], "workspace_id": [theirs.workspace.pk]}
    gone |= {"note": [table.brand.pk, rival.pk], "organisation": [cast.breville.pk, theirs.partnership.first_id]}
    return Site(outcome, here, gone)


def _rhythm(ideas: Ideas) -> tuple[list[Iteration], list[BigQuestion]]:
    """Two iterations and two big questions; the second of each is deleted."""
    seen, day = ideas.table.seen(ideas.cast.bo), date(2026, 5, 4)
    days = [day, day + timedelta(weeks=1)]
    iterations = [testing.plan_iteration(seen=seen, name="May", starts_on=each, ends_on=each) for each in days]
    questions = [testing.ask_question(seen=seen, text="Who pays?") for _turn in range(2)]
    testing.remove_iteration(seen=seen, iteration=iterations[1])
    testing.remove_question(seen=seen, question=questions[1])
    return iterations, questions


furnished_again = remembered(furnish)


def addresses(things: dict[str, list[UUID]]) -> list[str]:
    """Every address that takes a POST of these features, with some things filled in."""
    found = []
    for route in _routes(get_resolver().url_patterns):
        names = PLACE.findall(route)
        for values in product(*(things.get(name, []) for name in names)):
            filled = dict(zip(names, values, strict=True))
            found.append("/" + PLACE.sub(lambda match: str(filled[match[1]]), route))  # noqa: B023 - used up at once
    return [address for address in found if not address.startswith("/join/")]


def _routes(patterns: Any, before: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            module = each.callback.__module__
            if module == SEALING or module.startswith(VIEWS):
                yield before + str(each.pattern)


def send(client: Client, address: str, fields: dict[str, Any]) -> tuple[int, str, int]:
    """The status, the text and how much was recorded, of a request that leaves all as it was."""
    before = Event.objects.count()
    with transaction.atomic():
        answer = client.post(address, fields, headers={"HX-Request": "true"})
        recorded = Event.objects.count() - before
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode(), recorded
