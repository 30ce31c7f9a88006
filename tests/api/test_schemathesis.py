"""Made-up calls to every operation of the schema, as the facilitator's program and with real ids: nothing breaks.

Each call runs inside a savepoint that is rolled back, so that the ids stay real however much is deleted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from partners.hypotheses.operations import ask_question, plan_iteration, retire_idea
from tests.api.conftest import Program
from tests.factories import Cast
from tests.hypotheses.conftest import Ideas
from tests.outcome.conftest import Outcome
from tests.value_fit.conftest import lay_table

CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]
EXAMPLES = {schemathesis.GenerationMode.POSITIVE: 7, schemathesis.GenerationMode.NEGATIVE: 3}
ANSWERED = 0.8
SEVERAL = frozenset({"partnerships", "carries", "notes", "pairs", "tests", "ideas"})
"""Fields that hold a list of ids."""

pytestmark = pytest.mark.schemathesis


@dataclass
class World:
    """Real ids, by the names that the schema gives to references."""

    cast: Cast
    ids: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast) -> World:
        """A workshop with something of everything."""
        model, sheet = cast.model(cast.nespresso), cast.sheet(cast.with_delonghi, cast.nespresso)
        notes = [cast.note("Club membership", tags=["club"]), cast.note("Trust", canvas=sheet, block="intent")]
        comment = Program(cast.client(cast.ana)).post("comments/", {"note": str(notes[0].pk), "text": "Since 1989"})
        things: dict[str, list[Any]] = {
            "workspace": [cast.workspace],
            "organisation": [cast.nespresso, cast.delonghi, cast.breville],
            "partnership": [cast.with_delonghi, cast.with_breville],
            "canvas": [model, sheet],
            "note": notes,
            "member": [cast.bo, cast.carla, cast.dan],
        }
        ids = {name: [str(thing.pk) for thing in found] for name, found in things.items()}
        ids |= {"comment": [comment["id"]], "author": ids["member"], "source_note": ids["note"], "thing": ids["note"]}
        ids |= cls._compared(cast)
        ids |= {"notes": ids["offer"], "pairs": ids["pair"]}
        # The two that have no partnership yet.
        ids |= {"first": [str(cast.delonghi.pk)], "second": [str(cast.breville.pk)], "partnerships": ids["partnership"]}
        return cls(cast, ids)

    @staticmethod
    def _compared(cast: Cast) -> dict[str, list[str]]:
        """Something of everything that two companies compare; one created value is ready, another one accepted."""
        ana, table = Program(cast.client(cast.ana)), lay_table(cast)
        outcome = Outcome(table)
        ready, accepted, step = outcome.agreed(), outcome.created("Accepted"), outcome.step(by=cast.ana)
        outcome.both_say_yes(accepted)
        outcome.accept(accepted)
        about = {"partnership": str(cast.with_delonghi.pk)}
        unmatched = {"kind": "unmatched", "note": str(table.design.pk)}
        ana.patch(f"partnerships/{cast.with_delonghi.pk}/outcome/", {"verdict": "go_on"}, if_match="*")
        made = {
            "pair": ana.post("pairs/", {"offer": str(table.brand.pk), "need": str(table.pull.pk)}),
            "declaration": ana.post("declarations/", about | unmatched),
            "sentence": ana.post("sentences/", about | {"kind": "transfer", "text": "Monthly"}),
            "round": ana.post("rounds/", about),
        }
        ids = {name: [thing["id"]] for name, thing in made.items()}
        ids |= {"offer": [str(table.brand.pk)], "need": [str(table.pull.pk)], "other": [str(table.design.pk)]}
        ids["sentence"] += [str(ready.pk), str(accepted.pk)]
        return ids | {"carries": ids["pair"], "step": [str(step.pk)]} | World._tested(Ideas(table))

    @staticmethod
    def _tested(ideas: Ideas) -> dict[str, list[str]]:
        """Ideas that are a draft, under test and dropped, tests that wait and run, a card, and their rhythm."""
        cast = ideas.cast
        tried, draft, dropped = ideas.add(), ideas.add(flagged=False), ideas.add()
        seen = ideas.table.seen(cast.bo)
        retire_idea(seen=seen, idea=dropped, why="Too dear")
        tests = [ideas.test(tried), ideas.started(tried)]
        things: dict[str, list[Any]] = {
            "hypothesis": [tried, draft, dropped],
            "test": tests,
            "learning": [ideas.card(tried)],
            "iteration": [plan_iteration(seen=seen, name="May", starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 8))],
            "question": [ask_question(seen=seen, text="Who pays?", ideas=[tried.pk])],
        }
        ids = {name: [str(thing.pk) for thing in found] for name, found in things.items()}
        owners = {"owner_start": [str(cast.bo.pk)], "owner_end": [str(cast.carla.pk)]}
        return ids | owners | {"tests": ids["test"], "ideas": ids["hypothesis"]}

    def make_real(self, case: Any, chance: random.Random) -> None:
        """Put real ids, and a version that fits, into a made-up call."""
        named = case.path.split("/")[3]
        kind = {"canvases": "canvas", "hypotheses": "hypothesis"}.get(named, named.rstrip("s"))
        if "id" in case.path_parameters:
            case.path_parameters["id"] = chance.choice(self.ids[kind])
        if "organisation" in case.path_parameters:
            case.path_parameters["organisation"] = chance.choice(self.ids["organisation"])
        case.query = self._named(case.query or {}, chance) | self._scope(case)
        if isinstance(case.body, dict):
            case.body = self._named(case.body, chance) | {}
        if "If-Match" in (case.headers or {}):
            case.headers["If-Match"] = "*"

    def _scope(self, case: Any) -> dict[str, Any]:
        names = {parameter.name for parameter in case.operation.query}
        return {"workspace": self.ids["workspace"][0]} if "workspace" in names else {}

    def _named(self, values: dict[str, Any], chance: random.Random) -> dict[str, Any]:
        """The values with real ids; a made-up cursor would only end the list, so there is none."""
        known = values.keys() & self.ids.keys() - SEVERAL
        real: dict[str, Any] = {name: chance.choice(self.ids[name]) for name in sorted(known)}
        real |= {name: self.ids[name] for name in sorted(values.keys() & SEVERAL)}
        return {name: value for name, value in (values | real).items() if name not in ("cursor", "id")}


@pytest.fixture
def world(cast: Cast) -> World:
    """The workshop that is called."""
    return World.of(cast)


@pytest.fixture
def application(db: None) -> Iterator[Any]:
    """The site without a server, on the test's own database connection, which no request may close."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def _operations(application: Any) -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    found: Any  # either an operation, or what is wrong with it: `ok` raises that
    for found in schema.get_all_operations():
        yield found.ok()


