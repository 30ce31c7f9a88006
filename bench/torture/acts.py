"""What people do on a board, each by the request that the page would send for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.torture.journal import Sent, words
from bench.torture.pieces import Piece

if TYPE_CHECKING:
    from bench.torture.person import Person

FILLS = ("plain", "sun", "leaf", "sky")
REDOES = 0.4
"""How often an undo is done again at once: anything new in between ends that."""
LONGEST = 24
"""Words of a note from which on somebody shortens it."""

Act = Callable[["Person"], "Sent | None"]
"""Makes a change, or None where there is nothing to do it to."""


def choose(person: Person) -> Sent | None:
    """Return what somebody does next; the more common, the more often."""
    if person.has_undone and person.dice.random() < REDOES:
        return redo(person)
    acts = list(COMPARING if person.pairs else WRITING if person.writable else READING)
    (act,) = person.dice.choices([act for act, _weight in acts], [weight for _act, weight in acts])
    return act(person)


def add(person: Person) -> Sent | None:
    """A new note."""
    canvas, _, block = person.dice.choice(person.writable).partition(":")
    made, word = str(uuid4()), person.word()
    fields = [("id", made), ("block", block), ("text", f"{word} idea"), ("after", person.dice.choice(["", "first"]))]
    return Sent("add", f"/canvases/{canvas}/notes/", fields, adds=frozenset({word}), makes=made)


def edit(person: Person) -> Sent | None:
    """A word put in, replaced or taken out, typed on the words that this person sees."""
    note = _own(person)
    if note is None:
        return None
    pending = person.typed.get(note.note)
    text = pending[0] if pending else note.text
    told, word = text.split(), person.word()
    at = person.dice.randrange(len(told) + 1)
    shortens = len(told) > LONGEST or (len(told) > 3 and person.dice.random() < 0.3)
    told[at : at + person.dice.randint(1, 3) * shortens] = [word]
    new = " ".join(told)
    removes = words(text) - words(new)
    version = pending[3] if pending else str(note.version or "")
    fields = [("text", new), ("base_version", version)]
    if pending:
        removes |= pending[2]  # where that one is refused, this one says it all
        fields.append(("base_key", pending[1]))
    entry = Sent("edit", f"/notes/{note.note}/", fields, adds=frozenset({word}), removes=removes)
    person.typed[note.note] = (new, entry.key, removes, version)
    return entry


def move(person: Person) -> Sent | None:
    """A note to another place, behind another note or to an end."""
    note = _own(person)
    if note is None:
        return None
    place = person.dice.choice(person.writable)
    canvas, _, block = place.partition(":")
    there = [other.note for other in person.board.notes() if other.list == place and other.note != note.note]
    after = person.dice.choice([*there, "first", ""])
    return Sent("move", f"/notes/{note.note}/position/", [("canvas", canvas), ("block", block), ("after", after)])


def carry(person: Person) -> Sent | None:
    """A note to another of the sheets that this person may write on: to the business model, to another partnership."""
    note = _own(person)
    elsewhere = [place for place in person.seat.places if note and not note.list.startswith(place.partition(":")[0])]
    return _moved(note.note, person.dice.choice(elsewhere), "carry") if note and elsewhere else None


def turn(person: Person) -> Sent | None:
    """A need or an offer of one's own company that becomes the other, or leaves its sheet."""
    note = _compared(person)
    return _moved(note, person.dice.choice(person.seat.places), "carry") if note else None


def drop(person: Person) -> Sent | None:
    """A need or an offer of one's own company to the trash, docked or not."""
    note = _compared(person)
    if not note:
        return None
    person.deleted.append(f"/notes/{note}/deletion/")
    return Sent("delete", person.deleted[-1], [])


def moment(person: Person) -> Sent | None:
    """A sheet as it stood a while ago."""
    sheets = sorted({place.partition(":")[0] for place in person.writable})
    seen = int(person.cursor.rpartition(".")[2])
    at = max(1, seen - person.dice.randrange(2, 60))
    address = f"/canvases/{person.dice.choice(sheets)}/moments/{at}/restoration/"
    return Sent("moment", address, [("seen", str(seen))])


def colour(person: Person) -> Sent | None:
    """Another fill."""
    return _on_own(person, "colour", "look", [("fill", person.dice.choice(FILLS))])


def tag(person: Person) -> Sent | None:
    """Other tags."""
    tags = person.dice.sample(("core", "later", "risk", "proof"), person.dice.randrange(4))
    return _on_own(person, "tags", "look", [("tags", ",".join(tags))])


def copy(person: Person) -> Sent | None:
    """A duplicate."""
    made = str(uuid4())
    entry = _on_own(person, "copy", "copy", [("id", made)])
    if entry:
        entry.makes = made
    return entry


def delete(person: Person) -> Sent | None:
    """A note to the trash."""
    entry = _on_own(person, "delete", "deletion", [])
    if entry:
        person.deleted.append(entry.path)
    return entry


