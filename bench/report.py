"""What a bench found: rows for people, the same rows as JSON for programs, and what was wrong, if anything."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Report:
    """`rows` have the same keys; `wrong` holds a sentence for each thing that was lost or wrong.

    `figures` are the few numbers that matter most, by name, for programs.
    """

    title: str
    rows: list[dict[str, object]]
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def table(self) -> str:
        """The rows under each other, numbers to the right."""
        names = list(self.rows[0]) if self.rows else []
        cells = [[_cell(row[name]) for name in names] for row in self.rows]
        widths = [max(len(line[place]) for line in [names, *cells]) for place in range(len(names))]
        words = {place for place in range(len(names)) if any(isinstance(row[names[place]], str) for row in self.rows)}

        def line(texts: list[str]) -> str:
            parts = zip(texts, widths, range(len(names)), strict=True)
            return "  ".join(text.ljust(width) if place in words else text.rjust(width) for text, width, place in parts)

        rule = "  ".join("─" * width for width in widths)
        body = [line(names), rule, *(line(texts) for texts in cells)]
        return "\n".join([self.title, "", *body, *([""] if self.notes else []), *self.notes])


def as_json(reports: dict[str, Report]) -> str:
    """All benches of one run as one JSON object on one line; a bench that ran alone has its figures at the top too."""
    found = {name: {**report.figures, "rows": report.rows, "wrong": report.wrong} for name, report in reports.items()}
    alone = next(iter(reports.values())).figures if len(reports) == 1 else {}
    return json.dumps({**alone, "benches": found, "ok": not any(report.wrong for report in reports.values())})


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}" if abs(value) >= 1 else f"{value:.3f}"
    return "–" if value is None else str(value)
