"""Docs name what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from devtools.commands import COMMANDS
from partners.examples.reading import SLUGS, read
from partners.examples.recipe import Alliance, Company, Joint, Match, Paper, Person, Said

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = ("bench", "canvasapp", "devtools", "docs", "partners", "static", "templates", "templates_django", "tests")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def words_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name)
class TestEveryPage:
    def test_links_to_what_is_there(self, page: Path) -> None:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", words_of(page)):
            assert (page.parent / target).exists(), target

    def test_names_files_that_are_there(self, page: Path) -> None:
        for path in re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w./*-]*)`", words_of(page)):
            assert list(ROOT.glob(path.rstrip("/"))), path

    def test_names_commands_that_are_there(self, page: Path) -> None:
        text = words_of(page)
        for command in re.findall(r"\./dev ([a-z]+)\b", text):
            assert command in COMMANDS, command
        for command in re.findall(r"(?:\./dev manage|manage\.py) ([a-z_]+)\b", text):
            assert command in get_commands(), command

    def test_stands_alone(self, page: Path) -> None:
        assert page.read_text(encoding="utf-8").startswith("# ")


def test_the_readme_leads_to_every_page() -> None:
    """From the README every page of the docs is two clicks away."""
    near = reached(ROOT / "README.md")
    far = near | {page for each in near for page in reached(each)}
    pages = {page for page in PAGES if page.parent.name != "decisions" and page.name != "CHANGELOG.md"}
    assert pages - far - {ROOT / "README.md"} == set()


def reached(page: Path) -> set[Path]:
    if page.suffix != ".md":
        return set()
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", words_of(page))
    return {(page.parent / target).resolve() for target in targets}


class TestTheExamplesPage:
    text = words_of(ROOT / "docs/examples.md")

    @pytest.mark.parametrize("slug", SLUGS)
    def test_tells_of_every_offer_and_need(self, slug: str) -> None:
        assert f"## {read(slug).title}" in self.text
        for note in read(slug).notes:
            if note.block in ("desired_value", "value_offer"):
                assert note.text in self.text

    def test_explains_what_stands_in_the_files(self) -> None:
        section = self.text.partition("## In the files")[2]
        said = {field for field in Paper.__dataclass_fields__ if f"`{field}`" in section}
        obvious = {"company", "partnership", "block", "rank", "text", "key", "reading"}
        assert set(Paper.__dataclass_fields__) - said - obvious == set()
        assert all(kind.__doc__ for kind in (Alliance, Company, Joint, Match, Person, Said))


def test_sources_name_every_address_of_the_public_example() -> None:
    about = read("nespresso-delonghi").about
    sources = words_of(ROOT / "docs/sources.md")
    for address in re.findall(r"https?://\S+", about):
        assert address in sources
