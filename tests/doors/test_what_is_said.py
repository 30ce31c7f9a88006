"""Who may do what in a comparison and its outcome, door by door: person × deed, by page and REST, against `rules`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from partners.value_fit import operations as comparing
from partners.value_fit.access import comparison_in
from partners.workspaces import operations as workshops
from partners.workspaces.access import Viewer
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action, may
from tests.outcome.conftest import Outcome

PEOPLE = ("ana", "bo", "carla", "dan", "eli", "jo", "noor")
"""Facilitator of Nespresso; a member of each company; a rival's guest; who watches; a guest, a facilitator of none."""
Try = Callable[[Client], int]


@dataclass(frozen=True)
class Door:
    """A deed, and the companies for one of which somebody must have the right to it."""

    name: str
    action: Action
    companies: tuple[UUID, ...]
    attempt: Try


@pytest.fixture
def said(outcome: Outcome) -> Outcome:
    """Everything that can be gone on with; somebody of no company here sees it all."""
    cast, facilitator = outcome.cast, outcome.cast.viewer(outcome.cast.ana)
    wide, roles = Membership.Scope.WORKSPACE, Membership.Role
    for name, role in (("Jo Park", roles.MEMBER), ("Noor Bakker", roles.FACILITATOR)):
        workshops.change_member(viewer=facilitator, member=cast.join(name, None), role=role, scope=wide)
    outcome.accept(outcome.agreed())
    outcome.agreed("Another one")
    outcome.step()
    return outcome


def doors(said: Outcome) -> Iterator[Door]:
    """Every deed, once for each company where it is one company's."""
    cast, table = said.cast, said.table
    both, about = (cast.nespresso.pk, cast.delonghi.pk), f"/p/{cast.with_delonghi.pk}"
    accepted, ready = said.table.read().joint("created")
    sentence, other = f"/sentences/{ready.row.pk}", f"/sentences/{accepted.row.pk}"
    pair = table.read().pairs[0].id
    step = f"/steps/{cast.with_delonghi.next_steps.get().pk}"
    docked = {"offer": str(table.making.pk), "need": str(table.design.pk)}
    here = {"partnership": str(cast.with_delonghi.pk)}
    negotiate: dict[str, Try] = {
        "page: put together": page(f"{about}/pairs/", docked),
        "page: take apart": page(f"/pairs/{pair}/removal/"),
        "page: interests": page(f"/pairs/{pair}/interest/", {"interest": "common"}),
        "page: no match": page(f"{about}/unmatched/", {"note": table.design.pk}),
        "page: the same": page(f"{about}/same/", {"first": table.design.pk, "second": table.pull.pk}),
        "page: begin a sentence": page(f"{about}/sentences/", {"kind": "transfer", "text": "So"}),
        "page: open its form": lambda client: client.get(f"{sentence}/edit/").status_code,
        "page: reword it": page(f"{sentence}/", {"text": "Other words", "base_version": 1}),
        "page: mark it": page(f"{sentence}/fields/", {"target_block": "channels"}),
        "page: drop it": page(f"{sentence}/removal/", {"removed": 1}),
        "page: decide": page(f"{about}/decision/", {"verdict": "go_on"}),
        "page: say why": page(f"{about}/decision/reason/", {"text": "Because"}),
        "page: a step": page(f"{about}/steps/", {"text": "Call"}),
        "page: change a step": page(f"{step}/", {"text": "Call twice"}),
        "page: tick a step": page(f"{step}/tick/", {"done": 1}),
        "page: move a step": page(f"{step}/position/"),
        "page: drop a step": page(f"{step}/removal/", {"removed": 1}),
        "page: accept": page(f"{sentence}/acceptance/", {"accepted": 1}),
        "page: take the acceptance back": page(f"{other}/acceptance/"),
        "page: put it into a model": page(f"{other}/landing/", {"into": "channels"}),
        "REST: put together": rest("POST", "pairs/", docked),
        "REST: take apart": rest("DELETE", f"pairs/{pair}/"),
        "REST: interests": rest("PATCH", f"pairs/{pair}/", {"interest": "common"}),
        "REST: no match": rest("POST", "declarations/", here | {"kind": "unmatched", "note": str(table.design.pk)}),
        "REST: begin a sentence": rest("POST", "sentences/", here | {"kind": "transfer", "text": "So"}),
        "REST: reword it": rest("PATCH", f"sentences/{ready.row.pk}/", {"text": "Other words"}),
        "REST: drop it": rest("DELETE", f"sentences/{ready.row.pk}/"),
    }
    yield from (Door(name, Action.NEGOTIATE, both, attempt) for name, attempt in negotiate.items())
    yield Door("page: reveal", Action.MANAGE, both[:1], page(f"{about}/reveal/"))
    yield Door("REST: start a round", Action.MANAGE, both[:1], rest("POST", "rounds/", here))
    bar = {"do": "figures", "shown": 1}
    yield Door("page: lead", Action.MANAGE, both[:1], page(f"/w/{cast.workspace.pk}/session/", bar))
    for company in both:
        mine = {"organisation": str(company)}
        rate: dict[str, Try] = {
            "page: rate": page(f"{about}/ratings/", docked | mine | {"strength": 1}),
            "page: take a rating back": page(f"/pairs/{pair}/rating-removal/", mine),
            "page: looked through": page(f"{about}/looked-through/", mine),
            "REST: rate": rest("PUT", f"pairs/{pair}/ratings/{company}/", {"strength": 1}),
            "REST: take a rating back": rest("DELETE", f"pairs/{pair}/ratings/{company}/"),
            "REST: looked through": rest("POST", "declarations/", here | mine | {"kind": "looked_through"}),
        }
        agree: dict[str, Try] = {
            "page: say yes": page(f"{sentence}/consent/", mine | {"given": "1"}),
            "page: take the yes back": page(f"{sentence}/consent/", mine),
            "page: agree to the decision": page(f"{about}/decision/assent/", mine),
            "REST: say yes": rest("PUT", f"sentences/{ready.row.pk}/consents/{company}/", {}),
        }
        yield from (Door(name, Action.RATE, (company,), attempt) for name, attempt in rate.items())
        yield from (Door(name, Action.AGREE, (company,), attempt) for name, attempt in agree.items())


