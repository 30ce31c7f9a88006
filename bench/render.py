"""How long the server takes for a full page: session, rights, reads and HTML, through the whole stack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from statistics import median

from bench.report import Report
from bench.stage import Stage, database, fill, how_busy
from devtools.console import ROOT

PAGES = (
    ("sketch", 90, 10.0),
    ("sketch", 900, 60.0),
    ("compare", 60, 60.0),
    ("grid", 60, 200.0),
    ("moments", 1_000, 150.0),
    ("moments", 10_000, 300.0),
    ("versions", 10_000, 60.0),
)
"""A page; the notes on its sheet, the needs and the offers of each side, or the edits behind it; and the aim in ms."""
ROUNDS = 40


def run() -> Report:
    """Measure the page on both databases, seen before by somebody of the audience, and seen for the first time."""
    busy = how_busy()
    rows: list[dict[str, object]] = []
    wrong = []
    for name in ("PostgreSQL", "SQLite"):
        for page, size, aim in PAGES:
            with database(name) as environment:
                stage = fill(environment, 2, size, page)
                asked = subprocess.run(
                    [sys.executable, "-m", "bench.render"],
                    cwd=ROOT,
                    env=environment,
                    input=json.dumps(asdict(stage)),
                    check=True,
                    capture_output=True,
                    text=True,
                )
                found = json.loads(asked.stdout.splitlines()[-1])
            if missing := found.pop("missing"):
                wrong.append(f"{name}: the page {page} of {size} lacks {missing} of what it must show")
            rows.append({"database": name, "page": page, "size": size, **found, "aim ms": aim})
    return Report(
        title="Render: one full page, server time through the whole stack",
        rows=rows,
        wrong=wrong,
        notes=[
            "again: the notes have been drawn for this audience before; first: nothing has been drawn yet.",
            "On a sketch each note has two comments, three 👍, two tags and a source.",
            "Moments: a sheet of ninety notes before all of so many edits; versions: of one of these notes.",
            "Compare and grid: so many needs and offers on each side, three offers put to each need and rated.",
            busy,
        ],
        figures={f"ms_{row['page']}_{row['size']}_{row['database']}".lower(): row["again ms"] for row in rows},
    )


def _measure(stage: Stage) -> dict[str, object]:
    """Ask for the page in this process, whose environment names the database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "canvasapp.settings"
    import django

    django.setup()
    from django.test import Client

    def browser(cookie: str) -> Client:
        client = Client(headers={"Host": "127.0.0.1"})
        name, _, client.cookies[name] = cookie.partition("=")
        return client

    def ask(client: Client) -> tuple[float, bytes]:
        started = time.perf_counter()
        answer = client.get(stage.page)
        assert answer.status_code == 200, answer.content
        return 1000 * (time.perf_counter() - started), answer.content

    ours, theirs = (browser(cookie) for cookie in stage.guests)
    ask(ours)  # templates are compiled once in the life of a process
    first, _ = ask(theirs)
    times, pages = zip(*(ask(ours) for _ in range(ROUNDS)), strict=True)
    return {
        "KB": len(pages[0]) // 1024,
        "first ms": round(first, 1),
        "again ms": round(median(times), 1),
        "missing": sum(mark.encode() not in pages[0] for mark in stage.shown),
    }


if __name__ == "__main__":
    print(json.dumps(_measure(Stage(**json.loads(sys.stdin.read())))))
