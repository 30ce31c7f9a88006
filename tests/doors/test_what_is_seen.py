"""A guest of De'Longhi cannot learn by any door that Nespresso talks to Breville too.

Every door that answers with text is tried by everybody; the secret is anything that names Breville, its people, the
partnership with it, or what was written there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from partners.canvases import operations as sheets
from partners.canvases.models import Canvas, Note
from tests.factories import Cast

WORDS = ("Breville", "Dan Webb", "Secret talks", "Hushed comment", "Whispered offer")

Door = Callable[[Cast], str]


def of_workshop(name: str, query: str = "") -> Door:
    """A page of the workshop."""
    return lambda cast: reverse(f"workspaces:{name}", args=[cast.workspace.pk]) + query


def of_partnership(name: str, *side: str) -> Door:
    """A place of the partnership that both may see."""
    return lambda cast: reverse(f"partnerships:{name}", args=[cast.with_delonghi.pk, *side])


def of_rest(path: str) -> Door:
    """A list of the REST interface, limited to the workshop."""
    return lambda cast: f"/api/v1/{path}?workspace={cast.workspace.pk}"


def of_note(name: str) -> Door:
    """Something about the shared note that both may see."""
    return lambda cast: reverse(f"notes:{name}", args=[shared_note(cast).pk])


SEEN_BY_ALL: dict[str, Door] = {
    "workshop": of_workshop("home"),
    "people": of_workshop("members"),
    "companies": of_workshop("organisations"),
    "activity": of_workshop("activity"),
    "find by company": of_workshop("find", "?q=Breville"),
    "find by words": of_workshop("find", "?q=secret"),
    "find by comment": of_workshop("find", "?q=hushed"),
    "models of Nespresso": of_partnership("model", "start"),
    "models of De'Longhi": of_partnership("model", "end"),
    "sketch": of_partnership("sketch"),
    "compare": lambda cast: reverse("comparisons:compare", args=[cast.with_delonghi.pk]),
    "note": of_note("note"),
    "comments": of_note("comments"),
    "my style sheet": lambda cast: f"{reverse('me-css')}?w={cast.workspace.pk}",
    "REST workspaces": of_rest("workspaces/"),
    "REST organisations": of_rest("organisations/"),
    "REST partnerships": of_rest("partnerships/"),
    "REST canvases": of_rest("canvases/"),
    "REST blocks": of_rest("blocks/"),
    "REST notes": of_rest("notes/"),
    "REST comments": of_rest("comments/"),
    "REST members": of_rest("members/"),
    "REST events": of_rest("events/"),
    "REST pairs": of_rest("pairs/"),
    "REST declarations": of_rest("declarations/"),
    "REST sentences": of_rest("sentences/"),
    "REST rounds": of_rest("rounds/"),
    "REST hypotheses": of_rest("hypotheses/"),
    "REST tests": of_rest("tests/"),
    "REST learnings": of_rest("learnings/"),
    "REST iterations": of_rest("iterations/"),
    "REST questions": of_rest("questions/"),
    "REST timeline": of_rest("timeline/"),
    "timeline": lambda cast: reverse("ideas:timeline", args=[cast.with_delonghi.pk]),
    "timeline of the workshop": lambda cast: reverse("ideas:workshop-timeline", args=[cast.workspace.pk]),
    "rhythm": lambda cast: reverse("ideas:rhythm", args=[cast.with_delonghi.pk]),
    "marks of ideas": lambda cast: (
        f"{reverse('ideas:marked', args=[cast.workspace.pk])}?canvas={secret_sheet(cast).pk}"
        f"&canvas={cast.model(cast.nespresso).pk}"
    ),
    "REST fit": lambda cast: f"/api/v1/partnerships/{cast.with_delonghi.pk}/fit/",
    "REST note": lambda cast: f"/api/v1/notes/{shared_note(cast).pk}/",
    "REST workspace": lambda cast: f"/api/v1/workspaces/{cast.workspace.pk}/",
    "export": lambda cast: f"/api/v1/workspaces/{cast.workspace.pk}/export/",
    "export of the sheet": lambda cast: f"/api/v1/canvases/{cast.model(cast.nespresso).pk}/export/",
    "notes.csv": lambda cast: f"/api/v1/workspaces/{cast.workspace.pk}/notes.csv",
    "matches.csv": lambda cast: f"/api/v1/workspaces/{cast.workspace.pk}/matches.csv",
    "findings.csv": lambda cast: f"/api/v1/workspaces/{cast.workspace.pk}/findings.csv",
    "hypotheses.csv": lambda cast: f"/api/v1/workspaces/{cast.workspace.pk}/hypotheses.csv",
}
HIDDEN: dict[str, Door] = {
    "place": lambda cast: reverse("partnerships:model", args=[cast.with_breville.pk, "start"]),
    "sketch": lambda cast: reverse("partnerships:sketch", args=[cast.with_breville.pk]),
    "invitation": lambda cast: reverse("workspaces:invite", args=[cast.with_breville.pk]),
    "note": lambda cast: reverse("notes:note", args=[secret_note(cast).pk]),
    "form": lambda cast: reverse("notes:edit", args=[secret_note(cast).pk]),
    "menu": lambda cast: reverse("notes:menu", args=[secret_note(cast).pk]),
    "comments": lambda cast: reverse("notes:comments", args=[secret_note(cast).pk]),
    "REST note": lambda cast: f"/api/v1/notes/{secret_note(cast).pk}/",
    "REST canvas": lambda cast: f"/api/v1/canvases/{secret_sheet(cast).pk}/",
    "REST export": lambda cast: f"/api/v1/canvases/{secret_sheet(cast).pk}/export/",
    "REST partnership": lambda cast: f"/api/v1/partnerships/{cast.with_breville.pk}/",
    "REST fit": lambda cast: f"/api/v1/partnerships/{cast.with_breville.pk}/fit/",
    "rhythm": lambda cast: reverse("ideas:rhythm", args=[cast.with_breville.pk]),
    "timeline": lambda cast: reverse("ideas:timeline", args=[cast.with_breville.pk]),
    "REST timeline": lambda cast: f"/api/v1/timeline/?partnership={cast.with_breville.pk}",
    "REST organisation": lambda cast: f"/api/v1/organisations/{cast.breville.pk}/",
    "REST member": lambda cast: f"/api/v1/members/{cast.dan.pk}/",
}


def secret_sheet(cast: Cast) -> Canvas:
    """Nespresso's Partnership Canvas with Breville."""
    return cast.sheet(cast.with_breville, cast.nespresso)


