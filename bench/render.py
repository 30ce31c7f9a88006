"""How long the server takes for a page with a full sheet: session, rights, reads and HTML, through the whole stack."""

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

NOTES = {90: 10.0, 900: 60.0}
"""Notes on the sheet, and the aim in milliseconds."""
ROUNDS = 40


def run() -> Report:
    """Measure the page on both databases, seen before by somebody of the audience, and seen for the first time."""
    busy = how_busy()
    rows: list[dict[str, object]] = []
    wrong = []
    for name in ("PostgreSQL", "SQLite"):
        for notes, aim in NOTES.items():
            with database(name) as environment:
                stage = fill(environment, 2, notes)
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
            shown = found.pop("notes shown")
            if shown != notes:
                wrong.append(f"{name}: the page shows {shown} of {notes} notes")
            rows.append({"database": name, "notes": notes, **found, "aim ms": aim})
    return Report(
        title="Render: one page with a full sheet, server time through the whole stack",
        rows=rows,
        wrong=wrong,
        notes=[
            "again: the notes have been drawn for this audience before; first: nothing has been drawn yet.",
            "Each note has two comments, three 👍, two tags and a source.",
            busy,
        ],
        figures={f"ms_{row['notes']}_{row['database']}".lower(): row["again ms"] for row in rows},
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
        "notes shown": sum(f'id="note-{note}"'.encode() in pages[0] for note in stage.notes),
    }


if __name__ == "__main__":
    print(json.dumps(_measure(Stage(**json.loads(sys.stdin.read())))))
