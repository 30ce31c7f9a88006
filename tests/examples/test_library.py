import re

import pytest

from partners.examples.reading import SLUGS, parse, read
from partners.examples.recipe import Paper, RecipeError
from tests.examples.tables import MODELS, SHEETS, WEIGHTS


def plain(text: str) -> str:
    """Words only, so that capitals and the shape of an apostrophe do not matter."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("’", "").replace("'", "")))


def cells(table: dict[str, dict[str, dict[str, str]]]) -> list[tuple[str, str, str, str]]:
    """Every cell of a table, as (example, company, block, what stands there)."""
    return [
        (slug, company, block, cell)
        for slug, companies in table.items()
        for company, blocks in companies.items()
        for block, cell in blocks.items()
    ]


def papers(slug: str, company: str, block: str, *, of_partnership: bool) -> list[Paper]:
    """The library's notes of one block."""
    notes = [note for note in read(slug).notes if (note.company, note.block) == (company, block)]
    return [note for note in notes if bool(note.partnership) == of_partnership]


def told(notes: list[Paper]) -> list[tuple[str, bool]]:
    return [(plain(note.text), note.reading) for note in notes]


def as_notes(cell: str, *, commas: bool) -> list[tuple[str, bool]]:
    """A cell's entries as (words, is our reading); a mark at the end of an entry speaks for all its parts."""
    found = []
    for entry in cell.split("; "):
        words = entry.removesuffix(" r")
        parts = words.split(", ") if commas else [words]
        found += [(plain(part), words != entry) for part in parts]
    return found


@pytest.mark.parametrize(("slug", "company", "block", "cell"), cells(MODELS))
def test_the_models_say_what_the_tables_say(slug: str, company: str, block: str, cell: str) -> None:
    notes = told(papers(slug, company, block, of_partnership=False))
    assert notes in (as_notes(cell, commas=True), as_notes(cell, commas=False))


@pytest.mark.parametrize(("slug", "company", "block", "cell"), cells(SHEETS))
def test_the_partnership_sheets_say_what_the_tables_say(slug: str, company: str, block: str, cell: str) -> None:
    notes = papers(slug, company, block, of_partnership=True)
    entries = cell.split("; ")
    assert len(notes) == len(entries)
    for note, entry in zip(notes, entries, strict=True):
        key = re.match(r"([ab]\d) ", entry)
        beneficiary = re.match(r"(customer|us|partner): ", entry)
        words = entry[key.end() if key else 0 :][beneficiary.end() if beneficiary else 0 :]
        assert plain(note.text) == plain(words.removesuffix(" r"))
        assert note.reading == words.endswith(" r")
        assert note.beneficiary == (beneficiary[1] if beneficiary else "")
        if key:
            assert note.key == key[1]


def test_the_weights_are_those_of_the_worked_sums() -> None:
    for slug, weights in WEIGHTS.items():
        assert {note.key: note.weight for note in read(slug).notes if note.weight} == weights


@pytest.mark.parametrize("slug", SLUGS)
class TestAnExample:
    def test_takes_every_want_and_offer_from_a_model_unless_nobody_has_it(self, slug: str) -> None:
        notes = {note.name: note for note in read(slug).notes}
        without = [
            note.key for note in notes.values() if note.block in ("desired_value", "value_offer") and not note.source
        ]
        assert without == (["b3"] if slug == "hip-replacement" else [])
        sides = {note.key: notes[note.source].company == note.company for note in notes.values() if note.source}
        assert all(own == (notes[key].block == "value_offer") for key, own in sides.items())

    def test_says_where_every_want_and_offer_lands(self, slug: str) -> None:
        blocks = ("desired_value", "value_offer", "transfer_activities", "created_value")
        assert all(note.target_block for note in read(slug).notes if note.block in blocks)

    def test_says_what_is_invented(self, slug: str) -> None:
        assert "invented" in read(slug).about
        assert "illustrative" in read(slug).about

    def test_fits_on_the_board(self, slug: str) -> None:
        assert max(len(note.text) for note in read(slug).notes) <= 70
        assert all(len(company.short_name) <= 14 for company in read(slug).companies.values())


def test_the_public_case_names_its_sources() -> None:
    assert read("nespresso-delonghi").about.count("https://") == 6


SOUND = """
title = "Two"
card = "Two companies"
customer_segment = "Homes"
about = "Invented."
[fill_meanings]
sun = "talk"
[organisations.one]
name = "One"
short_name = "One"
focal = true
[organisations.two]
name = "Two"
short_name = "Two"
[people.ana]
name = "Ana"
organisation = "one"
colour = 1
[partnerships.both]
first = "one"
second = "two"
[models.one]
channels = [{ key = "shop", text = "Shops", by = "ana" }]
[thumbs]
shop = ["ana"]
"""


@pytest.mark.parametrize(
    ("wrong", "right", "complaint"),
    [
        ("title =", 'title = "Two"', "not readable as TOML"),
        ('titel = "Two"', 'title = "Two"', "title must be a text"),
        ('title = "Two"\nmood = "good"', 'title = "Two"', "nobody knows mood"),
        ("colour = 1\nage = 7", "colour = 1", "people.ana: got an unexpected keyword argument 'age'"),
        ("", "colour = 1", "people.ana: missing 1 required"),
        ('colour = "red"', "colour = 1", "people.ana: colour must be of type int"),
        ("focal = false", "focal = true", "exactly one company must be focal"),
        ("chanels", "channels", "Business model has no block chanels"),
        ('by = "bo"', 'by = "ana"', "“Shops”: there is no colleague bo"),
        ('second = "one"', 'second = "two"', "partnerships.both: there is no company one"),
        ('shop = ["bo"]', 'shop = ["ana"]', "thumbs.shop: there is no person bo"),
        ('door = ["ana"]', 'shop = ["ana"]', "thumbs: there is no note door"),
        ('text = ""', 'text = "Shops"', "channels[0]: a note has 1 to 1000 characters"),
        ('text = "Shops", fill = "gold"', 'text = "Shops"', "fill cannot be gold"),
        ('text = "Shops", weight = 2', 'text = "Shops"', "notes in channels have no weight"),
        ('text = "Shops", source = "door"', 'text = "Shops"', "“Shops”: there is no note door"),
    ],
)
def test_complains_in_words_about_an_unsound_file(wrong: str, right: str, complaint: str) -> None:
    parse("two", SOUND)
    with pytest.raises(RecipeError, match=re.escape(complaint)):
        parse("two", SOUND.replace(right, wrong, 1))


def test_knows_only_its_own_examples() -> None:
    with pytest.raises(RecipeError, match="hip-replacement, nespresso-delonghi"):
        read("tesla-toyota")
