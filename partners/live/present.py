"""Who is here, as one process remembers it: for seconds after each word of a page, and never written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from partners.live.presence import ALL_PAGES, Sighting, State

KEPT_S = 18
"""A page says every 8 seconds that it is there (`static/js/elements/presence.js`); missing two in a row, it is not.
With the second of the hub's clock and the way to the pages, who was cut off is gone for all within 20 s."""
KEPT_AWAY_S = 30 * 60
"""A hidden page says so every minute, but a phone, or a browser that saves power, may silence it for long."""
LEAVING_S = 6
"""Who says goodbye stays so long: a reload and a step to the next page say it too, and come back as another page."""
MOST_PAGES = 20
"""A person may be on so many pages at once; the one longest unheard of is forgotten first."""


@dataclass(frozen=True)
class Heard:
    """What a page said last."""

    sighting: Sighting
    at: float
    until: float
    """When it does not count any more."""
    has_left: bool = False


class Present:
    """Who is present in all workspaces, as far as this process has heard. Used by the event loop only.

    Processes that hear the same words in the same order show the same people: `now` is each one's own clock.
    """

    def __init__(self) -> None:
        self._seen: dict[UUID, dict[tuple[UUID, str], Heard]] = {}
        """Workspace → (member, page) → what was heard of it."""

    def saw(self, sighting: Sighting, now: float) -> bool:
        """Take a sighting in; returns whether it changes what is to be shown."""
        here = self._seen.get(sighting.workspace_id, {})
        if sighting.state is State.GONE and sighting.page == ALL_PAGES:
            pages = [page for page in here if page[0] == sighting.member_id]
            for page in pages:
                del here[page]
            return bool(pages)
        key = (sighting.member_id, sighting.page)
        known = here.get(key)
        if known and (sighting.word < known.sighting.word or sighting.age):
            return False
        if sighting.state is State.GONE:
            if known:
                here[key] = _leaving(known, sighting, now)
            return known is not None and known.sighting.state is State.TYPING
        at = now - sighting.age
        until = at + (KEPT_AWAY_S if sighting.state is State.AWAY else KEPT_S)
        here = self._seen.setdefault(sighting.workspace_id, here)
        here.pop(key, None)
        pages = [page for page in here if page[0] == sighting.member_id]
        if len(pages) >= MOST_PAGES:
            del here[pages[0]]
        here[key] = Heard(sighting, at, until)
        return known is None or known.sighting != sighting

    def forget_old(self, now: float) -> set[UUID]:
        """Drop what was not renewed; returns the workspaces in which that changes what is to be shown.

        A page in sight that falls silent was cut off, and its browser with it: what lay hidden there is not *away* for
        half an hour. Hidden pages of another device say within a minute that they are still there.
        """
        changed = set()
        for workspace_id, here in list(self._seen.items()):
            old = {key: heard for key, heard in here.items() if heard.until <= now}
            cut_off = {key[0] for key, heard in old.items() if _was_in_sight(heard)}
            for key, heard in list(here.items()):
                if key in old or (key[0] in cut_off and heard.sighting.state is State.AWAY):
                    del here[key]
            if old:
                changed.add(workspace_id)
            if not here:
                del self._seen[workspace_id]
        return changed

    def in_workspace(self, workspace_id: UUID) -> list[Sighting]:
        """Return all sightings in a workspace, in the order of names; a person with two pages has two."""
        sightings = (heard.sighting for heard in self._seen.get(workspace_id, {}).values())
        return sorted(sightings, key=lambda sighting: (sighting.name, str(sighting.member_id), sighting.page))

    def known(self, now: float) -> Iterator[Sighting]:
        """Yield what is known of everybody who has not left, with its age, for a process that has heard nothing yet."""
        for here in self._seen.values():
            for heard in here.values():
                if not heard.has_left:
                    yield replace(heard.sighting, age=round(max(now - heard.at, 0.001), 3))


def _leaving(known: Heard, goodbye: Sighting, now: float) -> Heard:
    """Who left is shown as they were for a moment, but types no more."""
    state = State.AWAY if known.sighting.state is State.AWAY else State.HERE
    shown = replace(known.sighting, state=state, word=goodbye.word)
    return Heard(shown, known.at, min(known.until, now + LEAVING_S), has_left=True)


def _was_in_sight(heard: Heard) -> bool:
    return not heard.has_left and heard.sighting.state is not State.AWAY
