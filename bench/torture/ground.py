"""The workshop that is tortured, and a look into its database afterwards; each in a process of its own.

`python -m bench.torture.ground fill PEOPLE` prints who may sit where; `… look` prints what the database holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from devtools.console import ROOT

if TYPE_CHECKING:
    from tests.factories import Cast

NOTES_PER_BLOCK = 2
HOST = 7
"""The seat of the facilitator, who writes on both companies' sheets."""


def ask(environment: dict[str, str], *words: str) -> Any:
    """Run this module on a database and return what it prints."""
    command = [sys.executable, "-m", "bench.torture.ground", *words]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(told.stdout.splitlines()[-1])


def fill(people: int) -> dict[str, Any]:
    """Put a workshop with five sheets into the database; returns a seat for everybody."""
    from tests.factories import gather

    cast = gather()
    start, end = cast.nespresso, cast.delonghi
    sheets = {
        start: [cast.model(start), cast.sheet(cast.with_delonghi, start), cast.sheet(cast.with_breville, start)],
        end: [cast.model(end), cast.sheet(cast.with_delonghi, end)],
    }
    for company, author in ((start, cast.ana), (end, cast.carla)):
        for canvas in sheets[company]:
            _write(cast, canvas, author)
    delonghi, breville = (f"/p/{partnership.pk}/" for partnership in (cast.with_delonghi, cast.with_breville))
    places = [
        (start, f"{delonghi}models/start/"), (start, f"{delonghi}sketch/start/"), (end, f"{delonghi}models/end/"),
        (end, f"{delonghi}sketch/end/"), (start, f"{breville}sketch/start/"), (start, f"{delonghi}compare/"),
        (end, f"{delonghi}compare/"), (start, f"{delonghi}sketch/end/"),
    ]  # fmt: skip
    from partners.canvases.kinds import KINDS

    everything = [*sheets[start], *sheets[end]]
    seats = []
    for number in range(people):
        company, path = places[number % len(places)]
        is_host = number == HOST
        member = cast.ana if is_host else cast.join(f"Guest {number + 1}", company)
        written = everything if is_host else sheets[company]
        seats.append(
            {
                "name": member.name,
                "cookie": "; ".join(f"{name}={value}" for name, value in cast.cookies(member).items()),
                "path": path,
                "company": str(company.pk),
                "writes": [str(canvas.pk) for canvas in written],
                "places": [f"{canvas.pk}:{block.key}" for canvas in written for block in KINDS[canvas.kind].blocks],
                "pairs": delonghi if path.endswith("compare/") else "",
            }
        )
    return {"seats": seats}


def look() -> dict[str, Any]:
    """What the database holds: the log, the keys, notes and comments."""
    from partners.models import Comment, Event, IdempotencyKey, LogHead, Note

    events = Event.objects.order_by("workspace", "seq").values_list(
        "workspace", "seq", "change", "kind", "thing_id", "undoes", "data"
    )
    return {
        "heads": dict(_texts(LogHead.objects.values_list("workspace_id", "seq"))),
        "events": _texts(events),
        "keys": _texts(IdempotencyKey.objects.values_list("key", "change")),
        "notes": _texts(Note.objects.values_list("pk", "text", "text_version")),
        "comments": _texts(Comment.objects.values_list("pk", "text")),
    }


def _texts(rows: Any) -> list[list[Any]]:
    plain = (int, dict, type(None))
    return [[value if isinstance(value, plain) else str(value) for value in row] for row in rows]


def _write(cast: Cast, canvas: Any, author: Any) -> None:
    """Two notes in each block, of words that stand nowhere else."""
    from partners.canvases.kinds import KINDS

    for block in KINDS[canvas.kind].blocks:
        for place in range(NOTES_PER_BLOCK):
            name = f"{canvas.pk.hex[:6]}{block.key}{place}"
            cast.note(f"a{name} b{name} c{name} d{name}", by=author, canvas=canvas, block=block.key)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "canvasapp.settings"
    import django

    django.setup()
    print(json.dumps(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else look()))
