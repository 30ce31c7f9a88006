"""Many lines at once: a list, a spreadsheet's column, a whole canvas with headings."""

import pytest

from partners.base.errors import Conflict, Invalid
from partners.canvases import operations
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP
from partners.canvases.models import Note
from partners.canvases.operations.paste import ASK_OVER, REFUSE_OVER, split_lines
from tests.canvases.conftest import Story
from tests.factories import Cast
from tests.pasting import PASTED


class TestReadingLines:
    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("- Boutiques", "Boutiques"),
            ("* Boutiques", "Boutiques"),
            ("• Boutiques", "Boutiques"),
            ("– Boutiques", "Boutiques"),
            ("3. Boutiques", "Boutiques"),
            ("(12) Boutiques", "Boutiques"),
            ("  Boutiques  ", "Boutiques"),
            ("2 boutiques", "2 boutiques"),
            ("-5 % a year", "-5 % a year"),
            ("Boutiques\t200\t\tsince 2011", "Boutiques · 200 · since 2011"),
            ("Key activities we lack", "Key activities we lack"),
        ],
    )
    def test_takes_off_what_only_marks_a_list(self, line: str, text: str) -> None:
        assert split_lines(BUSINESS_MODEL, "channels", line) == [("channels", text)]

    @pytest.mark.parametrize(
        "heading",
        [
            "Key Partners",
            "## Key Partners",
            "key partners:",
            "KEY PARTNERSHIPS",
            "**Key Partners**",
            "**Key Partners:**",
            "_Key Partners_",
            "key_partners",
        ],
    )
    def test_sends_what_follows_a_heading_to_its_block(self, heading: str) -> None:
        found = split_lines(BUSINESS_MODEL, "channels", f"Boutiques\n{heading}\n- Machine makers\n- Growers")
        assert found == [("channels", "Boutiques"), ("key_partners", "Machine makers"), ("key_partners", "Growers")]

    def test_knows_the_blocks_of_its_own_sheet_only(self) -> None:
        lines = "Value Offer\nBrand\nChannels\nBoutiques"
        assert split_lines(PARTNERSHIP, "intent", lines) == [
            ("value_offer", "Brand"),
            ("value_offer", "Channels"),
            ("value_offer", "Boutiques"),
        ]

    @pytest.mark.parametrize(("pasted", "lines"), PASTED.values(), ids=PASTED)
    def test_reads_what_spreadsheets_put_down(self, pasted: str, lines: list[str]) -> None:
        assert split_lines(BUSINESS_MODEL, "channels", pasted) == [("channels", line) for line in lines]


@pytest.mark.django_db
class TestPasting:
    def paste(self, cast: Cast, lines: str, **more: object) -> list[Note]:
        sheet = cast.seen(cast.bo, cast.model(cast.nespresso))
        return operations.paste_notes(sheet=sheet, block="channels", lines=lines, **more).notes  # type: ignore[arg-type]  # forwarded

    def test_is_one_change_with_a_note_per_line_in_order(self, cast: Cast, story: Story) -> None:
        cast.note("Online", block="channels")
        story.begin()
        made = self.paste(cast, "Boutiques\nPhone\nTelevision")
        assert story.kinds == ["note_added"] * 3
        assert len({event.change for event in story.events}) == 1
        assert {event.actor for event in story.events} == {cast.bo}
        notes = Note.objects.filter(canvas=cast.model(cast.nespresso), block="channels").order_by("rank")
        assert [note.text for note in notes] == ["Online", "Boutiques", "Phone", "Television"]
        assert [note.author for note in made] == [cast.bo] * 3

    def test_of_a_whole_canvas_fills_its_blocks(self, cast: Cast) -> None:
        lines = "\n".join(f"# {block.title}\n- First of {block.key}\n- Second" for block in BUSINESS_MODEL.blocks)
        made = self.paste(cast, lines)
        assert [note.block for note in made] == [block.key for block in BUSINESS_MODEL.blocks for _note in range(2)]

    def test_gives_notes_what_their_block_asks_for(self, cast: Cast) -> None:
        sheet = cast.seen(cast.bo, cast.sheet(cast.with_delonghi, cast.nespresso))
        lines = "Desired Value\nShelf space\nCreated Value\nA new habit\nCost Check\nMore marketing"
        made = operations.paste_notes(sheet=sheet, block="intent", lines=lines).notes
        assert [(note.weight, note.beneficiary, note.verdict) for note in made] == [
            (2, "", ""),
            (None, "customer", ""),
            (None, "", "neutral"),
        ]

    def test_over_fifty_lines_asks_first(self, cast: Cast, story: Story) -> None:
        lines = "\n".join(f"Shop {number}" for number in range(ASK_OVER + 1))
        with pytest.raises(Conflict, match="Make 51 notes") as question:
            self.paste(cast, lines)
        assert question.value.code == "many_lines"
        assert story.events == []
        assert len(self.paste(cast, lines, confirmed=True)) == ASK_OVER + 1

    def test_over_two_hundred_lines_refuses_even_when_confirmed(self, cast: Cast, story: Story) -> None:
        lines = "\n".join(f"Shop {number}" for number in range(REFUSE_OVER + 1))
        with pytest.raises(Invalid, match="201 lines; paste at most 200"):
            self.paste(cast, lines, confirmed=True)
        assert story.events == []

    def test_with_one_line_too_long_makes_none(self, cast: Cast, story: Story) -> None:
        with pytest.raises(Invalid):
            self.paste(cast, "short\n" + "x" * 1001)
        assert story.events == []

    @pytest.mark.parametrize("lines", ["", " \n ", "Channels\n## Key Partners:"])
    def test_of_nothing_says_so(self, cast: Cast, lines: str) -> None:
        with pytest.raises(Invalid, match="nothing to paste"):
            self.paste(cast, lines)
