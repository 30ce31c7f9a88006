"""The door to the log: the only way to record what happened. Operations use it; nothing else does."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.utils import timezone

from partners.base import rows
from partners.events import keys, wakeup
from partners.events.kinds import Kind
from partners.events.models import Event, LogHead

if TYPE_CHECKING:
    from partners.workspaces.models import Membership

Reaction = Callable[["Change", Kind], None]

FEW = 50
"""So many things are drawn as quickly as an answer."""
# Raw, because Django cannot say RETURNING in an update; both databases can.
_ADD = "UPDATE partners_loghead SET seq = seq + %s WHERE workspace_id = %s RETURNING seq, epoch"

_reactions: dict[str, list[Reaction]] = {}
_stamped: dict[str, type[models.Model]] = {}


class Change:
    """One user action in the making: collects its events and numbers them all at the end."""

    def __init__(self, workspace_id: uuid.UUID, by: Membership | None, undoes: uuid.UUID | None) -> None:
        self.id = uuid.uuid4()
        self.workspace_id = workspace_id
        self.by = by
        self.undoes = undoes
        self.events: list[Kind] = []
        self.redrawn: set[uuid.UUID] = set()
        self.unsaved: dict[tuple[type[models.Model], Any], dict[str, Any]] = {}
        """Fields of rows that are written at the end."""
        self.seq: int | None = None
        """The number of the last event, once the change has been recorded; None when nothing changed."""
        self.epoch = ""
        """The log's epoch then."""

    def record(self, event: Kind) -> None:
        """Add an event and run the reactions to its kind, inside this same transaction."""
        self.events.append(event)
        for reaction in _reactions.get(event.kind, ()):
            reaction(self, event)

    def save_at_end(self, row: models.Model, *names: str) -> None:
        """Write some fields of a locked row, which something is recorded of, in one statement with its number.

        For who reads it no more within this change.
        """
        self.unsaved.setdefault((type(row), row.pk), {}).update(rows.to_save(row, *names))

    def redraw(self, note_ids: Iterable[uuid.UUID]) -> None:
        """Say which other notes look different because of this change (a renamed author's, say)."""
        self.redrawn.update(note_ids)


@contextmanager
def change(workspace_id: uuid.UUID, *, by: Membership | None, undoes: uuid.UUID | None = None) -> Iterator[Change]:
    """Open one transaction for one user action; what is recorded inside becomes visible to all, or nothing does.

    Nothing recorded means nothing numbered and nobody woken. The head row is locked only by the last statements, so
    that writers of different things wait for each other only while committing.
    """
    with transaction.atomic():
        this = Change(workspace_id, by, undoes)
        yield this
        if this.events:
            _number(this)


def on(kind: type[Kind]) -> Callable[[Reaction], Reaction]:
    """Register a reaction to a kind of event: how a higher feature follows a lower one that does not know it."""

    def register(reaction: Reaction) -> Reaction:
        _reactions.setdefault(kind.kind, []).append(reaction)
        return reaction

    return register


def stamps(thing_type: str, model: type[models.Model]) -> None:
    """Register the model of a type of things that keep in `drawn` the last number of the change that touched them."""
    _stamped[thing_type] = model


def start(workspace_id: uuid.UUID) -> LogHead:
    """Begin the log of a new workspace at seq 0."""
    return LogHead.objects.create(workspace_id=workspace_id)


def workspaces() -> set[uuid.UUID]:
    """Return the workspaces that have a log."""
    return set(LogHead.objects.values_list("workspace_id", flat=True))


def start_new_epochs(*, besides: set[uuid.UUID]) -> None:
    """Break with the past of every log, inside the transaction that replaced all data: open pages fetch anew.

    Viewers of the workspaces in `besides`, which may be gone now, are woken too.
    """
    for head in LogHead.objects.all():
        head.epoch = uuid.uuid4()
        head.save(update_fields=["epoch"])
    for workspace_id in besides | workspaces():
        wakeup.announce(workspace_id)


def _number(this: Change) -> None:
    is_small = len(this.events) + len(this.redrawn) <= FEW
    last, epoch = _advance(this.workspace_id, len(this.events))
    first = last - len(this.events) + 1
    now = timezone.now()
    told = [
        Event(
            workspace_id=this.workspace_id,
            seq=first + place,
            change=this.id,
            kind=event.kind,
            thing_type=event.thing_type,
            thing_id=event.thing_id,
            canvas_id=event.canvas_id,
            partnership_id=event.partnership_id,
            actor=this.by,
            at=now,
            undoes=this.undoes,
            data=_data(event, this.redrawn if place == 0 else set()),
        )
        for place, event in enumerate(this.events)
    ]
    writes: list[rows.Write] = []
    if len(told) == 1:  # nearly always
        writes.append(rows.inserting(told[0]))
    else:
        Event.objects.bulk_create(told)
    for thing_type, things in _drawn(this).items():
        model = _stamped.get(thing_type)
        if model and len(things) == 1:  # nearly always
            (thing,) = things
            writes.append(rows.updating(model, thing, **this.unsaved.pop((model, thing), {}), drawn=last))
        elif model:
            model._default_manager.filter(pk__in=things).update(drawn=last)
    writes += [rows.updating(model, thing, **values) for (model, thing), values in this.unsaved.items()]
    key = keys.keeping(this.by.pk, this.id) if this.by else None
    if key:
        writes.append(rows.inserting(key))
    if writes:
        rows.write(*writes)
    if key:
        keys.kept(key)
    this.seq, this.epoch = last, epoch
    wakeup.tell(wakeup.Moved(this.workspace_id, last, epoch, told, is_small))
    if this.by is not None:
        workspace = this.by._state.fields_cache.get("workspace")
        if head := workspace and workspace._state.fields_cache.get("log_head"):
            transaction.on_commit(lambda: setattr(head, "moved_to", last))


def _advance(workspace_id: uuid.UUID, by: int) -> tuple[int, str]:
    key = LogHead._meta.pk.get_db_prep_value(workspace_id, connection)
    return wakeup.announced_by(_ADD, [by, key], workspace_id)


def _data(event: Kind, redrawn: set[uuid.UUID]) -> dict[str, Any]:
    draws = [str(note) for note in {*event.draws, *redrawn}]
    return event.data() | ({"draws": draws} if draws else {})


def _drawn(this: Change) -> dict[str, set[uuid.UUID]]:
    """What a change redraws, by type: the things themselves, and the notes that look different because of it."""
    drawn: dict[str, set[uuid.UUID]] = {"note": set(this.redrawn)} if this.redrawn else {}
    for event in this.events:
        drawn.setdefault(event.thing_type, set()).add(event.thing_id)
        if event.draws:
            drawn.setdefault("note", set()).update(event.draws)
    return drawn
