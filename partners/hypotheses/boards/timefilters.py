"""Which lines of a timeline somebody looks at, under what headings: read from the address, where nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partners.base.http import uuid_or_none
from partners.hypotheses.boards.cards import RISK_OF
from partners.hypotheses.boards.filters import RISK_WORDS, Select, a_select
from partners.hypotheses.boards.words import names_of
from partners.hypotheses.experiments import Risk
from partners.hypotheses.rules import Claim
from partners.hypotheses.timeline import Happening, Timeline, What
from partners.value_fit.access import PartnershipInView
from partners.workspaces.access import Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BY = ("month", "iteration")
WHAT: Mapping[What, _StrPromise] = {
    What.LEARNED: _lazy("what was learned"),
    What.STATE: _lazy("how far ideas are"),
    What.REVIEW: _lazy("iterations closed"),
    What.ANSWER: _lazy("questions answered"),
}


@dataclass(frozen=True, slots=True)
class AskedOfTime:
    """What an address asks for; whatever it does not know it passes over. `page` is looked at by who turns pages."""

    by: str = "month"
    what: What | None = None
    partner: UUID | None = None
    owner: UUID | None = None
    risk: Risk | None = None
    page: str = ""
    is_whole: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> AskedOfTime:
        """Return what a query string asks for."""
        by, what, risk = (query.get(name, "") for name in ("by", "what", "risk"))
        return cls(
            by if by in BY else "month",
            What(what) if what in set(What) else None,
            uuid_or_none(query.get("partner")),
            uuid_or_none(query.get("owner")),
            Risk(risk) if risk in set(Risk) else None,
            query.get("page", ""),
            query.get("page") == "all",
        )

    @property
    def is_filtered(self) -> bool:
        """Whether some lines may be left out."""
        return bool(self.what or self.partner or self.owner or self.risk)

    def among(self, lines: Iterable[Happening]) -> list[Happening]:
        """Return the lines that are asked for."""
        return [line for line in lines if self._wants(line)]

    def _wants(self, line: Happening) -> bool:
        return (
            (self.what is None or line.what is self.what)
            and (self.partner is None or line.partnership.pk == self.partner)
            and (self.owner is None or self.owner in _owners(line))
            and (self.risk is None or self.risk in {RISK_OF[claim] for claim in _claims(line)})
        )


def selects_of(
    asked: AskedOfTime, viewer: Viewer, timeline: Timeline, people: Mapping[UUID, str], *, is_workshop: bool
) -> list[Select]:
    """Return what the lines can be filtered by: nothing that none of them has."""
    found = [a_select("what", _("What"), asked.what, _("everything"), {key.value: str(WHAT[key]) for key in What})]
    partners = {}
    for each in {line.partnership.pk: line.partnership for line in timeline.lines}.values():
        names = names_of(PartnershipInView(viewer, each))
        partners[str(each.pk)] = f"{names['start']} – {names['end']}"
    if is_workshop and (len(partners) > 1 or asked.partner):
        found.append(a_select("partner", _("Partner"), asked.partner, _("all"), partners))
    ids = {pk for line in timeline.lines for pk in _owners(line)}
    owners = {str(pk): people[pk] for pk in ids if people.get(pk)}
    if owners or asked.owner:
        found.append(a_select("owner", _("Who tests it"), asked.owner, _("anybody"), owners))
    risks = {risk.value: str(words) for risk, words in RISK_WORDS.items()}
    return [*found, a_select("risk", _("About"), asked.risk, _("anything"), risks)]


def _owners(line: Happening) -> set[UUID]:
    """The people of the tests of its idea."""
    tests = line.read.tests if line.read else []
    return {pk for test in tests for pk in (test.owner_start_id, test.owner_end_id) if pk}


def _claims(line: Happening) -> Iterable[Claim]:
    """What must be true, of which it speaks."""
    if line.card is not None:
        return [Claim(claim) for claim in line.card.verdicts]
    return line.turn.changed if line.turn else ()
