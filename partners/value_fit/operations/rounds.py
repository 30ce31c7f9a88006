"""Starting the next round: the last one is kept under a name, and every rating goes on as *from round n*."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.errors import Conflict
from partners.base.text import clean_line
from partners.events import log
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import Pair, Rating, Round
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.queries import comparison
from partners.value_fit.snapshots import snapshot_of
from partners.workspaces.rules import Action

NAME_LIMIT = 80


def start_round(*, seen: PartnershipInView, name: str = "", after: int | None = None) -> Round:
    """Keep how the comparison stands under a name and start the next round (facilitators); returns the round kept.

    Ratings go on, marked with the round that they are from. `after` is the number of the round that the caller saw:
    raises `Conflict` when somebody else has ended it already.
    """
    by = seen.viewer.require(Action.MANAGE)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        number = 1 + (Round.objects.filter(partnership=seen.partnership).aggregate(last=Max("number"))["last"] or 0)
        if after is not None and after != number:
            raise Conflict(_("Somebody has started the next round already."), code="round_ended", yours="", theirs="")
        ended = Round.objects.create(
            partnership=seen.partnership,
            number=number,
            name=clean_line(name)[:NAME_LIMIT] or _("After round %(number)s") % {"number": number},
            snapshot=snapshot_of(comparison(seen.partnership)),
            ended_by=by,
        )
        carried = Rating.objects.filter(pair__partnership=seen.partnership, from_round=None)
        Pair.objects.filter(pk__in=carried.values("pair_id")).update(updated_at=timezone.now())
        carried.update(from_round=number)
        change.record(
            events.RoundStarted(
                thing_id=seen.partnership.pk,
                partnership_id=seen.partnership.pk,
                text=ended.name,
                number=number + 1,
            )
        )
    return ended
