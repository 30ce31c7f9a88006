"""A comparison as pieces of HTML: the same for the page, the answers and the stream.

A piece says as `data-drawn` up to which number of the log it was read. What hangs on the reader (what they may rate and
change) is decided by the page around the pieces, and on the server.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from partners.base.kept import Kept
from partners.canvases.drawing import DrawnNote
from partners.canvases.queries import NotesRead
from partners.events import fragments, reads
from partners.events.fragments import FeedScope, Told
from partners.value_fit.boards.figures import Counted, draw_figures, draw_findings, draw_summaries, is_met
from partners.value_fit.boards.joint import JointDrawing, draw_joint_summary
from partners.value_fit.boards.kept import KeptTemplate, known_upto
from partners.value_fit.boards.prints import prints_of_rows, prints_of_tray
from partners.value_fit.boards.reader import Reader, readers_of
from partners.value_fit.boards.rows import draw_rows, draw_tray
from partners.value_fit.models import JointSentence
from partners.value_fit.queries import Comparison, comparison, round_number
from partners.value_fit.rules import SIDES, Side
from partners.value_fit.touched import Touched, everything, involved, touched_by_all
from partners.workspaces.access import Audience, Viewer
from partners.workspaces.models import Partnership, Workspace

_row = SimpleLazyObject(lambda: get_template("value_fit/_row.html"))
_tray_offer = SimpleLazyObject(lambda: get_template("value_fit/_tray_offer.html"))
_figures = KeptTemplate("value_fit/_figures.html", limit=500)
_summary = KeptTemplate("value_fit/_summary.html", limit=2_000)
_round = KeptTemplate("value_fit/_round_line.html", limit=500)
_findings = KeptTemplate("value_fit/_findings.html", limit=50)
_drawings: Kept[str] = Kept()
"""Rows and tray, without the number up to which they are known: it goes in when they are sent."""

COMPARED = ("pair", "declaration", "joint_sentence")
"""What is said on Compare, by type; a note may stand anywhere."""
BANDS: dict[Side, int] = {"end": 1, "start": 2}
JOINT_BANDS = {JointSentence.Kind.TRANSFER.value: 3, JointSentence.Kind.CREATED.value: 4}


@dataclass(frozen=True)
class DrawnComparison:
    """The pieces of the two directions, ready to print: rows and tray by side, and what is replaced as a whole."""

    rows: Mapping[Side, list[SafeString]]
    tray: Mapping[Side, list[SafeString]]
    figures: SafeString
    summaries: Mapping[Side, SafeString]
    joint_summaries: Mapping[str, SafeString]
    findings: SafeString

    def pieces(self) -> list[str]:
        """All pieces, for an answer or the stream."""
        by_side = [piece for side in SIDES for piece in (*self.rows[side], *self.tray[side], self.summaries[side])]
        return [*by_side, *self.joint_summaries.values(), self.figures, self.findings]


class NotesOf:
    """Notes that are read, with what is attached to them, when the first of their pictures has to be drawn."""

    def __init__(self, note_ids: Collection[UUID]) -> None:
        self._ids = note_ids

    @cached_property
    def _read(self) -> NotesRead:
        return NotesRead(self._ids)

    def drawn_for(self, audience: Audience, workspace: Workspace) -> dict[UUID, DrawnNote]:
        """Return the notes as an audience sees them, by id: 3 queries at most, once for all audiences."""
        return {note.id: note for note in self._read.drawn_for(audience, workspace)}


def notes_of(compared: Comparison, only: Collection[UUID] | None = None) -> NotesOf:
    """Return the needs and offers of a comparison, or those that are named, to be read when they are drawn."""
    ids = {note.pk for side in SIDES for note in (*compared.needs(side), *compared.offers(side))}
    return NotesOf(ids if only is None else ids & set(only))


@dataclass(frozen=True)
class Sight:
    """A comparison and its notes, read once, up to a number of the log; drawn for any kind of reader."""

    compared: Comparison
    notes: NotesOf
    workspace: Workspace
    upto: int

    def draw(self, reader: Reader, touched: Touched | None = None) -> DrawnComparison:
        """Return the pieces for one kind of reader; `touched` limits rows and tray to what has changed."""
        compared = self.compared
        wanted = touched or everything(compared)
        summaries = draw_summaries(compared)
        here = compared.partnership.pk
        return DrawnComparison(
            rows=self._rows(reader, wanted.needs),
            tray=self._tray(reader, wanted.offers),
            figures=_figures.html(self.upto, partnership_id=here, figures=draw_figures(compared)),
            summaries={side: self._summary(BANDS[side], summaries[side]) for side in SIDES},
            joint_summaries={
                kind: self._summary(number, draw_joint_summary(compared, kind)) for kind, number in JOINT_BANDS.items()
            },
            findings=_findings.html(
                self.upto,
                partnership_id=here,
                groups=tuple(draw_findings(compared)),
                has_needs=any(compared.needs(side) for side in SIDES),
                is_met=is_met(compared),
            ),
        )

    def pieces(self, reader: Reader, touched: Touched) -> list[str]:
        """Return the pieces of what was touched, with what is replaced as a whole."""
        joint = JointDrawing(self.compared, reader, self.upto).pieces(touched.sentences) if touched.sentences else []
        return [*self.draw(reader, touched).pieces(), *touched.removals(self.compared, self.upto), *joint]

    def round_line(self, number: int) -> SafeString:
        """Return which round it is, for the page's foot."""
        return _round.html(self.upto, partnership_id=self.compared.partnership.pk, number=number)

    def _summary(self, number: int, line: Iterable[Counted]) -> SafeString:
        return _summary.html(self.upto, partnership_id=self.compared.partnership.pk, number=number, line=tuple(line))

    def _rows(self, reader: Reader, needs: set[UUID]) -> dict[Side, list[SafeString]]:
        def draw(only: set[UUID]) -> dict[UUID, str]:
            rows = draw_rows(self.compared, self._notes_for(reader), reader, only=only)
            return {row.need.id: self._html(_row, row=row) for side in SIDES for row in rows[side]}

        pieces = self._kept(reader, prints_of_rows(self.compared, needs), draw)
        return {side: [pieces[need.pk] for need in self.compared.needs(side) if need.pk in pieces] for side in SIDES}

    def _tray(self, reader: Reader, offers: set[UUID]) -> dict[Side, list[SafeString]]:
        def draw(only: set[UUID]) -> dict[UUID, str]:
            items = draw_tray(self.compared, self._notes_for(reader), only=only)
            return {item.offer.id: self._html(_tray_offer, item=item) for side in SIDES for item in items[side]}

        pieces = self._kept(reader, prints_of_tray(self.compared, offers), draw)
        return {side: [pieces[note.pk] for note in self.compared.offers(side) if note.pk in pieces] for side in SIDES}

    def _kept(
        self, reader: Reader, prints: Mapping[UUID, Hashable], draw: Callable[[set[UUID]], Mapping[UUID, str]]
    ) -> dict[UUID, SafeString]:
        """The pieces that look as marked, by note: kept ones, and the others drawn now and kept."""
        look = self._look(reader)
        found = {pk: piece for pk, mark in prints.items() if (piece := _drawings.get((mark, look))) is not None}
        if missing := set(prints.keys() - found.keys()):
            drawn = draw(missing)
            for pk, piece in drawn.items():
                _drawings.keep((prints[pk], look), piece)
            found |= drawn
        return {pk: known_upto(piece, self.upto) for pk, piece in found.items()}

    def _notes_for(self, reader: Reader) -> dict[UUID, DrawnNote]:
        return self.notes.drawn_for(reader.audience, self.workspace)

    def _look(self, reader: Reader) -> Hashable:
        """What decides, beside what is drawn, how it looks."""
        here = self.compared.partnership
        known = tuple(reader.knows_rating_of(pk, here.pk) for pk in (here.first_id, here.second_id))
        return (self.workspace.log_head.epoch, reader.audience.key, known, translation.get_language())

    def _html(self, template: Any, **values: object) -> str:
        return str(template.render(values | {"partnership_id": self.compared.partnership.pk, "drawn": 0}))


