"""Which ideas somebody looks at, and how: read from the address of the page, where nothing is ever wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.dates import months_later
from partners.base.http import uuid_or_none
from partners.hypotheses.boards.cards import DrawnIdea
from partners.hypotheses.experiments import Risk

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

VIEWS: Mapping[str, _StrPromise] = {"board": _lazy("Board"), "map": _lazy("Map"), "table": _lazy("Table")}
DUE: Mapping[str, _StrPromise] = {
    "late": _lazy("overdue"),
    "week": _lazy("within a week"),
    "month": _lazy("within a month"),
}
RISK_WORDS: Mapping[Risk, _StrPromise] = {
    Risk.DESIRABILITY: _lazy("whether the customer wants it"),
    Risk.FEASIBILITY: _lazy("whether it gets across"),
    Risk.VIABILITY: _lazy("whether it pays for both"),
    Risk.ADAPTABILITY: _lazy("whether the world around allows it"),
}
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; whatever it does not know it passes over."""

    view: str = "board"
    partner: UUID | None = None
    owner: UUID | None = None
    risk: Risk | None = None
    due: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Return what a query string asks for."""
        view, risk, due = (query.get(name, "") for name in ("view", "risk", "due"))
        return cls(
            view if view in VIEWS else "board",
            uuid_or_none(query.get("partner")),
            uuid_or_none(query.get("owner")),
            Risk(risk) if risk in set(Risk) else None,
            due if due in DUE else "",
            query.get("sort", ""),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether some ideas may be left out."""
        return bool(self.partner or self.owner or self.risk or self.due)

    def among(self, ideas: Iterable[DrawnIdea], today: date) -> list[DrawnIdea]:
        """Return the ideas that are asked for."""
        return [each for each in ideas if self._wants(each, today)]

    def _wants(self, idea: DrawnIdea, today: date) -> bool:
        return (
            (self.partner is None or idea.partnership_id == self.partner)
            and (self.owner is None or self.owner in idea.owners)
            and (self.risk is None or (idea.is_alive and self.risk in idea.open_risks))
            and (not self.due or (idea.due_on is not None and _is_within(idea.due_on, self.due, today)))
        )


@dataclass(frozen=True, slots=True)
class Select:
    """One question of the filter, with its answers; `value` is the one that holds."""

    name: str
    label: str
    value: str
    choices: list[Choice]


def selects(asked: Asked, ideas: Iterable[DrawnIdea], *, is_workshop: bool) -> list[Select]:
    """Return what the ideas can be filtered by: nothing that all or none of them have."""
    every = list(ideas)
    partners = {str(each.partnership_id): f"{each.start} – {each.end}" for each in every}
    owners = {str(pk): name for each in every for pk, name in each.owners.items()}
    found = []
    if is_workshop and (len(partners) > 1 or asked.partner):
        found.append(a_select("partner", _("Partner"), asked.partner, _("all"), partners))
    if owners or asked.owner:
        found.append(a_select("owner", _("Who tests it"), asked.owner, _("anybody"), owners))
    risks = {risk.value: str(words) for risk, words in RISK_WORDS.items()}
    found.append(a_select("risk", _("Still open"), asked.risk, _("anything"), risks))
    if asked.due or any(each.due_on for each in every):
        found.append(a_select("due", _("Test due"), asked.due, _("any day"), {key: str(DUE[key]) for key in DUE}))
    return found


def a_select(name: str, label: str, value: object, none: str, choices: Mapping[str, str]) -> Select:
    """Return a question with its answers; people and companies by their names."""
    ordered = list(choices.items())
    if name in ("partner", "owner"):
        ordered.sort(key=lambda choice: choice[1].casefold())
    return Select(name, label, str(value) if value else "", [("", none), *ordered])


def _is_within(day: date, due: str, today: date) -> bool:
    last = {"late": today - timedelta(days=1), "week": today + timedelta(days=7), "month": months_later(today, 1)}
    return day <= last[due]
