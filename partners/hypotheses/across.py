"""Joint ideas of many partnerships at once, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.queries import IdeaRead, gather, paid_mostly, terms_of
from partners.hypotheses.rules import State
from partners.value_fit.many import comparisons
from partners.workspaces.access import Audience
from partners.workspaces.models import Partnership, Workspace
from partners.workspaces.queries import partnerships_seen


def open_to(audience: Audience, workspace: Workspace) -> list[Partnership]:
    """Return the partnerships whose ideas an audience sees, both companies and the workspace loaded: 1 query.

    While a partnership's sheets are private until the reveal, there are no ideas of it for anybody.
    """
    found = list(partnerships_seen(audience).filter(sealed_at=None))
    for each in found:
        each.workspace = workspace
    return found


def ideas_across(partnerships: Collection[Partnership], *, today: date) -> list[IdeaRead]:
    """Return the ideas of some partnerships (companies and workspace loaded), the oldest first: 1 query while there are
    none, else 4, and 4 for their comparisons once one of the ideas holds for both.

    Their notes and pairs are not loaded. Nothing of a partnership that is sealed.
    """
    here = {each.pk: each for each in partnerships if each.sealed_at is None}
    rows = list(SynergyHypothesis.objects.filter(partnership__in=list(here), deleted_at=None)) if here else []
    for row in rows:
        row.partnership = here[row.partnership_id]
    return read_across(rows, today=today)


def read_across(ideas: Iterable[SynergyHypothesis], *, today: date) -> list[IdeaRead]:
    """Return some ideas (with partnership, companies and workspace loaded) with what follows, in 3 or 7 queries."""
    rows = list(ideas)
    if not rows:
        return []
    gathered = gather(row.pk for row in rows)
    found = [
        IdeaRead(row, gathered.tests[row.pk], gathered.cards[row.pk], terms_of(row.partnership.workspace, row, today))
        for row in rows
    ]
    # Whom a comparison mostly pays makes a difference to no other idea.
    holding = {each.row.partnership_id: each.row.partnership for each in found if each.state is State.VALIDATED}
    pays = {pk: paid_mostly(each) for pk, each in comparisons(holding.values()).items()}
    return [replace(each, one_sided=side) if (side := pays.get(each.row.partnership_id)) else each for each in found]