def page(path: str, fields: dict[str, Any] | None = None) -> Try:
    """A page's small request."""
    return lambda client: client.post(path, fields or {}, headers={"HX-Request": "true"}).status_code


def rest(method: str, path: str, body: dict[str, Any] | None = None) -> Try:
    """The same by REST, whatever the version is."""

    def send(client: Client) -> int:
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer: Any = client.generic(method, f"/api/v1/{path}", headers={"If-Match": "*"}, **sent)  # type: ignore[arg-type]  # the names of `generic`
        status: int = answer.status_code
        return status

    return send


@pytest.mark.parametrize("kind", ["page", "REST"])
def test_every_door_asks_the_table(said: Outcome, kind: str) -> None:
    cast, wrong = said.cast, []
    others = {"jo": "Jo Park", "noor": "Noor Bakker"}
    tried = [door for door in doors(said) if door.name.startswith(kind)]
    for name in PEOPLE:
        member = cast.members.get(name) or Membership.objects.get(workspace=cast.workspace, name=others[name])
        client, viewer = cast.client(member), cast.viewer(member)
        for door in tried:
            with transaction.atomic():
                status = door.attempt(client)
                transaction.set_rollback(True)  # the next door finds all as it was
            expected = expected_of(viewer, door, cast.with_delonghi.pk)
            if status not in expected:
                wrong.append(f"{name}, {door.name}: {status}, not {expected}")
    assert wrong == []


def expected_of(viewer: Viewer, door: Door, partnership_id: UUID) -> set[int]:
    """What the table of rights says about a door."""
    if not viewer.audience.sees_partnership(partnership_id) and "lead" not in door.name:
        return {404}
    if any(may(viewer.role, door.action, viewer.standing_to(company)) for company in door.companies):
        return {200, 201, 204}
    return {403}


class TestForAnAbsentCompany:
    """Jura has nobody here: others stand in for it, and nobody says yes for it."""

    def test_stand_ins_rate_and_its_own_people_confirm(self, said: Outcome) -> None:
        cast = said.cast
        facilitator = cast.viewer(cast.ana)
        jura = workshops.add_organisation(viewer=facilitator, name="Jura")
        tie = workshops.add_partnership(viewer=facilitator, first=cast.nespresso, second=jura)
        offer = cast.note("Beans", canvas=cast.sheet(tie, cast.nespresso), block="value_offer")
        need = cast.note("Coffee", canvas=cast.sheet(tie, jura), block="desired_value")
        about, mine = f"/p/{tie.pk}", {"organisation": str(jura.pk)}
        rating = {"offer": offer.pk, "need": need.pk, "strength": 2, **mine}
        jo = Membership.objects.get(workspace=cast.workspace, name="Jo Park")
        allowed = {
            name: page(f"{about}/ratings/", rating)(cast.client(member))
            for name, member in {**cast.members, "jo": jo}.items()
        }
        assert allowed == {"ana": 200, "bo": 200, "carla": 404, "dan": 404, "eli": 404, "jo": 200}
        pair = tie.pairs.get()
        sentence = comparing.add_sentence(seen=comparison_in(cast.viewer(cast.ana), tie.pk), kind="transfer", text="So")
        for path in (
            f"/pairs/{pair.pk}/confirmation/",
            f"/sentences/{sentence.pk}/consent/",
            f"{about}/decision/assent/",
        ):
            assert page(path, mine | {"given": "1"})(cast.client(cast.ana)) == 403, path
            assert page(path, mine | {"given": "1"})(cast.client(cast.bo)) == 403, path
        own = cast.join("Jula", jura)
        assert page(f"/pairs/{pair.pk}/confirmation/", mine)(cast.client(own)) == 200
        assert rest("DELETE", f"pairs/{pair.pk}/ratings/{jura.pk}/confirmation/")(cast.client(own)) == 200
        assert rest("PUT", f"pairs/{pair.pk}/ratings/{jura.pk}/confirmation/")(cast.client(cast.ana)) == 403
