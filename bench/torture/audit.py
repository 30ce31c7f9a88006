"""The database held against what everybody was told: each sentence is something lost, doubled or wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from bench.torture.journal import Journal, Sent, words

MAY_CHANGE_NOTHING = frozenset(
    {"move", "colour", "tags", "delete", "restore", "several", "pair", "rate", "carry", "moment"}
)
"""What somebody else may have done already: acknowledged, and there is nothing to record."""
WRITES = {"note_added": "text", "note_edited": "text", "comment_added": "said"}
"""The kinds of event that bring words, and where these stand."""


class Event(NamedTuple):
    """A line of the log."""

    workspace: str
    seq: int
    change: str
    kind: str
    thing: str
    undoes: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class Held:
    """What the database holds (`ground.look`)."""

    heads: dict[str, int]
    events: list[Event]
    keys: list[tuple[str, str | None]]
    notes: dict[str, tuple[str, int]]
    comments: dict[str, str]

    @classmethod
    def told(cls, looked: dict[str, Any]) -> Held:
        """Read what `ground.look` printed."""
        return cls(
            heads=looked["heads"],
            events=[Event(*row) for row in looked["events"]],
            keys=[(key, change) for key, change in looked["keys"]],
            notes={pk: (text, version) for pk, text, version in looked["notes"]},
            comments=dict(looked["comments"]),
        )


def audit(held: Held, journal: Journal) -> list[str]:
    """Say all that is not as it was acknowledged."""
    return [*_numbers(held), *_lives(held), *_promises(held, journal), *_takings(held, journal)]


def _numbers(held: Held) -> list[str]:
    """The log of each workspace runs from 1 to its head, and no key stands twice."""
    seqs: dict[str, list[int]] = defaultdict(list)
    for event in held.events:
        seqs[event.workspace].append(event.seq)
    found = [
        f"the log of {workspace} has gaps or doubles"
        for workspace, head in held.heads.items()
        if seqs[workspace] != list(range(1, head + 1))
    ]
    twice = [key for key, times in Counter(key for key, _change in held.keys).items() if times > 1]
    return found + [f"the key {key} stands twice" for key in twice]


def _lives(held: Held) -> list[str]:
    """Each note's words follow from one event to the next, and the last of them is what it says."""
    said: dict[str, tuple[str, int]] = {}
    found = []
    for event in held.events:
        if event.kind == "note_added":
            if event.thing in said:
                found.append(f"note {event.thing} was added twice")
            said[event.thing] = (event.data["text"], 1)
        elif event.kind == "note_edited":
            text, version = said.get(event.thing, ("", 0))
            if (event.data["before"], event.data["version"]) != (text, version + 1):
                found.append(f"note {event.thing}: event {event.seq} does not follow from the one before")
            said[event.thing] = (event.data["text"], event.data["version"])
    return found + [f"note {pk} is not what its log says" for pk, note in held.notes.items() if said.get(pk) != note]


def _promises(held: Held, journal: Journal) -> list[str]:
    """What was acknowledged was done once; what was refused was not done."""
    changes = dict(held.keys)
    recorded = {event.change for event in held.events}
    written = _written(held, journal)
    found = []
    for entry in journal.sent:
        is_recorded = changes.get(entry.key) in recorded
        times = [written[word] for word in entry.adds]
        if entry.outcome == "done":
            if not is_recorded and entry.what not in MAY_CHANGE_NOTHING:
                found.append(f"LOST: {_named(entry)} was acknowledged and is not in the log")
            if any(number != 1 for number in times):
                found.append(f"{_named(entry)} was acknowledged, and written {times} times")
            if entry.makes and entry.makes not in held.notes and entry.makes not in held.comments:
                found.append(f"LOST: what {_named(entry)} made is not there")
        elif entry.outcome == "refused" and is_recorded:
            found.append(f"{_named(entry)} was refused with {entry.status}, and done")
    return found


def _written(held: Held, journal: Journal) -> Counter[str]:
    """How often each word came into the log: by the change that brought it, or by one that nobody has sent."""
    authors = _authors(held, journal)
    written: Counter[str] = Counter()
    for event in held.events:
        if event.undoes is None and event.kind in WRITES:
            new = words(event.data[WRITES[event.kind]]) - words(event.data.get("before", ""))
            author = authors.get(event.change)
            written.update(new & author.adds if author else new)
    return written


def _authors(held: Held, journal: Journal) -> dict[str, Sent]:
    """Who sent each change."""
    by_key = journal.by_key()
    return {change: by_key[key] for key, change in held.keys if change and key in by_key}


def _takings(held: Held, journal: Journal) -> list[str]:
    """Nobody's change took words away that its author had not taken away."""
    authors = _authors(held, journal)
    by_change: dict[tuple[str, str], frozenset[str]] = {}
    known = _known(held)
    found = []
    for event in held.events:
        if event.kind != "note_edited":
            continue
        before, after = words(event.data["before"]), words(event.data["text"])
        if event.undoes:
            allowed = by_change.get((event.undoes, event.thing), frozenset())
        else:
            author = authors.get(event.change)
            allowed = author.removes if author else frozenset()
            if author and author.what == "moment":
                seen = int(dict(author.fields)["seen"])
                allowed = frozenset(word for word in before if known[word] <= seen)
        if lost := before - after - allowed:
            name = "an undo" if event.undoes else _named(authors[event.change]) if event.change in authors else "nobody"
            found.append(f"LOST: {' '.join(sorted(lost))} taken from note {event.thing} by {name} (event {event.seq})")
        by_change[event.change, event.thing] = after - before
    return found


def _known(held: Held) -> dict[str, int]:
    """The number in the log at which each word of a note was first written."""
    first: dict[str, int] = {}
    for event in held.events:
        if event.kind in {"note_added", "note_edited"}:
            for word in words(event.data["text"]):
                first.setdefault(word, event.seq)
    return first


def _named(entry: Sent) -> str:
    return f"{entry.what} {entry.key} of {entry.person}"
