"""How many ideas hold, in one line: for the board, and for a workshop's home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.hypotheses.across import ideas_across
from partners.hypotheses.boards.cards import DrawnIdea, draw_idea
from partners.hypotheses.rules import State, pays_only
from partners.workspaces.access import Viewer
from partners.workspaces.models import Partnership


def headline_for(viewer: Viewer, partnerships: Collection[Partnership], *, today: date) -> str:
    """Return the same for some partnerships (companies and workspace loaded): 1 query without ideas, else 4 or 8."""
    ideas = ideas_across(partnerships, today=today)
    return headline(draw_idea(viewer, each, {}, today=today) for each in ideas)


def headline(ideas: Iterable[DrawnIdea]) -> str:
    """Return how many ideas hold for both, for whom alone some do, how many are tested now and are to test next.

    Each idea counts once; drafts and what is at rest do not. Empty when none counts.
    """
    both, running, next_, only = 0, 0, 0, Counter[str]()
    for each in ideas:
        if side := pays_only(each.state):
            only[each.seen.organisation(side).short_name] += 1
        both += each.state is State.VALIDATED
        next_ += each.is_to_test
        running += each.state is State.TESTING and not each.is_to_test
    said = [ngettext("%(n)s holds for both", "%(n)s hold for both", both) % {"n": both}] if both else []
    said += [_("%(n)s only for %(company)s") % {"n": n, "company": name} for name, n in sorted(only.items())]
    said += [_("%(n)s being tested") % {"n": running}] if running else []
    said += [_("%(n)s to test next") % {"n": next_}] if next_ else []
    return ", ".join(said)
