"""Mistakes that people make in a comparison: each refused in their words, by page and by REST, with nothing lost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from partners.canvases import operations as sheets
from partners.events.models import Event
from partners.value_fit.models import Pair, Rating
from tests.outcome.conftest import Outcome

SAME_COMPANY = "The offer and the need belong to the same company."
LIKE_A_PAIR = "A pair is an offer of one company and a need of the other."
MISTAKES: dict[str, tuple[str, str, str, int, str]] = {
    "an offer to an offer": ("bo", "licence", "making", 422, LIKE_A_PAIR),
    "a need to a need": ("bo", "shelf", "system", 422, LIKE_A_PAIR),
    "an offer to a need of one's own": ("bo", "licence", "shelf", 422, SAME_COMPANY),
    "across partnerships": ("bo", "elsewhere", "system", 404, ""),
    "by who watches": ("eli", "licence", "system", 403, "You are here to watch, so this is read only for you."),
    "by a rival": ("dan", "licence", "system", 404, ""),
    "with a deleted note": ("bo", "licence", "pull", 409, "Somebody deleted “Demand pull of a premium brand”."),
}


def words(text: str) -> str:
    """An answer as people read it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).replace("&#39;", "'")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_is_no_pair(outcome: Outcome, mistake: str) -> None:
    cast, table = outcome.cast, outcome.table
    who, first, second, status, said = MISTAKES[mistake]
    other = cast.note("Elsewhere", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="value_offer")
    sheets.delete_note(sheet=cast.seen(cast.carla, table.pull.canvas), note=table.pull)
    offer, need = (other.pk if name == "elsewhere" else getattr(table, name).pk for name in (first, second))
    last, client = Event.objects.count(), cast.client(cast.members[who])
    fields = {"offer": str(offer), "need": str(need)}
    by_page = client.post(f"/p/{cast.with_delonghi.pk}/pairs/", fields, headers={"HX-Request": "true"})
    by_rest = client.post("/api/v1/pairs/", json.dumps(fields), content_type="application/json")
    assert (by_page.status_code, said in words(by_page.content.decode())) == (status, True), by_page.content.decode()
    assert by_rest.status_code == status
    assert said in by_rest.json()["error"]["message"]
    assert (Event.objects.count(), Pair.objects.count()) == (last, 0)


def test_a_rating_for_the_other_side(outcome: Outcome) -> None:
    cast, table = outcome.cast, outcome.table
    pair = table.rate(cast.carla, table.licence, table.system, 2, reason="As it is")
    theirs: dict[str, Any] = {"organisation": cast.delonghi.pk, "strength": 0}
    docked = {"offer": table.licence.pk, "need": table.system.pk}
    answer = cast.client(cast.bo).post(f"/p/{cast.with_delonghi.pk}/ratings/", docked | theirs)
    assert answer.status_code == 403
    assert "Each company rates for itself: this rating belongs to the other one." in words(answer.content.decode())
    path = f"/api/v1/pairs/{pair.pk}/ratings/{cast.delonghi.pk}/"
    assert cast.client(cast.bo).put(path, '{"strength": 0}', content_type="application/json").status_code == 403
    assert cast.client(cast.bo).delete(path).status_code == 403
    assert Rating.objects.get().strength == 2


def test_a_rated_note_that_is_reworded_keeps_its_ratings_and_asks(outcome: Outcome) -> None:
    cast, table = outcome.cast, outcome.table
    pair = table.agree(table.licence, table.system)
    compare = f"/p/{cast.with_delonghi.pk}/compare/"
    assert "still right?" not in words(cast.client(cast.eli).get(compare).content.decode())
    sheets.edit_note(sheet=cast.seen(cast.ana, table.licence.canvas), note=table.licence, text="Licence at a price")
    assert words(cast.client(cast.eli).get(compare).content.decode()).count("still right?") == 2
    told = cast.client(cast.eli).get(f"/api/v1/pairs/{pair.pk}/").json()
    assert (told["agreed"], told["needing"]["wording_changed"], told["bringing"]["wording_changed"]) == (3, True, True)
    table.agree(table.licence, table.system)
    assert "still right?" not in words(cast.client(cast.eli).get(compare).content.decode())


def test_words_typed_on_an_older_version_come_back_with_both(outcome: Outcome) -> None:
    cast = outcome.cast
    sentence, step, about = outcome.created("It is so"), outcome.step("Ask ten"), f"/p/{cast.with_delonghi.pk}"
    typed = {
        f"/sentences/{sentence.pk}/": ("It was so", "It may be so"),
        f"/steps/{step.pk}/": ("Ask twenty", "Ask thirty"),
        f"{about}/decision/reason/": ("Because of this", "Because of that"),
    }
    for path, (theirs, mine) in typed.items():
        version = 0 if "reason" in path else 1
        for who, text, status in ((cast.carla, theirs, 200), (cast.bo, mine, 409)):
            fields = {"text": text, "base_version": version}
            answer = cast.client(who).post(path, fields, headers={"HX-Request": "true"})
            assert answer.status_code == status, path
        assert mine in words(answer.content.decode()), path
        assert theirs in words(answer.content.decode()), path
    address = f"/api/v1/sentences/{sentence.pk}/"
    stale = cast.client(cast.bo).patch(
        address, '{"text": "It may be so"}', content_type="application/json", headers={"If-Match": '"1-1"'}
    )
    assert stale.status_code in (409, 412)
    assert {"It may be so", "It was so"} <= set(re.findall(r"It \w+ (?:be )?so", stale.content.decode()))
