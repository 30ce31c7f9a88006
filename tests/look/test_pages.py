"""What every page prints, and what the shared pieces promise, without a browser."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import jinja2
import pytest
from django.conf import settings
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation

from partners.base import jinja
from partners.overview.gallery import examples

ROOT = Path(settings.BASE_DIR)


def draw(source: str, **values: object) -> str:
    return engines["jinja2"].from_string(source).render(values)


class TestWords:
    def test_an_icon_is_hidden_from_readers_unless_it_has_a_name(self) -> None:
        assert 'aria-hidden="true"' in jinja.icon("plus")
        assert 'role="img" aria-label="Add &lt;this&gt;"' in jinja.icon("plus", "Add <this>")

    def test_icons_that_point_turn_with_the_language(self) -> None:
        assert "icon-turns" in jinja.icon("arrow-right")
        assert "icon-turns" not in jinja.icon("plus")

    def test_a_fill_without_a_meaning_is_called_by_its_colour(self) -> None:
        assert jinja.fill_word("sun", "talk about this") == "talk about this"
        assert jinja.fill_word("sun") == "yellow"

    def test_the_query_keeps_what_is_not_changed(self) -> None:
        assert jinja.query(QueryDict("q=tea&page=2&tag=a&tag=b"), page=3, q=None) == "?tag=a&tag=b&page=3"

    def test_moments_go_out_in_utc_and_days_stay_days(self) -> None:
        moment = jinja.moment_element(datetime.fromisoformat("2025-05-20T01:30:00+03:00"))
        assert 'datetime="2025-05-19T22:30:00Z"' in moment
        assert 'datetime="2025-05-20"' in jinja.date_element(date(2025, 5, 20))

    def test_the_page_turns_over_for_right_to_left(self) -> None:
        with translation.override("ar"):
            assert jinja.direction() == "rtl"

    def test_text_is_escaped_and_a_missing_name_is_an_error(self) -> None:
        assert draw("{{ words }}", words="<script>") == "&lt;script&gt;"
        with pytest.raises(jinja2.UndefinedError):
            draw("{{ not_there }}")

    def test_datetimes_keep_their_zone(self) -> None:
        assert "2025-01-01T00:00:00Z" in jinja.date_element(datetime(2025, 1, 1, tzinfo=UTC))


class TestTemplates:
    def test_no_template_holds_inline_script_or_style(self) -> None:
        guilty = [
            str(page.relative_to(ROOT))
            for folder in ("templates", "templates_django")
            for page in (ROOT / folder).rglob("*.html")
            if re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", page.read_text())
        ]
        assert not guilty

    def test_every_drawing_that_is_named_exists(self) -> None:
        named = re.compile(r'(?:icon|icon_button|icon_link)\("([a-z0-9-]+)"|symbol="([a-z0-9-]+)"')
        texts = [page.read_text() for page in (ROOT / "templates").rglob("*.html")]
        for name in {one or other for text in texts for one, other in named.findall(text)}:
            assert "<svg" in jinja.icon(name)

    def test_account_pages_share_the_head(self, client: Client, db: None) -> None:
        page = client.get("/accounts/login/").content.decode()
        assert "css/app.css" in page
        assert 'id="toasts"' in page
        assert 'class="input"' in page


class TestGallery:
    def test_every_id_is_there_once(self) -> None:
        page = render_to_string("gallery/page.html", {"themes": [examples("light"), examples("dark")]})
        ids = re.findall(r'\sid="([^"]+)"', re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))
        assert len(ids) == len(set(ids))

    def test_shows_notes_and_not_their_markup(self) -> None:
        page = render_to_string("gallery/page.html", {"themes": [examples("light")]})
        assert page.count('<li class="note ') > 30
        assert "&lt;" not in page

    def test_strangers_do_not_find_it(self, client: Client, db: None) -> None:
        assert client.get("/gallery/").status_code == 404

    @override_settings(DEBUG=True)
    def test_makers_see_every_component_in_both_themes(self, client: Client, db: None) -> None:
        page = client.get("/gallery/").content.decode()
        assert page.count('data-theme="light"') == page.count('data-theme="dark"') == 1
