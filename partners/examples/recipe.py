"""What an example is made of: companies, people, partnerships, notes, and what is said about them.

All of it points at each other by short keys, which are checked before anything is written (`check`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from partners.canvases.models import Note
from partners.workspaces.models import Partnership
from partners.workspaces.operations.people import COLOURS


class RecipeError(ValueError):
    """A file of the library cannot be taken as it is; the message says where and why."""


@dataclass(frozen=True)
class Company:
    """An organisation of the example."""

    key: str
    name: str
    short_name: str
    sector: str = ""
    profile: str = ""
    focal: bool = False


@dataclass(frozen=True)
class Person:
    """An invented person of one company."""

    key: str
    name: str
    organisation: str
    colour: int


@dataclass(frozen=True)
class Pair:
    """A partnership of two companies."""

    key: str
    first: str
    second: str
    state: str = "candidate"
    must_leave: str = ""


@dataclass(frozen=True)
class Paper:
    """One note: on a company's business model, or on its sheet of a partnership."""

    company: str
    partnership: str
    block: str
    rank: int
    """Its place in the block, from 0."""
    text: str
    by: str
    key: str = ""
    fill: str = "plain"
    reading: bool = False
    confirmed: str = ""
    weight: int | None = None
    beneficiary: str = ""
    source: str = ""
    target_block: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What others call it: its key, or its place."""
        return self.key or f"{self.partnership or 'model'}.{self.company}.{self.block}.{self.rank}"

    @property
    def basis(self) -> str:
        """Known, or a guess when our sources do not say so themselves."""
        return Note.Basis.GUESS if self.reading else Note.Basis.KNOWN


@dataclass(frozen=True)
class Remark:
    """What somebody said about a note."""

    on: str
    by: str
    text: str


@dataclass(frozen=True)
class Recipe:
    """One example, whole and consistent: every key that is pointed at exists."""

    slug: str
    title: str
    card: str
    customer_segment: str
    about: str
    fill_meanings: dict[str, str]
    companies: dict[str, Company]
    people: dict[str, Person]
    pairs: dict[str, Pair]
    notes: list[Paper]
    thumbs: dict[str, list[str]]
    comments: list[Remark]

    @property
    def focal(self) -> Company:
        """The company that the network is built around."""
        return next(company for company in self.companies.values() if company.focal)

    @property
    def free_colour(self) -> int:
        """A person's colour that nobody of the example has, for whoever runs it."""
        return min(set(range(1, COLOURS + 1)) - {person.colour for person in self.people.values()})


def check(recipe: Recipe) -> None:
    """Raise `RecipeError` unless every key that is pointed at exists, and notes are signed by people of their side."""
    keys = [note.key for note in recipe.notes if note.key]
    if doubled := {key for key in keys if keys.count(key) > 1}:
        raise RecipeError(f"{recipe.slug}: two notes are called {', '.join(sorted(doubled))}")
    if sum(company.focal for company in recipe.companies.values()) != 1:
        raise RecipeError(f"{recipe.slug}: exactly one company must be focal")
    companies, people, notes = set(recipe.companies), set(recipe.people), set(keys)
    for person in recipe.people.values():
        _exists(recipe, f"people.{person.key}", "company", person.organisation, companies)
    for pair in recipe.pairs.values():
        _exists(recipe, f"partnerships.{pair.key}", "company", pair.first, companies)
        _exists(recipe, f"partnerships.{pair.key}", "company", pair.second, companies - {pair.first})
        _exists(recipe, f"partnerships.{pair.key}", "state", pair.state, set(Partnership.State.values))
    for note in recipe.notes:
        _check_note(recipe, note, notes)
    for key, givers in recipe.thumbs.items():
        _exists(recipe, "thumbs", "note", key, notes)
        for giver in givers:
            _exists(recipe, f"thumbs.{key}", "person", giver, people)
    for remark in recipe.comments:
        _exists(recipe, "comments", "note", remark.on, notes)
        _exists(recipe, f"comments on {remark.on}", "person", remark.by, people)


def _check_note(recipe: Recipe, note: Paper, notes: set[str]) -> None:
    where = f"“{note.text}”"
    _exists(recipe, where, "company", note.company, set(recipe.companies))
    colleagues = {person.key for person in recipe.people.values() if person.organisation == note.company}
    _exists(recipe, where, "colleague", note.by, colleagues)
    if note.confirmed:
        _exists(recipe, where, "colleague", note.confirmed, colleagues)
    if note.source:
        _exists(recipe, where, "note", note.source, notes - {note.key})
    if note.partnership:
        _exists(recipe, where, "partnership", note.partnership, set(recipe.pairs))
        pair = recipe.pairs[note.partnership]
        _exists(recipe, where, "side", note.company, {pair.first, pair.second})


def _exists(recipe: Recipe, where: str, what: str, key: str, known: set[str]) -> None:
    if key not in known:
        raise RecipeError(f"{recipe.slug}: {where}: there is no {what} {key}")
