"""The decision: go on, adapt or stop, why, and that both companies agree to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.checking import checked_words
from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.merging import merged_words
from partners.events import log
from partners.outcome import events
from partners.outcome.access import require_writing
from partners.outcome.models import WHY_LIMIT, Assent, Decision
from partners.outcome.operations.shared import lock_outcome, words_at
from partners.value_fit.access import PartnershipInView
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action


def decide(*, seen: PartnershipInView, verdict: str) -> Decision:
    """Write down what was decided; empty takes it back. Both companies' yes to what stood before falls away."""
    by = require_writing(seen)
    if verdict and verdict not in Decision.Verdict.values:
        raise Invalid(_("A decision is: go on, adapt or stop."), code="unknown_decision")
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        decision = decision_of(seen)
        record_verdict(change, decision, verdict, by)
    return decision


def explain(*, seen: PartnershipInView, text: str, base_version: int | None = None) -> Decision:
    """Say why, merging with what others wrote since `base_version` (None: since now); empty takes the reason away.

    Raises `Conflict` with both versions in `details` when both changed the same words.
    """
    by = require_writing(seen)
    text = checked_words(text, WHY_LIMIT, may_be_empty=True)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        decision = decision_of(seen)
        is_merged = base_version is not None and base_version < decision.why_version
        if is_merged and base_version is not None:
            base = words_at(decision.pk, base_version, kinds=("decision_explained",), now=decision.why)
            text = merged_words(text, base=base, theirs=decision.why, version=decision.why_version, limit=WHY_LIMIT)
        record_reason(change, decision, text, merged=is_merged)
    return decision


def assent(
    *,
    seen: PartnershipInView,
    organisation_id: UUID,
    given: bool = True,
    verdict: str | None = None,
    version: int | None = None,
) -> Decision:
    """Agree to the decision for one's own company, or take that back; stand-ins never can.

    `verdict` and `version` are what was read: raises `Conflict` when it says something else now, `Invalid` while
    nothing is decided.
    """
    if organisation_id not in seen.organisation_ids:
        raise NotFound
    by = seen.viewer.require(Action.AGREE, organisation_id)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_outcome(seen)
        decision = decision_of(seen)
        if given and not decision.verdict:
            raise Invalid(_("Nothing has been decided yet."), code="undecided")
        if given and (verdict not in (None, decision.verdict) or version not in (None, decision.why_version)):
            raise Conflict(
                _("Somebody has changed the decision since you read it."),
                code="reworded",
                yours="",
                theirs=decision.why,
            )
        if Assent.objects.filter(decision=decision, organisation_id=organisation_id).exists() != given:
            record_assent(change, seen, decision, organisation_id, by=by, given=given)
    return decision


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def decision_of(seen: PartnershipInView) -> Decision:
    """Return the partnership's decision, begun when there is none yet; under the outcome's lock."""
    return Decision.objects.get_or_create(partnership=seen.partnership)[0]


def record_verdict(change: log.Change, decision: Decision, verdict: str, by: Membership | None) -> None:
    """Write what was decided and record it; nothing when it says so already."""
    if decision.verdict == verdict:
        return
    before, decision.verdict = decision.verdict, verdict
    decision.by, decision.decided_at = (by, timezone.now()) if verdict else (None, None)
    decision.save(update_fields=["verdict", "by", "decided_at", "updated_at"])
    change.record(
        events.DecisionMade(**about(decision), before=before, after=verdict, assents=_assents_taken_away(decision))
    )


def record_reason(change: log.Change, decision: Decision, text: str, *, merged: bool) -> None:
    """Write another reason and record it; nothing when it is the same."""
    if decision.why == text:
        return
    before, decision.why = decision.why, text
    decision.why_version += 1
    decision.save(update_fields=["why", "why_version", "updated_at"])
    change.record(
        events.DecisionExplained(
            **about(decision),
            before=before,
            version=decision.why_version,
            merged=merged,
            assents=_assents_taken_away(decision),
        )
    )


def record_assent(
    change: log.Change,
    seen: PartnershipInView,
    decision: Decision,
    organisation_id: UUID,
    *,
    by: Membership | None,
    given: bool,
) -> None:
    """Write that a company agrees, or that it does not any more, and record it."""
    if given:
        Assent.objects.create(decision=decision, organisation_id=organisation_id, by=by)
    else:
        Assent.objects.filter(decision=decision, organisation_id=organisation_id).delete()
    side = seen.side_of(organisation_id)
    assert side is not None
    change.record(
        events.AssentGiven(
            **about(decision),
            organisation=str(organisation_id),
            company=seen.organisation(side).short_name,
            given=given,
        )
    )


def about(decision: Decision) -> dict[str, Any]:
    """What every event about a decision tells."""
    return {"thing_id": decision.pk, "partnership_id": decision.partnership_id, "text": decision.why}


def _assents_taken_away(decision: Decision) -> tuple[str, ...]:
    """Take both companies' yes away: it was said to something else."""
    said_yes = Assent.objects.filter(decision=decision)
    companies = tuple(str(pk) for pk in said_yes.values_list("organisation_id", flat=True))
    said_yes.delete()
    return companies
