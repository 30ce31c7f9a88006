"""The kinds of canvas, as data: a third kind is one more entry here and one more grid in the style sheet.

Sources: `docs/sources.md`. The Business Model Canvas's layout is Strategyzer's (CC BY-SA 3.0), the questions are ours.
The Partnership Canvas is Bart Doorneweert's of 2014; its drawing is our reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class BlockKind:
    """One block: its key, words, and what a note in it carries beside its text.

    `fields` is a subset of weight, basis, beneficiary, verdict, target_block. `subtitle` may name `%(owner)s` and
    `%(partner)s`. `is_wide` blocks are low and carry their title beside their notes, in `columns` columns.
    """

    key: str
    title: Any
    questions: Sequence[Any]
    subtitle: Any = ""
    fields: frozenset[str] = frozenset({"basis"})
    is_wide: bool = False
    columns: int = 1
    aliases: tuple[str, ...] = ()
    risk: str = ""


@dataclass(frozen=True)
class CanvasKind:
    """One kind of sheet. `blocks` stand in fill order; `drawing` lists their keys row by row, as on paper."""

    key: str
    title: Any
    template_version: str
    grid_class: str
    area_prefix: str
    credit: Any
    blocks: tuple[BlockKind, ...]
    drawing: tuple[str, ...]
    of_partnership: bool = False
    takes_into: dict[str, str] = field(default_factory=dict)
    """Where a note of this sheet lands in the Partnership Canvas: by whose sheet it is, `own` or `other`."""

    def block(self, key: str) -> BlockKind | None:
        """Return a block by its key or one of its aliases, None when this kind has no such block."""
        return next((block for block in self.blocks if key == block.key or key in block.aliases), None)

    @property
    def drawn(self) -> list[BlockKind]:
        """The blocks in drawing order, which is also document and tab order."""
        by_key = {block.key: block for block in self.blocks}
        return [by_key[key] for key in self.drawing]


BUSINESS_MODEL = CanvasKind(
    key="bmc",
    title=_("Business model"),
    template_version="bmc-2010",
    grid_class="blocks-bmc",
    area_prefix="bmc-",
    credit=_("Business Model Canvas by Strategyzer AG, CC BY-SA 3.0"),
    takes_into={"own": "value_offer", "other": "desired_value"},
    blocks=(
        BlockKind(
            "customer_segments",
            _("Customer Segments"),
            (_("Who do we serve?"), _("Whose problem comes first?"), _("Who pays and who uses?")),
            risk="desirability",
        ),
        BlockKind(
            "value_propositions",
            _("Value Propositions"),
            (_("What job gets easier, for which segment?"), _("Why us?")),
            risk="desirability",
        ),
        BlockKind(
            "channels",
            _("Channels"),
            (_("Where do people learn about, try, buy, receive us and get help?"),),
            risk="desirability",
        ),
        BlockKind(
            "customer_relationships",
            _("Customer Relationships"),
            (_("How do we win, keep and grow each segment?"),),
            risk="desirability",
        ),
        BlockKind(
            "revenue_streams",
            _("Revenue Streams"),
            (_("Who pays for what, how, how often?"),),
            risk="viability",
            columns=2,
        ),
        BlockKind(
            "key_resources", _("Key Resources"), (_("What must we hold for all this to work?"),), risk="feasibility"
        ),
        BlockKind("key_activities", _("Key Activities"), (_("What must we do really well?"),), risk="feasibility"),
        BlockKind(
            "key_partners",
            _("Key Partners"),
            (_("Who supplies what we neither own nor do?"), _("Why would they?")),
            aliases=("key_partnerships",),
            risk="feasibility",
        ),
        BlockKind(
            "cost_structure",
            _("Cost Structure"),
            (_("What costs most, and which costs move with volume?"),),
            risk="viability",
            columns=2,
        ),
    ),
    drawing=(
        "key_partners",
        "key_activities",
        "value_propositions",
        "customer_relationships",
        "customer_segments",
        "key_resources",
        "channels",
        "cost_structure",
        "revenue_streams",
    ),
)

_VALUE = frozenset({"basis", "target_block"})

PARTNERSHIP = CanvasKind(
    key="pc",
    title=_("Partnership"),
    template_version="pc-2014",
    grid_class="blocks-pc",
    area_prefix="pc-",
    credit=_("Partnership Canvas after Bart Doorneweert, valuechaingeneration.com"),
    of_partnership=True,
    blocks=(
        BlockKind(
            "intent",
            _("Intent"),
            (_("What must change in our business, and why with a partner rather than alone?"),),
            subtitle=_("Why %(owner)s wants a partnership"),
            is_wide=True,
            columns=2,
        ),
        BlockKind(
            "desired_value",
            _("Desired Value"),
            (
                _("Which assets, access or abilities in their model would move us forward?"),
                _("How badly do we need each?"),
            ),
            subtitle=_("What %(owner)s wants from %(partner)s"),
            fields=_VALUE | {"weight"},
        ),
        BlockKind(
            "value_offer",
            _("Value Offer"),
            (
                _("What do we have that would help their model, seen with their eyes?"),
                _("What is it costing us to give?"),
            ),
            subtitle=_("What %(owner)s brings"),
            fields=_VALUE,
        ),
        BlockKind(
            "transfer_activities",
            _("Transfer Activities"),
            (
                _("How will each side reach what the other brings?"),
                _("Who meets whom, what system, under which agreement, how often?"),
            ),
            subtitle=_("How it gets from one to the other"),
            fields=_VALUE,
        ),
        BlockKind(
            "created_value",
            _("Created Value"),
            (
                _("What new thing exists for the customer?"),
                _("What changes in our model because of it, and in theirs?"),
            ),
            subtitle=_("What becomes possible together"),
            fields=_VALUE | {"beneficiary"},
        ),
        BlockKind(
            "value_check",
            _("Value Check"),
            (_("Does the gain matter to our intent?"),),
            subtitle=_("Does the gain matter to %(owner)s?"),
            fields=frozenset({"basis", "verdict"}),
            is_wide=True,
            columns=1,
        ),
        BlockKind(
            "cost_check",
            _("Cost Check"),
            (_("Which blocks get dearer or busier?"),),
            subtitle=_("What does it cost %(owner)s?"),
            fields=frozenset({"basis", "verdict"}),
            is_wide=True,
            columns=1,
        ),
        BlockKind(
            "parking_lot",
            _("Parking lot"),
            (_("What is off topic now and must not be lost?"),),
            is_wide=True,
            columns=3,
        ),
    ),
    drawing=(
        "intent",
        "desired_value",
        "transfer_activities",
        "created_value",
        "value_offer",
        "value_check",
        "cost_check",
        "parking_lot",
    ),
)

KINDS: dict[str, CanvasKind] = {kind.key: kind for kind in (BUSINESS_MODEL, PARTNERSHIP)}

WEIGHT_WORDS = {1: _("nice"), 2: _("important"), 3: _("must")}
DEFAULT_WEIGHT = 2