def secret_note(cast: Cast) -> Note:
    """A note on the hidden sheet."""
    return Note.objects.get(text="Secret talks")


def shared_note(cast: Cast) -> Note:
    """A note of Nespresso's business model, which guests of both partnerships see."""
    return Note.objects.get(text="Patents", source_note=None)


@pytest.fixture
def talks(cast: Cast) -> Cast:
    """The workshop with everything that could give the secret away."""
    patents = cast.note("Patents", block="key_resources")
    sheet = cast.seen(cast.ana, secret_sheet(cast))
    cast.note("Secret talks", canvas=sheet.canvas, block="intent")
    sheets.take_note(source=cast.seen(cast.ana, patents.canvas), note=patents, into=sheet)
    cast.note("Whispered offer", by=cast.dan, canvas=cast.model(cast.breville), block="channels")
    shown_to_dan = cast.seen(cast.dan, patents.canvas)
    sheets.add_comment(sheet=shown_to_dan, note=patents, text="Hushed comment")
    sheets.give_thumb(sheet=shown_to_dan, note=patents)
    return cast


def through(client: Client, address: str) -> tuple[int, str]:
    """The status and the whole text behind a door, streamed or not."""
    response = client.get(address)
    return response.status_code, response.getvalue().decode()


@pytest.mark.parametrize("who", ["carla", "eli"])
def test_who_sees_one_partnership_learns_nothing_of_the_other(talks: Cast, who: str) -> None:
    client = talks.client(talks.members[who])
    ids = [talks.with_breville.pk, talks.breville.pk, talks.dan.pk, secret_note(talks).pk, secret_sheet(talks).pk]
    told = []
    for name, door in SEEN_BY_ALL.items():
        status, text = through(client, door(talks))
        asked = "Breville" if name == "find by company" else ""
        told += [f"{name}: {word}" for word in (*WORDS, *map(str, ids)) if word in text and word != asked]
        told += [f"{name}: {status}"] if status >= 500 else []
    assert told == []


@pytest.mark.parametrize("who", ["carla", "eli"])
def test_the_mark_of_a_hidden_taking_is_not_sent(talks: Cast, who: str) -> None:
    drawn = through(talks.client(talks.members[who]), f"/notes/{shared_note(talks).pk}/")[1]
    assert "Patents" in drawn
    assert "offered" not in drawn
    assert "thumbs" not in drawn
    assert "offered" in through(talks.client(talks.bo), f"/notes/{shared_note(talks).pk}/")[1]


@pytest.mark.parametrize("who", ["carla", "eli"])
def test_what_is_hidden_does_not_exist(talks: Cast, who: str) -> None:
    client = talks.client(talks.members[who])
    for name, door in HIDDEN.items():
        status, text = through(client, door(talks))
        assert status == 404, name
        assert [word for word in WORDS if word in text] == [], name


def test_a_stranger_and_nobody_see_nothing(talks: Cast) -> None:
    words = (*WORDS, "Patents", "De'Longhi", "Carla")
    for who in (talks.finn, None):
        client = talks.client(who)
        for name, door in {**HIDDEN, **SEEN_BY_ALL}.items():
            status, text = through(client, door(talks))
            assert status < 500, name
            assert [word for word in words if word in text and word != "Breville"] == [], name


def test_who_sees_the_whole_workshop_sees_it(talks: Cast) -> None:
    for name, door in HIDDEN.items():
        assert through(talks.client(talks.ana), door(talks))[0] in (200, 302), name


@pytest.mark.parametrize("who", ["ana", "bo"])
def test_the_doors_can_tell(talks: Cast, who: str) -> None:
    """The doors that keep silent for the guest do speak to who may hear it: else these tests could not fail."""
    doors = ["workshop", "people", "companies", "activity", "find by words", "notes.csv"] + ["export"] * (who == "ana")
    for name in doors:
        text = through(talks.client(talks.members[who]), SEEN_BY_ALL[name](talks))[1]
        assert any(word in text for word in WORDS), name
