"""What one side says of a pair leaves by no door of REST until the other side has rated too; afterwards it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from partners.value_fit.models import Pair, Rating
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership
from tests.api.conftest import Program
from tests.value_fit.conftest import Table

REASON = "Only while the summer lasts"
LISTS = (
    "workspaces",
    "partnerships",
    "notes",
    "events",
    "pairs",
    "declarations",
    "sentences",
    "rounds",
    "members",
    "hypotheses",
)
TABLES = ("export/", "notes.csv", "matches.csv", "findings.csv", "hypotheses.csv")
OF_NOW = re.compile(r'"exported_at": "[^"]*"|"as_of":"[^"]*"')


@pytest.fixture
def pair(table: Table) -> Pair:
    """De'Longhi has rated Nespresso's licence; Nespresso has not."""
    return table.rate(table.cast.carla, table.licence, table.system, 3, reason=REASON)


def doors(program: Program, table: Table, pair: Pair) -> Iterator[tuple[str, str]]:
    """Everything that could tell, as text, by address."""
    workspace, partnership = table.cast.workspace.pk, table.cast.with_delonghi.pk
    sheets = [
        table.cast.sheet(table.cast.with_delonghi, company) for company in (table.cast.nespresso, table.cast.delonghi)
    ]
    paths = [f"{name}/?workspace={workspace}" for name in LISTS]
    paths += [f"{name}/?workspace={workspace}&updated_since=2020-01-01T00:00:00Z" for name in ("pairs", "notes")]
    paths += [
        f"pairs/{pair.pk}/",
        f"pairs/?need={table.system.pk}&workspace={workspace}",
        f"partnerships/{partnership}/fit/",
    ]
    paths += [f"workspaces/{workspace}/{name}" for name in TABLES]
    paths += [f"canvases/{sheet.pk}/export/" for sheet in sheets]
    for path in paths:
        answer = program.call("GET", path)
        assert answer.status_code == 200, path
        content = answer.getvalue() if answer.streaming else answer.content
        yield path, OF_NOW.sub("", content.decode())


@pytest.mark.parametrize("who", ["ana", "bo", "eli"])
def test_a_waiting_rating_is_in_no_byte_for_others(
    table: Table, pair: Pair, program: Callable[..., Program], who: str
) -> None:
    reader = program(table.cast.members[who])
    before = dict(doors(reader, table, pair))
    assert {path for path, text in before.items() if REASON in text} == set()
    Rating.objects.filter(pair=pair).update(strength=0, reason="Another reason")
    assert dict(doors(reader, table, pair)) == before, "whatever it says, others are sent the same"


def test_its_own_side_reads_it(table: Table, pair: Pair, carla: Program) -> None:
    told = {path for path, text in doors(carla, table, pair) if REASON in text}
    assert f"pairs/{pair.pk}/" in told
    assert sum("csv" in path or "export" in path for path in told) == 4
    assert not any(path.startswith("events") for path in told)


@pytest.mark.parametrize("who", ["ana", "bo", "carla", "eli"])
def test_once_both_have_rated_everybody_reads_it(
    table: Table, pair: Pair, program: Callable[..., Program], who: str
) -> None:
    table.rate(table.cast.bo, table.licence, table.system, 2)
    told = program(table.cast.members[who]).get(f"pairs/{pair.pk}/")
    assert (told["needing"]["strength"], told["needing"]["reason"], told["agreed"]) == (3, REASON, 2)
    assert not told["needing"]["hidden"]


def test_the_shape_of_what_is_hidden(table: Table, pair: Pair, program: Callable[..., Program]) -> None:
    needing: dict[str, Any] = program(table.cast.bo).get(f"pairs/{pair.pk}/")["needing"]
    assert needing.pop("organisation") == str(table.cast.delonghi.pk)
    assert {name for name, value in needing.items() if value is not None} == {"rated", "hidden"}
    assert (needing["rated"], needing["hidden"]) == (True, True)


def test_a_facilitator_of_no_company_who_asked_to_look_reads_it(
    table: Table, pair: Pair, program: Callable[..., Program]
) -> None:
    Membership.objects.filter(pk=table.cast.ana.pk).update(organisation=None)
    reader = program(table.cast.ana)
    assert reader.get(f"pairs/{pair.pk}/")["needing"]["hidden"]
    workshops.look_into(table.cast.viewer(table.cast.ana), table.cast.with_delonghi)
    assert reader.get(f"pairs/{pair.pk}/")["needing"]["strength"] == 3


def test_answers_to_changes_hide_it_too(table: Table, pair: Pair, program: Callable[..., Program]) -> None:
    bo = program(table.cast.bo)
    marked = bo.patch(f"pairs/{pair.pk}/", {"interest": "common"})
    again = bo.post("pairs/", {"offer": str(table.licence.pk), "need": str(table.system.pk)})
    assert {marked["needing"]["strength"], again["needing"]["strength"]} == {None}
    settled = bo.put(f"pairs/{pair.pk}/ratings/{table.cast.nespresso.pk}/", {"strength": 1})
    assert settled["needing"]["strength"] == 3
    assert bo.delete(f"pairs/{pair.pk}/ratings/{table.cast.nespresso.pk}/", status=200)["needing"]["hidden"]


class TestSealed:
    def test_there_is_nothing_to_compare(self, table: Table, program: Callable[..., Program]) -> None:
        cast = table.cast
        pair = table.agree(table.licence, table.system)
        ana = program(cast.ana)
        ana.delete(f"pairs/{pair.pk}/")
        about = {"partnership": str(cast.with_delonghi.pk)}
        declared = ana.post("declarations/", about | {"kind": "unmatched", "note": str(table.shelf.pk)})
        sentence = ana.post("sentences/", about | {"kind": "transfer", "text": "Monthly"})
        ended = ana.post("rounds/", about)
        workshops.seal(cast.viewer(cast.ana), cast.with_delonghi)
        calls: list[tuple[str, str, Any]] = [
            ("GET", f"partnerships/{cast.with_delonghi.pk}/fit/", None),
            *(("GET", f"{name}/?partnership={cast.with_delonghi.pk}", None) for name in LISTS[4:8]),
            ("POST", "pairs/", {"offer": str(table.licence.pk), "need": str(table.system.pk)}),
            ("GET", f"declarations/{declared['id']}/", None),
            ("DELETE", f"declarations/{declared['id']}/", None),
            ("POST", "declarations/", about | {"kind": "unmatched", "note": str(table.shelf.pk)}),
            ("GET", f"sentences/{sentence['id']}/", None),
            ("PATCH", f"sentences/{sentence['id']}/", {"text": "Weekly"}),
            ("DELETE", f"sentences/{sentence['id']}/", None),
            ("PUT", f"sentences/{sentence['id']}/consents/{cast.nespresso.pk}/", {}),
            ("POST", f"sentences/{sentence['id']}/restoration/", None),
            ("POST", "sentences/", about | {"kind": "transfer", "text": "Weekly"}),
            ("GET", f"rounds/{ended['id']}/", None),
            ("POST", "rounds/", about),
        ]
        for who in (cast.ana, cast.bo, cast.carla, cast.eli):
            reader = program(who)
            answers = {(method, path): reader.status(path, method, body, if_match="*") for method, path, body in calls}
            assert answers == dict.fromkeys(answers, 404)
            for name in LISTS[4:8]:
                assert reader.get(f"{name}/?workspace={cast.workspace.pk}")["results"] == []

    def test_the_rival_finds_nothing_open_or_sealed(self, table: Table, pair: Pair, dan: Program) -> None:
        for path in (f"pairs/{pair.pk}/", f"partnerships/{table.cast.with_delonghi.pk}/fit/"):
            assert dan.status(path) == 404
        text = json.dumps([dan.get(f"{name}/?workspace={table.cast.workspace.pk}") for name in LISTS])
        assert str(pair.pk) not in text
        assert table.licence.text not in text
