"""What an example is made of: companies, people, partnerships, notes, what is said about them and when comparing them.

All of it points at each other by short keys, which are checked before anything is written (`check`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from partners.canvases.models import Note
from partners.hypotheses.rules import Slot
from partners.value_fit.rules import SIDES
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
class Alliance:
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
class Said:
    """What somebody says of a match, for their own company: 0 not … 3 fully."""

    by: str
    strength: int
    reason: str = ""


@dataclass(frozen=True)
class Match:
    """An offer of one company put to a need of the other, and what each side says of it; who speaks first, docks."""

    offer: str
    need: str
    ratings: tuple[Said, ...]


@dataclass(frozen=True)
class Joint:
    """A joint sentence, begun from a note of either sheet: how it gets across, or what becomes possible together."""

    source: str
    by: str
    yes: list[str]
    """Who says *Yes, that is how it works*, each for their own company."""


@dataclass(frozen=True)
class Idea:
    """A joint idea to test: its words by slot, and the notes it rests on, of one partnership."""

    by: str
    title: str
    notes: list[str]
    words: dict[str, str]
    importance: int = 3
    assumed_level: int = 0


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
    partnerships: dict[str, Alliance]
    notes: list[Paper]
    thumbs: dict[str, list[str]]
    comments: list[Remark]
    matches: list[Match]
    unmatched: dict[str, str]
    """Needs that nobody offers and offers that nobody asked for, each with who said so."""
    joint: list[Joint]
    ideas: list[Idea]

    @property
    def focal(self) -> Company:
        """The company that the network is built around."""
        return next(company for company in self.companies.values() if company.focal)

    @property
    def by_key(self) -> dict[str, Paper]:
        """The notes that others point at."""
        return {note.key: note for note in self.notes if note.key}

    def sides_of(self, note: Paper) -> list[str]:
        """The two companies whose partnership a note is about."""
        alliance = self.partnerships[note.partnership]
        return [alliance.first, alliance.second]

    @property
    def free_colour(self) -> int:
        """A person's colour that nobody of the example has, for whoever runs it."""
        return min(set(range(1, COLOURS + 1)) - {person.colour for person in self.people.values()})


def check(recipe: Recipe) -> None:
    """Raise `RecipeError` unless every key that is pointed at exists, and people speak for their own side only."""
    keys = [note.key for note in recipe.notes if note.key]
    if doubled := {key for key in keys if keys.count(key) > 1}:
        raise RecipeError(f"{recipe.slug}: two notes are called {', '.join(sorted(doubled))}")
    if sum(company.focal for company in recipe.companies.values()) != 1:
        raise RecipeError(f"{recipe.slug}: exactly one company must be focal")
    companies, people, notes = set(recipe.companies), set(recipe.people), set(keys)
    for person in recipe.people.values():
        _exists(recipe, f"people.{person.key}", "company", person.organisation, companies)
    for alliance in recipe.partnerships.values():
        where = f"partnerships.{alliance.key}"
        _exists(recipe, where, "company", alliance.first, companies)
        _exists(recipe, where, "company", alliance.second, companies - {alliance.first})
        _exists(recipe, where, "state", alliance.state, set(Partnership.State.values))
    for note in recipe.notes:
        _check_note(recipe, note, notes)
    for key, givers in recipe.thumbs.items():
        _exists(recipe, "thumbs", "note", key, notes)
        for giver in givers:
            _exists(recipe, f"thumbs.{key}", "person", giver, people)
    for remark in recipe.comments:
        _exists(recipe, "comments", "note", remark.on, notes)
        _exists(recipe, f"comments on {remark.on}", "person", remark.by, people)
    _check_comparison(recipe)


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
        _exists(recipe, where, "partnership", note.partnership, set(recipe.partnerships))
        alliance = recipe.partnerships[note.partnership]
        _exists(recipe, where, "side", note.company, {alliance.first, alliance.second})


def _check_comparison(recipe: Recipe) -> None:
    """What is said of needs and offers is said of needs and offers, once for each side, by people of that side."""
    by_key = recipe.by_key
    standing = {block: {key for key, note in by_key.items() if note.block == block} for block in _COMPARED}
    needs, offers = standing["desired_value"], standing["value_offer"]
    for match in recipe.matches:
        where = f"{match.offer} for {match.need}"
        _exists(recipe, where, "offer", match.offer, offers)
        across = {key for key in needs if _are_across(by_key[match.offer], by_key[key])}
        _exists(recipe, where, "need across", match.need, across)
        sides = [by_key[match.need].company, by_key[match.offer].company]
        for said in match.ratings:
            _speaks_for(recipe, where, said.by, sides)
            sides.remove(recipe.people[said.by].organisation)  # so that each side is heard once
            if said.strength not in range(4):
                raise RecipeError(f"{recipe.slug}: {where}: strength cannot be {said.strength}")
    for key, by in recipe.unmatched.items():
        _exists(recipe, "unmatched", "need or offer", key, needs | offers)
        _speaks_for(recipe, f"unmatched.{key}", by, recipe.sides_of(by_key[key]))
    for joint in recipe.joint:
        where = f"joint {joint.source}"
        _exists(recipe, where, "note", joint.source, standing["transfer_activities"] | standing["created_value"])
        for who in (joint.by, *joint.yes):
            _speaks_for(recipe, where, who, recipe.sides_of(by_key[joint.source]))
    for idea in recipe.ideas:
        _check_idea(recipe, idea, by_key)


def _check_idea(recipe: Recipe, idea: Idea, by_key: dict[str, Paper]) -> None:
    """An idea rests on notes of both sketches of one partnership, and says so in words that its sentence has."""
    where = f"idea {idea.title}"
    for key in idea.notes:
        _exists(recipe, where, "note", key, set(by_key))
    resting = [by_key[key] for key in idea.notes]
    if len({note.partnership for note in resting}) != 1 or len({note.company for note in resting}) != len(SIDES):
        raise RecipeError(f"{recipe.slug}: {where}: it rests on notes of both sketches of one partnership")
    _speaks_for(recipe, where, idea.by, recipe.sides_of(resting[0]))
    for slot in idea.words:
        _exists(recipe, where, "part of the sentence", slot, {slot.value for slot in Slot})


_COMPARED = ("desired_value", "value_offer", "transfer_activities", "created_value")


def _are_across(offer: Paper, need: Paper) -> bool:
    return offer.partnership == need.partnership and offer.company != need.company


def _speaks_for(recipe: Recipe, where: str, who: str, sides: list[str]) -> None:
    _exists(recipe, where, "person", who, set(recipe.people))
    if recipe.people[who].organisation not in sides:
        raise RecipeError(f"{recipe.slug}: {where}: {who} does not speak for a side of it, or it was heard already")


def _exists(recipe: Recipe, where: str, what: str, key: str, known: set[str]) -> None:
    if key not in known:
        raise RecipeError(f"{recipe.slug}: {where}: there is no {what} {key}")