def stream_pieces(workspace: Workspace, told: Told, upto: int) -> dict[FeedScope, list[str]]:
    """Return what each page that compares must hear: read once for all, drawn once for each kind of reader."""
    pieces: dict[FeedScope, list[str]] = {feed: [] for feed in told}
    ids = {partnership_id for feed in told for partnership_id in feed.compared}
    open_ones = Partnership.objects.filter(pk__in=ids, deleted_at=None, sealed_at=None).select_related(
        "first", "second"
    )
    for partnership in open_ones:
        feeds = [feed for feed in told if partnership.pk in feed.compared]
        compared = comparison(partnership)
        touched = {feed: touched_by_all(compared, told[feed]) for feed in feeds}
        wanted = {pk for each in touched.values() if each for pk in involved(compared, each)}
        sight = Sight(compared, notes_of(compared, wanted), workspace, upto)
        readers = readers_of(workspace.pk, [cast(Audience, feed.audience) for feed in feeds])
        for feed, reader in zip(feeds, readers, strict=True):
            if change := touched[feed]:
                with translation.override(feed.language):
                    pieces[feed] += sight.pieces(reader, change)
                    if any(each.kind == "round_started" for each in told[feed]):
                        pieces[feed].append(sight.round_line(round_number(partnership)))
    return pieces


def pieces_for(viewer: Viewer, told: Sequence[fragments.Happening]) -> list[str]:
    """Return the same for somebody's own answer: what their changes to a comparison look like on its page."""
    upto = reads.number_in(reads.cursor(viewer.workspace.pk))  # first: late beats early
    ids = {each.partnership_id for each in told if each.thing_type in COMPARED}
    scope = FeedScope(
        workspace_id=viewer.workspace.pk,
        canvases=frozenset(),
        topics=frozenset(),
        audience=viewer.audience,
        language=viewer.language,
        compared=frozenset(pk for pk in ids if pk and viewer.audience.sees_partnership(pk)),
    )
    return stream_pieces(viewer.workspace, {scope: told}, upto)[scope] if scope.compared else []


fragments.register_composed(stream_pieces)
