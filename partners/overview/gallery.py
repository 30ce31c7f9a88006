"""Every component in every state on one page: new ones join it first. For makers, not for guests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from partners.base.errors import NotFound
from partners.base.names import initials
from partners.base.ordering import rank_at
from partners.canvases.boards import DrawnBlock, DrawnSheet
from partners.canvases.drawing import DrawnNote
from partners.canvases.fragments import note_html
from partners.canvases.kinds import BUSINESS_MODEL, PARTNERSHIP, CanvasKind
from partners.overview.specimens import agreed, compared, merging

NAMESPACE = UUID("6b0b7a0e-52a1-4c9e-9c64-9a5f3a1c1d10")
MEANINGS = [("sun", "talk about this"), ("leaf", "new together"), ("sky", "a customer said so")]
FILLS = [("plain", ""), *MEANINGS, ("rose", "in doubt"), ("lilac", "")]
PEOPLE = [("Mara Keller", 1), ("Ben Okafor", 2), ("Jonas Lind", 3), ("Ilse Brandt", 4), ("Sana Rahimi", 5)]
SEEN_AT = datetime(2025, 5, 20, 9, 30, tzinfo=UTC)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """The components, twice: light and dark."""
    if not (settings.DEBUG or request.user.is_staff):
        raise NotFound
    return render(request, "gallery/page.html", {"themes": [examples("light"), examples("dark")]})


def examples(theme: str) -> dict[str, Any]:
    """Hand-made values for one theme; ids differ between themes, so that every id is on the page once."""
    made = Maker(theme)
    bmc = made.sheet(BUSINESS_MODEL, "start", "Northlake", MODEL)
    sketch = made.sheet(PARTNERSHIP, "start", "Northlake", SKETCH)
    return {
        "name": theme,
        "people": [
            {"name": name, "colour": colour, "initials": initials(name), "is_away": colour == 4}
            for name, colour in PEOPLE
        ],
        "notes": note_states(made),
        "note_html": note_html,
        "compared": compared(made.note, theme),
        "agreed": agreed(theme),
        "writing": made.note("Same-day surgery: home again the same evening", "writing", fill="sky"),
        "merging": merging(made.note),
        "blocks": block_states(made),
        "fills": FILLS,
        "can_on": {bmc.canvas_id: "write comment take", sketch.canvas_id: "write comment"},
        "sheet": bmc,
        "sketch": sketch,
        "rail": {
            "side": "start",
            "organisation_name": "Northlake",
            "partner_name": "Fellmark",
            "wants": sketch.block("desired_value"),
            "brings": sketch.block("value_offer"),
        },
        "mini": {key: [str(note.get("fill", "plain")) for note in notes] for key, notes in MODEL.items()},
        "qr": [list(row) for row in segno.make("http://192.168.4.20:8000/j/HIP472", error="m").matrix],
        "comments": [
            {
                "id": 1,
                "author_name": "Ben Okafor",
                "author_colour": 2,
                "text": "The doctors say three weeks, not two.",
                "created_at": SEEN_AT,
                "may_delete": True,
            }
        ],
    }


MODEL: dict[str, list[dict[str, Any]]] = {
    "key_partners": [{"text": "Implant supplier", "comments": 2}],
    "key_activities": [{"text": "Operate", "taken": "offered"}, {"text": "Discharge", "fill": "rose", "thumbs": 1}],
    "value_propositions": [
        {"text": "Short wait", "thumbs": 4},
        {"text": "Same-day surgery"},
        {"text": "One plan from referral to walking", "is_guess": True, "comments": 1},
    ],
    "customer_segments": [
        {"text": "Patients needing planned surgery", "thumbs": 3},
        {"text": "Paying municipalities", "fill": "sky", "confirmed_by": "Fellmark"},
    ],
    "key_resources": [{"text": "Theatres"}, {"text": "Surgeons"}, {"text": "Outcome data", "fill": "leaf"}],
    "channels": [{"text": "Referral from doctors"}],
    "cost_structure": [{"text": "Theatre staff"}, {"text": "Night beds", "fill": "sun", "thumbs": 5, "comments": 4}],
    "revenue_streams": [{"text": "Fee per operation"}],
}
SKETCH: dict[str, list[dict[str, Any]]] = {
    "intent": [{"text": "Free night beds, more same-day cases"}],
    "desired_value": [
        {"text": "Trained patients before surgery", "weight": 3, "origin": "from Key Activities"},
        {"text": "Home check on day 1", "weight": 2, "origin": "from Key Activities"},
    ],
    "value_offer": [{"text": "Fixed theatre plan", "origin": "from Key Activities"}, {"text": "Surgeon teaching hour"}],
    "transfer_activities": [{"text": "Weekly joint list meeting"}, {"text": "Shared pathway form"}],
    "created_value": [
        {"text": "One plan from referral to walking", "fill": "leaf", "beneficiary": "customer"},
        {"text": "Bed nights saved", "fill": "leaf", "beneficiary": "us"},
        {"text": "Fewer visits per patient", "beneficiary": "partner"},
    ],
    "value_check": [{"text": "Night beds free for more same-day cases", "verdict": "positive"}],
    "cost_check": [{"text": "Fixed plan leaves less slack", "verdict": "negative", "is_guess": True}],
}
WORDS: dict[str, dict[Any, str]] = {
    "weight": {1: "nice", 2: "important", 3: "must"},
    "beneficiary": {"customer": "for the customer", "us": "for Northlake", "partner": "for Fellmark"},
    "verdict": {"positive": "in favour", "neutral": "neutral", "negative": "against"},
}


class Maker:
    """Makes notes, blocks and sheets whose ids belong to one theme."""

    def __init__(self, theme: str) -> None:
        self._theme = theme
        self._count = 0

    def note(self, text: str, block: str, canvas: str = "loose", **fields: Any) -> DrawnNote:
        """A note that says `text`; everything else is at rest unless named."""
        self._count += 1
        name, colour = PEOPLE[self._count % len(PEOPLE)]
        fill = fields.pop("fill", "plain")
        values: dict[str, Any] = {
            "rank": rank_at(self._count),
            "drawn": 1,
            "text_version": 1,
            "fill_name": dict(FILLS)[fill],
            "tags": [],
            "weight": None,
            "is_guess": False,
            "stands_in": False,
            "confirmed_by": "",
            "beneficiary": "",
            "verdict": "",
            "comments": 0,
            "thumbs": 0,
            "thumb_ids": [],
            "origin": "",
            "taken": "",
            "target_block_title": "",
            **fields,
        }
        words: dict[str, Any] = {f"{name}_word": WORDS[name].get(values[name], "") for name in WORDS}
        return DrawnNote(
            id=self._id(f"note {self._count}"),
            canvas_id=self._id(canvas),
            block=block,
            text=text,
            fill=fill,
            author_name=name,
            author_initials=initials(name),
            author_colour=colour,
            author_id=self._id(name),
            created_at=SEEN_AT,
            **words,
            **values,
        )

    def sheet(self, kind: CanvasKind, side: str, owner: str, texts: dict[str, list[dict[str, Any]]]) -> DrawnSheet:
        """A whole sheet of a kind with these notes."""
        names = {"owner": owner, "partner": "Fellmark"}
        blocks = {
            block.key: DrawnBlock(
                key=block.key,
                title=str(block.title),
                subtitle=str(block.subtitle) % names if block.subtitle else "",
                questions=[str(question) for question in block.questions],
                css_area=f"{kind.area_prefix}{block.key}",
                is_wide=block.is_wide,
                columns=block.columns,
                notes=[
                    note_html(self.note(block=block.key, canvas=kind.key, **fields))
                    for fields in texts.get(block.key, [])
                ],
                canvas_id=self._id(kind.key),
                fields=block.fields,
            )
            for block in kind.blocks
        }
        return DrawnSheet(
            canvas_id=self._id(kind.key),
            kind=kind.key,
            title=f"{owner}: {str(kind.title).lower()} ({self._theme})",
            grid_class=kind.grid_class,
            side=side,
            organisation_id=self._id(owner),
            organisation_name=owner,
            credit=str(kind.credit),
            blocks=[blocks[key] for key in kind.drawing],
            fill_order=[blocks[block.key] for block in kind.blocks],
            legend=MEANINGS,
            locked=False,
            is_guess_sheet=False,
        )

    def _id(self, name: str) -> UUID:
        return uuid5(NAMESPACE, f"{self._theme} {name}")


def note_states(made: Maker) -> list[tuple[str, DrawnNote, str]]:
    """What a note can look like: a label, the note, and the classes that scripts would add."""
    text = "Same-day surgery"
    return [
        ("at rest", made.note(text, "states"), ""),
        ("long", made.note("A long note wraps over several lines and stays readable, " * 2, "states"), ""),
        ("hover or focus", made.note(text, "states", thumbs=2), "is-hover"),
        ("selected", made.note(text, "states"), "is-selected"),
        ("lifted", made.note(text, "states", fill="leaf"), "is-lifted"),
        ("not sent yet", made.note(text, "states"), "is-pending"),
        ("somebody types in it", made.note(text, "states"), "is-typed person-3"),
        ("our guess", made.note(text, "states", is_guess=True), ""),
        ("confirmed", made.note(text, "states", confirmed_by="Fellmark"), ""),
        ("must, taken from a block", made.note(text, "states", weight=3, origin="from Key Activities"), ""),
        ("for whom", made.note(text, "states", beneficiary="us", target_block_title="Channels"), ""),
        ("in favour", made.note(text, "states", verdict="positive", tags=["ward", "night"]), ""),
        ("offered", made.note(text, "states", taken="offered", comments=3, thumbs=7), ""),
        ("right to left", made.note("استبدال الورك في يوم واحد", "states", thumbs=1), ""),
        *[(f"fill {fill}", made.note(text, "states", fill=fill), "") for fill, _ in FILLS],
    ]


def block_states(made: Maker) -> list[tuple[str, DrawnBlock, str]]:
    """What a block can look like: a label, the block, and the attributes that scripts would add."""
    base = made.sheet(BUSINESS_MODEL, "start", "Northlake", {}).block("key_resources")

    def block(key: str, *texts: str) -> DrawnBlock:
        notes = [made.note(text, key, "states", thumbs=len(text) % 3) for text in texts]
        canvas_id = made.note("", key, "states").canvas_id
        return replace(base, key=key, css_area="", canvas_id=canvas_id, notes=[note_html(note) for note in notes])

    many = ["Theatres", "Surgeons", "Outcome data", "Ward beds", "Theatre nurses", "Sterile supply", "Implants"]
    return [
        ("empty", block("empty"), ""),
        ("with notes", block("filled", *many[:3]), ""),
        ("crowded: compact first", block("crowded", *many), 'data-density="compact"'),
        ("a note would drop here", block("over", *many[:2]), "data-over"),
    ]