def restore(person: Person) -> Sent | None:
    """A note that this person deleted, back."""
    if not person.deleted:
        return None
    path = person.deleted.pop(person.dice.randrange(len(person.deleted)))
    return Sent("restore", path.replace("deletion", "restoration"), [])


def several(person: Person) -> Sent | None:
    """A few notes moved or coloured as one."""
    own = [note.note for note in person.board.notes() if note.list in person.writable]
    if len(own) < 3:
        return None
    fields = [("notes", note) for note in person.dice.sample(own, 3)]
    canvas, _, block = person.dice.choice(person.writable).partition(":")
    moving = [("do", "move"), ("canvas", canvas), ("block", block), ("after", "")]
    colouring = [("do", "fill"), ("fill", person.dice.choice(FILLS))]
    return Sent("several", "/notes/many/", fields + person.dice.choice([moving, colouring]))


def comment(person: Person) -> Sent | None:
    """Something said about a note, also on the other company's sheet."""
    made, word = str(uuid4()), person.word()
    entry = _on(person, _any(person), "comment", "comments", [("id", made), ("text", f"{word} is what I say")])
    if entry:
        entry.makes, entry.adds = made, frozenset({word})
    return entry


def thumb(person: Person) -> Sent | None:
    """A 👍, or not any more."""
    return _on(person, _any(person), "thumb", "thumb", [])


def undo(person: Person) -> Sent | None:
    """One's own last change, taken back."""
    person.has_undone = True
    return Sent("undo", f"/w/{person.workspace}/undo/", [])


def redo(person: Person) -> Sent | None:
    """And done again."""
    person.has_undone = False
    return Sent("redo", f"/w/{person.workspace}/redo/", [])


def pair(person: Person) -> Sent | None:
    """An offer put to a need."""
    fields = _matched(person)
    return Sent("pair", f"{person.pairs}pairs/", [*fields, ("id", str(uuid4()))]) if fields else None


def rate(person: Person) -> Sent | None:
    """What one's own company says of an offer for a need."""
    fields = _matched(person)
    said = [("organisation", person.company), ("strength", str(person.dice.randrange(4)))]
    return Sent("rate", f"{person.pairs}ratings/", [*fields, *said]) if fields else None


WRITING: tuple[tuple[Act, int], ...] = (
    (add, 14), (edit, 34), (move, 12), (colour, 7), (tag, 5), (copy, 3), (delete, 4), (restore, 3), (several, 3),
    (comment, 5), (thumb, 5), (undo, 8), (carry, 6), (moment, 1),
)  # fmt: skip
READING: tuple[tuple[Act, int], ...] = ((comment, 5), (thumb, 5), (undo, 1))
COMPARING: tuple[tuple[Act, int], ...] = ((pair, 5), (rate, 8), (undo, 4), (turn, 3), (drop, 3), (restore, 2))


def _own(person: Person) -> Piece | None:
    """A note that this person may write on; those that come first more often, so that people meet."""
    own = [note for note in person.board.notes() if note.list in person.writable]
    own.sort(key=lambda note: note.note)
    return own[int(len(own) * person.dice.random() ** 3)] if own else None


def _compared(person: Person) -> str:
    """A need or an offer of one's own company, on Compare."""
    needs = {piece.note: piece.list.partition(":")[0] for piece in _rows(person)}
    own = sorted(note for note, sheet in (needs | person.offers).items() if sheet in person.seat.writes)
    return person.dice.choice(own) if own else ""


def _rows(person: Person) -> list[Piece]:
    return [piece for piece in person.board.there.values() if piece.id.startswith("row-")]


def _moved(note: str, place: str, what: str) -> Sent:
    canvas, _, block = place.partition(":")
    return Sent(what, f"/notes/{note}/position/", [("canvas", canvas), ("block", block), ("after", "")])


def _any(person: Person) -> Piece | None:
    notes = person.board.notes()
    return person.dice.choice(notes) if notes else None


def _on_own(person: Person, what: str, address: str, fields: list[tuple[str, str]]) -> Sent | None:
    return _on(person, _own(person), what, address, fields)


def _on(person: Person, note: Piece | None, what: str, address: str, fields: list[tuple[str, str]]) -> Sent | None:
    return Sent(what, f"/notes/{note.note}/{address}/", fields) if note else None


def _matched(person: Person) -> list[tuple[str, str]]:
    """An offer and a need that it may be put to."""
    offers = [piece for piece in person.board.there.values() if piece.id.startswith("tray-")]
    person.offers |= {piece.id.removeprefix("tray-"): piece.list.partition(":")[0] for piece in offers}
    needs = _rows(person)
    if not needs:
        return []
    need = person.dice.choice(needs)
    sheet = need.list.partition(":")[0]
    others = [offer for offer, home in person.offers.items() if home != sheet]  # those that were taken since, too
    return [("offer", person.dice.choice(others)), ("need", need.note)] if others else []
