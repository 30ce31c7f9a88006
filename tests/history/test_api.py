"""What was, over REST."""

from __future__ import annotations

from partners.canvases import operations as sheets
from partners.canvases.models import Note
from partners.history.operations import keep_moment
from tests.factories import Cast
from tests.history.acts import head, on


def test_versions_and_moments_and_the_notes_of_then(cast: Cast, note: Note) -> None:
    sheets.change_look(**on(cast, note), fill="sun", weight=3)
    then = head(cast)
    sheets.edit_note(**on(cast, note, cast.bo), text="Reputation")
    keep_moment(sheet=cast.seen(cast.carla, note.canvas), name="Halfway")
    client = cast.client(cast.carla)
    versions = client.get(f"/api/v1/notes/{note.pk}/versions/").json()
    assert [(each["number"], each["text"], each["author"]) for each in versions] == [
        (2, "Reputation", str(cast.bo.pk)),
        (1, "Brand", str(cast.ana.pk)),
    ]
    (kept,) = client.get(f"/api/v1/canvases/{note.canvas_id}/moments/").json()
    assert (kept["name"], kept["sort"], kept["seq"]) == ("Halfway", "kept", head(cast))
    board = client.get(f"/api/v1/canvases/{note.canvas_id}/moments/{then}/").json()
    assert [(each["text"], each["fill"], each["weight"]) for each in board] == [
        ("Club", "plain", None),
        ("Brand", "sun", 3),
        ("Boutiques", "plain", None),
    ]
    now = client.get(f"/api/v1/canvases/{note.canvas_id}/moments/999999/").json()
    assert [each["text"] for each in now] == ["Club", "Reputation", "Boutiques"]


def test_what_is_hidden_now_has_no_past(cast: Cast) -> None:
    hidden = cast.sheet(cast.with_breville, cast.nespresso)
    secret = cast.note("Secret talks", canvas=hidden, block="intent")
    for path in (f"notes/{secret.pk}/versions/", f"canvases/{hidden.pk}/moments/", f"canvases/{hidden.pk}/moments/1/"):
        assert cast.client(cast.carla).get(f"/api/v1/{path}").status_code == 404
        assert cast.client(cast.ana).get(f"/api/v1/{path}").status_code == 200
