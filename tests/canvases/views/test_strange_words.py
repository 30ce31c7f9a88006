"""Script, signs and other directions of writing, in every field that takes words."""

from __future__ import annotations

import pytest

from partners.base.text import clean_text
from tests.canvases.views.asking import ADDRESSES, Address, ask
from tests.factories import Cast

pytestmark = pytest.mark.django_db


HARMLESS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "O'Neil & Söhne <b>",
    "قهوة جيدة \u202eevil\u202c",
    "👩🏽‍⚕️ 咖啡 ☕",
    "null\x00 and bell\x07",
]


@pytest.mark.parametrize("text", HARMLESS)
class TestStrangeWords:
    """Script, signs, other directions of writing: shown as they are, but for what cannot be seen, and nothing more."""

    def shown(self, text: str) -> str:
        kept = clean_text(text)
        return (
            kept.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace('"', "&#34;")
            .replace("'", "&#39;")
        )

    def test_in_a_note(self, cast: Cast, text: str) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/", {"text": text, "base_version": "1"}), note)
        assert self.shown(text) in response.content.decode()
        assert text not in response.content.decode() or text == self.shown(text)

    def test_in_its_form_and_on_the_page(self, cast: Cast, text: str) -> None:
        note = cast.note(text)
        for name in ("form", "models"):
            assert self.shown(text) in ask(cast, cast.ana, ADDRESSES[name], note).content.decode()

    def test_in_a_comment(self, cast: Cast, text: str) -> None:
        response = ask(cast, cast.ana, Address("/notes/{note}/comments/", {"text": text}), cast.note())
        assert self.shown(text) in response.content.decode()

    def test_in_a_tag(self, cast: Cast, text: str) -> None:
        note = cast.note()
        response = ask(cast, cast.ana, Address("/notes/{note}/look/", {"tags": text[:40]}), note)
        assert response.status_code == 200
        assert "<script>" not in response.content.decode()
        assert "<img" not in response.content.decode()
