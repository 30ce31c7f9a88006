"""The addresses of sheets and notes, and how the tests ask them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpResponse

from partners.canvases.models import Note
from tests.factories import Cast


@dataclass(frozen=True)
class Address:
    """An address of a sheet or a note: how it is asked, and what somebody who only watches gets."""

    path: str
    sends: dict[str, str] = field(default_factory=dict)
    method: str = "post"
    for_watchers: int = 403
    answers: int = 200


ADDRESSES = {
    "add": Address("/canvases/{canvas}/notes/", {"block": "channels", "text": "Radio"}),
    "paste": Address("/canvases/{canvas}/paste/", {"block": "channels", "lines": "Radio\nTelevision"}),
    "note": Address("/notes/{note}/", method="get", for_watchers=200),
    "words": Address("/notes/{note}/", {"text": "Club card", "base_version": "1"}),
    "form": Address("/notes/{note}/edit/", method="get"),
    "meanwhile": Address("/notes/{note}/meanwhile/?base_version=1", method="get", for_watchers=204, answers=204),
    "menu": Address("/notes/{note}/menu/", method="get", for_watchers=200),
    "position": Address("/notes/{note}/position/", {"block": "key_partners"}),
    "look": Address("/notes/{note}/look/", {"fill": "rose"}),
    "copy": Address("/notes/{note}/copy/"),
    "deletion": Address("/notes/{note}/deletion/"),
    "restoration": Address("/notes/{note}/restoration/"),
    "thumb": Address("/notes/{note}/thumb/"),
    "taking": Address("/notes/{note}/taking/", {"partnership": "{partnership}"}),
    "confirmation": Address("/notes/{note}/confirmation/"),
    "comments": Address("/notes/{note}/comments/", method="get", for_watchers=200),
    "comment": Address("/notes/{note}/comments/", {"text": "Since when?"}),
    "many": Address("/notes/many/", {"do": "fill", "fill": "rose", "notes": "{note}"}),
    "models": Address("/p/{partnership}/models/start/", method="get", for_watchers=200),
    "other model": Address("/p/{partnership}/models/end/", method="get", for_watchers=200),
    "sketch": Address("/p/{partnership}/sketch/", method="get", for_watchers=200),
    "other sketch": Address("/p/{partnership}/sketch/end/", method="get", for_watchers=200),
    "compare": Address("/p/{partnership}/compare/", method="get", for_watchers=200),
    "partnership": Address("/p/{partnership}/", method="get", for_watchers=302, answers=302),
}


def ask(cast: Cast, who: object, address: Address, note: Note, **headers: str) -> HttpResponse:
    """Ask an address about a note as somebody."""
    names = {"canvas": note.canvas_id, "note": note.pk, "partnership": cast.with_delonghi.pk}
    sends = {name: names.get(value.strip("{}"), value) for name, value in address.sends.items()}
    client = cast.client(who)  # type: ignore[arg-type]  # anybody of the story
    response: HttpResponse = getattr(client, address.method)(address.path.format(**names), sends, headers=headers)
    return response