def _call_all(operation: Any, mode: Any, call: Callable[[Any, random.Random, bool], None]) -> None:
    @seed(20)
    @settings(
        max_examples=EXAMPLES[mode],
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode),
        chance=st.randoms(use_true_random=False),
        made_up=st.integers(0, 3),
    )
    def run(case: Any, chance: random.Random, made_up: int) -> None:
        call(case, chance, made_up < 3)  # the simplest example comes first, with real ids

    run()


def test_made_up_calls_never_break_it_and_nearly_all_operations_answer(
    world: World, program: Callable[..., Program], application: Any
) -> None:
    headers = program(world.cast.ana).headers
    answered: dict[str, set[int]] = {}

    def call(case: Any, chance: random.Random, real: bool) -> None:
        if real:
            world.make_real(case, chance)
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        answered.setdefault(case.operation.label, set()).add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    for operation in _operations(application):
        answered[operation.label] = set()
        for mode in EXAMPLES:
            if mode is schemathesis.GenerationMode.POSITIVE or operation.body or operation.query:
                _call_all(operation, mode, call)
    unanswered = {label for label, statuses in answered.items() if not any(200 <= status < 300 for status in statuses)}
    assert len(answered) >= 90
    assert len(unanswered) <= (1 - ANSWERED) * len(answered), unanswered
