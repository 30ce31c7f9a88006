"""The two canvases as the method has them: keys, order, drawing, and what notes carry."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from partners.canvases.kinds import BUSINESS_MODEL, KINDS, PARTNERSHIP, CanvasKind

# The grid of the Business Model Canvas, as row-start / column-start / row-end / column-end.
BUSINESS_MODEL_AREAS = {
    "key_partners": "1 / 1 / 3 / 3",
    "key_activities": "1 / 3 / 2 / 5",
    "key_resources": "2 / 3 / 3 / 5",
    "value_propositions": "1 / 5 / 3 / 7",
    "customer_relationships": "1 / 7 / 2 / 9",
    "channels": "2 / 7 / 3 / 9",
    "customer_segments": "1 / 9 / 3 / 11",
    "cost_structure": "3 / 1 / 4 / 6",
    "revenue_streams": "3 / 6 / 4 / 11",
}


def test_the_business_model_is_filled_in_from_the_customers() -> None:
    assert [block.key for block in BUSINESS_MODEL.blocks] == [
        "customer_segments",
        "value_propositions",
        "channels",
        "customer_relationships",
        "revenue_streams",
        "key_resources",
        "key_activities",
        "key_partners",
        "cost_structure",
    ]


def test_the_partnership_is_filled_in_from_the_intent() -> None:
    assert [block.key for block in PARTNERSHIP.blocks] == [
        "intent",
        "desired_value",
        "value_offer",
        "transfer_activities",
        "created_value",
        "value_check",
        "cost_check",
        "parking_lot",
    ]


def test_notes_carry_what_their_block_asks_for() -> None:
    carried = {block.key: set(block.fields) - {"basis", "target_block"} for block in PARTNERSHIP.blocks}
    assert {key: fields for key, fields in carried.items() if fields} == {
        "desired_value": {"weight"},
        "created_value": {"beneficiary"},
        "value_check": {"verdict"},
        "cost_check": {"verdict"},
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
class TestEveryKind:
    def test_draws_each_block_once(self, kind: CanvasKind) -> None:
        assert sorted(kind.drawing) == sorted(block.key for block in kind.blocks)

    def test_asks_a_question_in_every_block(self, kind: CanvasKind) -> None:
        assert all(block.questions for block in kind.blocks)

    def test_gives_credit(self, kind: CanvasKind) -> None:
        assert re.search("Strategyzer AG, CC BY-SA 3.0|Bart Doorneweert, valuechaingeneration.com", str(kind.credit))

    def test_has_a_place_on_paper_for_every_block(self, kind: CanvasKind) -> None:
        assert set(areas(kind)) == {block.key for block in kind.blocks}


def test_the_business_model_is_laid_out_as_its_author_does() -> None:
    assert areas(BUSINESS_MODEL) == BUSINESS_MODEL_AREAS


def test_imports_know_the_other_name_of_key_partners() -> None:
    block = BUSINESS_MODEL.block("key_partnerships")
    assert block is not None
    assert block.key == "key_partners"


def areas(kind: CanvasKind) -> dict[str, str]:
    """The grid areas that the style sheets give to a kind's blocks, the first said of each."""
    found: dict[str, str] = {}
    for sheet in sorted(Path(settings.BASE_DIR, "static/css").rglob("*.css")):
        pattern = rf"\.{kind.area_prefix}(\w+)[^{{}}]*\{{\s*grid-area:\s*([\d /]+)"
        for key, area in re.findall(pattern, sheet.read_text(encoding="utf-8")):
            found.setdefault(key, " ".join(area.split()))
    return found
