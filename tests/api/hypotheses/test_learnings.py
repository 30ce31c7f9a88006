"""Learning cards over REST: what was learned, and who accepts it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.utils import timezone

from tests.api.conftest import Program
from tests.api.hypotheses.conftest import NOWHERE, learned
from tests.hypotheses.conftest import Ideas


class TestLearnings:
    def test_say_something_only_with_data(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.add()
        whole = learned(str(idea.pk))
        assert bo.post("learnings/", whole, status=422)["error"]["code"] == "illegal_move", "nothing was tested"
        ideas.test(idea)
        for name in ("observed", "observed_on", "data_points", "verdicts", "level"):
            refused = bo.post("learnings/", {key: value for key, value in whole.items() if key != name}, status=422)
            assert list(refused["error"]["fields"]) == [name]
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        wrong = {"observed": "", "data_points": 0, "verdicts": {}, "observed_on": tomorrow, "level": 6}
        for name, value in wrong.items():
            assert list(bo.post("learnings/", whole | {name: value}, status=422)["error"]["fields"]) == [name]
        assert bo.status("learnings/", "POST", whole | {"tests": [NOWHERE]}) == 404

    def test_are_accepted_as_they_read_and_by_nobody_else(
        self, ideas: Ideas, ana: Program, bo: Program, carla: Program, eli: Program
    ) -> None:
        cast, idea = ideas.cast, ideas.add()
        ideas.test(idea)
        made = bo.post("learnings/", learned(str(idea.pk)))
        path = f"learnings/{made['id']}/"
        ours, theirs = (f"{path}acceptances/{pk}/" for pk in (cast.nespresso.pk, cast.delonghi.pk))
        for who in (ana, bo, eli):
            assert who.status(theirs, "PUT", {}) == 403
        assert bo.status(f"{path}acceptances/{cast.breville.pk}/", "PUT", {}) == 404
        bo.put(ours, {"revision": 1})
        agreed = carla.put(theirs, {})
        assert agreed["agreed"]
        assert {row["by"] for row in agreed["acceptances"]} == {str(cast.bo.pk), str(cast.carla.pk)}
        assert bo.status(path, "PATCH", {"level": 5}, if_match=made["etag"]) == 412, "a yes is a change"
        changed = bo.patch(path, {"level": 5}, if_match=agreed["etag"])
        assert (changed["revision"], changed["acceptances"], changed["agreed"]) == (2, [], False)
        stale = carla.put(theirs, {"revision": 1}, status=409)["error"]
        assert (stale["code"], stale["version"]) == ("reworded", 2)
        carla.put(theirs, {"revision": 2})
        assert carla.delete(theirs, status=200)["acceptances"] == []

    def test_are_deleted_brought_back_and_followed(self, ideas: Ideas, bo: Program, here: str) -> None:
        idea = ideas.add()
        ideas.test(idea)
        one, two = (str(ideas.card(idea).pk) for _ in range(2))
        moment = quote(bo.get(f"learnings/{two}/")["updated_at"])
        bo.patch(f"learnings/{one}/", {"verdicts": {"customer": "refutes"}}, if_match="*")
        bo.delete(f"learnings/{two}/", if_match="*")
        since = bo.get(f"learnings/?hypothesis={idea.pk}&updated_since={moment}")
        assert [row["id"] for row in since["results"]] == [one]
        assert since["results"][0]["verdicts"] == {"customer": "refutes"}
        assert [row["id"] for row in since["deleted"]] == [two]
        assert bo.post(f"learnings/{two}/restoration/", None, status=200)["id"] == two
        assert len(bo.get(f"learnings/?partnership={here}")["results"]) == 2

    def test_on_an_earlier_sentence_are_told_as_old(self, ideas: Ideas, bo: Program) -> None:
        idea = ideas.validated()
        bo.patch(f"hypotheses/{idea.pk}/", {"words": {"segment": "flats"}}, if_match="*")
        (card,) = bo.get(f"learnings/?hypothesis={idea.pk}")["results"]
        assert (card["version"], card["is_of_now"]) == (1, False)
