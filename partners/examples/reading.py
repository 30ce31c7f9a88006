"""The library's files, `library/*.toml`, read and checked whole before anything is written.

A file names its companies, people and partnerships by keys of its own; notes stand in lists by block, under
`models.<company>` and `sheets.<partnership>.<company>`. A note that others point at (`source`, thumbs, comments) has a
`key`. `reading = true` says that our sources do not say it in so many words: such a note counts as a guess. What people
say when they compare stands in `pairs` (an offer, a need, and the rating of each side), `unmatched` and `joint`; what
they want to test together, in `ideas`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP, CanvasKind
from partners.canvases.models import TEXT_LIMIT, Note
from partners.examples.recipe import (
    Alliance,
    Company,
    Idea,
    Joint,
    Match,
    Paper,
    Person,
    Recipe,
    RecipeError,
    Remark,
    Said,
    check,
)
from partners.workspaces.models import FILLS

LIBRARY = Path(__file__).parent / "library"
SLUGS = ("hip-replacement", "nespresso-delonghi")
"""The examples in the order they are shown: the first has a need that nobody meets and an offer nobody asked for."""

TYPES = {"str": str, "int": int, "int | None": int, "bool": bool, "list[str]": list, "dict[str, str]": dict}
"""What may stand in a file for a field of that type."""


@cache
def read(slug: str) -> Recipe:
    """Return an example of the library; raises `RecipeError` for one that does not exist or is not sound."""
    if slug not in SLUGS:
        raise RecipeError(f"There is no example called {slug}; there are {', '.join(SLUGS)}.")
    return parse(slug, (LIBRARY / f"{slug}.toml").read_text(encoding="utf-8"))


def parse(slug: str, text: str) -> Recipe:
    """Return the example written in a file's text; raises `RecipeError`."""
    try:
        table = _Table(tomllib.loads(text), slug)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{slug}: not readable as TOML: {error}") from error
    recipe = Recipe(
        slug=slug,
        title=table.words("title"),
        card=table.words("card"),
        customer_segment=table.words("customer_segment"),
        about=table.words("about"),
        fill_meanings={fill: table.inside("fill_meanings").words(fill) for fill in table.inside("fill_meanings")},
        companies={key: each.into(Company, key=key) for key, each in table.inside("organisations").tables()},
        people={key: each.into(Person, key=key) for key, each in table.inside("people").tables()},
        partnerships={key: each.into(Alliance, key=key) for key, each in table.inside("partnerships").tables()},
        notes=list(_papers(table)),
        thumbs=dict(table.inside("thumbs").values),
        comments=[each.into(Remark) for each in table.listed("comments")],
        matches=[_match(each) for each in table.listed("pairs")],
        unmatched={key: table.inside("unmatched").words(key) for key in table.inside("unmatched")},
        joint=[each.into(Joint) for each in table.listed("joint")],
        ideas=[each.into(Idea) for each in table.listed("ideas")],
    )
    table.knows_no_more()
    check(recipe)
    return recipe


class _Table:
    """A part of the file that knows its own place, so that every complaint can name it."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values, self.where, self.asked = values, where, set[str]()

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def words(self, name: str) -> str:
        """A text that must be there."""
        self.asked.add(name)
        value = self.values.get(name)
        if not isinstance(value, str) or not value.strip():
            raise RecipeError(f"{self.where}: {name} must be a text")
        return value.strip()

    def inside(self, name: str) -> _Table:
        """A table in this one; empty when it is missing."""
        self.asked.add(name)
        value = self.values.get(name, {})
        if not isinstance(value, Mapping):
            raise RecipeError(f"{self.where}: {name} must be a table")
        return _Table(value, f"{self.where}: {name}")

    def tables(self) -> Iterator[tuple[str, _Table]]:
        """All tables in this one by name."""
        return ((name, _Table(self.inside(name).values, f"{self.where}.{name}")) for name in self.values)

    def listed(self, name: str) -> list[_Table]:
        """A list of tables; empty when it is missing."""
        self.asked.add(name)
        rows = self.values.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise RecipeError(f"{self.where}: {name} must be a list of tables")
        return [_Table(row, f"{self.where}.{name}[{place}]") for place, row in enumerate(rows)]

    def into(self, kind: type[Any], **given: Any) -> Any:
        """This table as a dataclass; complains about what is missing, misshapen, or known to nobody."""
        for each in fields(kind):
            if each.name in self.values and not isinstance(self.values[each.name], TYPES[str(each.type)]):
                raise RecipeError(f"{self.where}: {each.name} must be of type {each.type}")
        try:
            return kind(**given, **self.values)
        except TypeError as error:
            raise RecipeError(f"{self.where}: {str(error).partition('() ')[2] or error}") from error

    def knows_no_more(self) -> None:
        """Complain about entries that nobody asked for."""
        if unknown := set(self.values) - self.asked:
            raise RecipeError(f"{self.where}: nobody knows {', '.join(sorted(unknown))}")


def _match(table: _Table) -> Match:
    ratings = tuple(each.into(Said) for each in table.listed("ratings"))
    match = Match(table.words("offer"), table.words("need"), ratings)
    table.knows_no_more()
    return match


def _papers(table: _Table) -> Iterator[Paper]:
    for company, blocks in table.inside("models").tables():
        yield from _block_papers(blocks, BUSINESS_MODEL, company=company, partnership="")
    for partnership, sheets in table.inside("sheets").tables():
        for company, blocks in sheets.tables():
            yield from _block_papers(blocks, PARTNERSHIP, company=company, partnership=partnership)


def _block_papers(blocks: _Table, kind: CanvasKind, **place: str) -> Iterator[Paper]:
    for key in blocks:
        block = kind.block(key)
        if block is None:
            raise RecipeError(f"{blocks.where}: {kind.title} has no block {key}")
        for rank, row in enumerate(blocks.listed(key)):
            paper: Paper = row.into(Paper, block=block.key, rank=rank, **place)
            _check_fields(paper, block.fields, row.where)
            yield paper


def _check_fields(paper: Paper, fields: frozenset[str], where: str) -> None:
    if not paper.text.strip() or len(paper.text) > TEXT_LIMIT:
        raise RecipeError(f"{where}: a note has 1 to {TEXT_LIMIT} characters")
    for name, known in (
        ("fill", FILLS),
        ("weight", (None, 1, 2, 3)),
        ("beneficiary", ("", *Note.Beneficiary.values)),
        ("target_block", ("", *(block.key for block in BUSINESS_MODEL.blocks))),
    ):
        value = getattr(paper, name)
        if value not in known:
            raise RecipeError(f"{where}: {name} cannot be {value}")
        if name != "fill" and value and name not in fields:
            raise RecipeError(f"{where}: notes in {paper.block} have no {name}")
