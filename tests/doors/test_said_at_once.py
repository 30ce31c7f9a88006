"""The same said by several people at the same moment, each on a connection of their own: once, and nothing lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from partners.events.models import Event
from partners.value_fit.models import Consent, Declaration, JointSentence, Pair, Rating, Round
from partners.workspaces import operations as workshops
from partners.workspaces.models import Membership, Partnership
from tests.events.threads import at_once
from tests.factories import Cast
from tests.outcome.conftest import Outcome
from tests.remembering import cast_again
from tests.value_fit.conftest import lay_table


@pytest.fixture
def outcome(transactional_db: None) -> Outcome:
    """The two companies, where other threads and other connections see them."""
    return Outcome(lay_table(cast_again()))


def together(cast: Cast, *said: tuple[Membership, str, dict[str, Any]]) -> list[int]:
    """Let people send requests at the same moment; returns the statuses, in order."""

    def one(number: int) -> int:
        member, path, fields = said[number]
        return cast.client(member).post(path, fields, headers={"HX-Request": "true"}).status_code

    return at_once(len(said), one)


def told(*kinds: str) -> Counter[str]:
    """How often each of some kinds stands in the log."""
    return Counter(Event.objects.filter(kind__in=kinds).values_list("kind", flat=True))


def test_pairs_ratings_and_declarations(outcome: Outcome) -> None:
    cast, table = outcome.cast, outcome.table
    about, bo, carla = f"/p/{cast.with_delonghi.pk}", cast.bo, cast.carla
    docked: dict[str, Any] = {"offer": table.licence.pk, "need": table.system.pk}
    assert together(cast, *[(who, f"{about}/pairs/", docked) for who in (bo, carla, cast.ana)]) == [200] * 3
    assert told("pair_made") == {"pair_made": 1}
    pair = Pair.objects.get()

    mine: dict[Membership, dict[str, Any]] = {
        who: docked | {"organisation": who.organisation_id, "strength": at} for at, who in enumerate((bo, carla))
    }
    rated = [(who, f"{about}/ratings/", mine[who]) for who in (bo, carla, bo, carla)]
    assert together(cast, *rated) == [200] * 4
    assert sorted(Rating.objects.values_list("strength", flat=True)) == [0, 1]
    assert told("pair_rated") == {"pair_rated": 2}

    colleague = cast.join("Bea Colleague", cast.nespresso)
    strengths = {who: mine[bo] | {"strength": at} for at, who in ((2, bo), (3, colleague))}
    assert together(cast, *[(who, f"{about}/ratings/", strengths[who]) for who in strengths]) == [200, 200]
    last = Event.objects.filter(kind="pair_rated").order_by("-seq")[0].data["rated"]["after"]["strength"]
    assert Rating.objects.get(organisation=cast.nespresso).strength == last, "who was last"

    unmatched = [(who, f"{about}/unmatched/", {"note": table.design.pk}) for who in (bo, carla)]
    through = [(who, f"{about}/looked-through/", {"organisation": cast.nespresso.pk}) for who in (bo, colleague)]
    same = [(who, f"{about}/same/", {"first": table.design.pk, "second": table.pull.pk}) for who in (bo, carla)]
    assert together(cast, *unmatched, *through, *same) == [200] * 6
    assert Declaration.objects.count() == 3
    kinds = ("unmatched_declared", "looked_through_declared", "same_declared")
    assert told(*kinds) == dict.fromkeys(kinds, 1)

    gone = together(cast, *[(who, f"/pairs/{pair.pk}/removal/", {}) for who in (bo, carla)])
    assert 200 in gone
    assert set(gone) <= {200, 404}, "who comes too late finds it apart"
    assert told("pair_removed") == {"pair_removed": 1}


def test_sentences_yeses_and_what_comes_of_them(outcome: Outcome) -> None:
    cast, table = outcome.cast, outcome.table
    about, bo, carla = f"/p/{cast.with_delonghi.pk}", cast.bo, cast.carla
    colleague = cast.join("Bea Colleague", cast.nespresso)
    table.agree(table.licence, table.system)
    table.agree(table.marketing, table.shelf)
    sentence = outcome.created("One two three four five")
    path = f"/sentences/{sentence.pk}"
    yes: dict[Membership, dict[str, Any]] = {
        who: {"organisation": who.organisation_id, "given": 1, "version": 1} for who in (bo, colleague, carla)
    }
    assert together(cast, *[(who, f"{path}/consent/", fields) for who, fields in yes.items()]) == [200] * 3
    assert (Consent.objects.count(), told("consent_given")) == (2, {"consent_given": 2})

    accepted = [(who, f"{path}/acceptance/", {"accepted": 1, "into": "channels"}) for who in (bo, carla, cast.ana)]
    assert together(cast, *accepted) == [200] * 3
    assert told("created_value_accepted") == {"created_value_accepted": 1}
    assert len(outcome.on_model("nespresso", "key_partners")) == len(outcome.on_model("delonghi", "key_partners")) == 1
    assert outcome.on_model("nespresso", "channels") == ["One two three four five"]

    words = {bo: "Zero two three four five", carla: "One two three four six", cast.ana: "Nought two three four five"}
    edits = [(who, f"{path}/", {"text": text, "base_version": 1}) for who, text in words.items()]
    statuses = together(cast, *edits)
    text = JointSentence.objects.get(pk=sentence.pk).text
    assert text.endswith("six"), "what does not collide is merged"
    assert sorted(statuses) == [200, 200, 409], "of two for the same words one is told"

    decided = [(who, f"{about}/decision/", {"verdict": "go_on"}) for who in (bo, carla, cast.ana)]
    assert together(cast, *decided) == [200] * 3
    assents = [(who, f"{about}/decision/assent/", {"organisation": who.organisation_id, "given": 1}) for who in yes]
    assert together(cast, *assents) == [200] * 3
    assert told("decision_made", "assent_given") == {"decision_made": 1, "assent_given": 2}


def test_rounds_and_sealing(outcome: Outcome) -> None:
    cast, partnership = outcome.cast, outcome.cast.with_delonghi
    noor = cast.join("Noor Bakker", None)
    wide, role = Membership.Scope.WORKSPACE, Membership.Role.FACILITATOR
    workshops.change_member(viewer=cast.viewer(cast.ana), member=noor, role=role, scope=wide)
    path = f"/p/{partnership.pk}"

    def start(_number: int) -> int:
        body = {"partnership": str(partnership.pk), "after": 1}
        client = cast.client(cast.ana)
        return client.post("/api/v1/rounds/", body, content_type="application/json").status_code

    assert sorted(at_once(3, start)) == [201, 409, 409]
    assert (Round.objects.count(), told("round_started")) == (1, {"round_started": 1})

    for deed, is_sealed in (("seal", True), ("reveal", False)):
        assert together(cast, *[(who, f"{path}/{deed}/", {}) for who in (cast.ana, noor, cast.ana)]) == [204] * 3
        assert bool(Partnership.objects.get(pk=partnership.pk).sealed_at) is is_sealed
    assert told("partnership_sealed", "partnership_revealed") == {"partnership_sealed": 1, "partnership_revealed": 1}

    docked = {"offer": outcome.table.licence.pk, "need": outcome.table.system.pk}
    raced = together(cast, (cast.ana, f"{path}/seal/", {}), (cast.bo, f"{path}/pairs/", docked))
    is_sealed, pairs = bool(Partnership.objects.get(pk=partnership.pk).sealed_at), Pair.objects.count()
    assert (raced, is_sealed, pairs) in (([204, 404], True, 0), ([422, 200], False, 1)), "one of the two, whole"
