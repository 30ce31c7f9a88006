"""Learning cards: what was observed, what follows for each claim, and that both companies accept it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import write_fields
from partners.base.errors import Conflict, Invalid, NotFound
from partners.events import log
from partners.events.made_with import require_made_with
from partners.hypotheses import events
from partners.hypotheses.models import Acceptance, LearningCard, SynergyHypothesis, TestCard
from partners.hypotheses.models.ideas import TITLE_LIMIT
from partners.hypotheses.operations.fields import CARD_WORDS, checked_card
from partners.hypotheses.operations.shared import locked_card, locked_idea, merged, require_move
from partners.hypotheses.rules import Move
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.operations.pairs import lock_comparison
from partners.workspaces.models import Membership
from partners.workspaces.rules import Action

AT_MOST = 60
DATA = ("observed", "data_points", "observed_on", "verdicts", "level")
"""Without these a card says nothing."""


def write_card(
    *,
    seen: PartnershipInView,
    idea: SynergyHypothesis,
    card_id: UUID | None = None,
    **fields: Any,
) -> LearningCard:
    """Write down what was learned. The same `card_id` twice is the same card.

    `fields` holds `observed`, `observed_on` (not in the future), `data_points` (at least 1), `verdicts` (claim →
    `supports`, `refutes` or `unclear`) and `level` (0 to 5); and may hold `title`, `learned`, `will_do`, `decision`,
    `reliability` and `action` (1 to 3), the cost checks `costs_start` and `costs_end`, `links`, and `tests` (ids of the
    tests of this idea that it learns from). It speaks of the statement as it was when the earliest of them started.
    Raises `Invalid`, among others without data, `NotFound`, and `Conflict` when the same `card_id` comes with other
    words.
    """
    by = seen.require_negotiating()
    require_open(seen)
    checked = checked_card(dict.fromkeys(DATA) | {"title": ""} | fields)
    checked["title"] = checked["title"] or title_of(checked["observed"])
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if card_id and (made := LearningCard.objects.filter(pk=card_id).first()):
            if made.hypothesis_id != idea.pk:
                raise NotFound
            said = {name: checked[name] for name in CARD_WORDS if fields.get(name)}
            require_made_with(made.pk, said, now={name: getattr(made, name) for name in said})
            return made
        idea = locked_idea(seen, idea.pk, yours=checked["observed"])
        require_move(seen, idea, Move.LEARN)
        if LearningCard.objects.filter(hypothesis=idea, deleted_at=None).count() >= AT_MOST:
            limit = {"limit": AT_MOST}
            raise Invalid(_("At most %(limit)s learning cards for an idea, please.") % limit, code="too_many")
        tests = _tests(idea, checked.pop("tests", ()))
        checked["tests"] = sorted(str(test.pk) for test in tests)
        version = min((test.version for test in tests if test.version), default=idea.version)
        card = LearningCard(pk=card_id or uuid4(), hypothesis=idea, version=version, author=by, **checked)
        card.save(force_insert=True)
        change.record(events.LearningWritten(**about(card)))
    return card


def change_card(
    *, seen: PartnershipInView, card: LearningCard, base: Mapping[str, str] | None = None, **fields: Any
) -> LearningCard:
    """Change a learning card; both companies' yes to the one before falls away.

    Words are merged with what others wrote since `base` (the words as they were read). Raises `Invalid`, `Conflict`.
    """
    by = seen.require_negotiating()
    require_open(seen)
    checked = checked_card(fields)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        card = locked_card(seen, card)
        if "tests" in checked:
            checked["tests"] = sorted(str(test.pk) for test in _tests(card.hypothesis, checked["tests"]))
        words = {name: checked.pop(name) for name in CARD_WORDS if name in checked}
        now = {name: getattr(card, name) for name in words}
        new, is_merged = merged(words, base=base or {}, now=now, limits=CARD_WORDS, version=card.revision)
        record_fields(change, card, checked | new, merged=is_merged)
    return card


def accept_card(
    *,
    seen: PartnershipInView,
    card: LearningCard,
    organisation_id: UUID,
    given: bool = True,
    revision: int | None = None,
) -> LearningCard:
    """Accept a learning card for one's own company, or take that back; stand-ins never can.

    `revision` is the one that was read: raises `Conflict` when the card says something else now.
    """
    if organisation_id not in seen.organisation_ids:
        raise NotFound
    by = seen.viewer.require(Action.AGREE, organisation_id)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        card = locked_card(seen, card)
        if given and revision not in (None, card.revision):
            raise Conflict(
                _("Somebody has changed this card since you read it."),
                code="reworded",
                yours="",
                theirs=card.observed,
                version=card.revision,
            )
        if Acceptance.objects.filter(card=card, organisation_id=organisation_id).exists() != given:
            record_acceptance(change, seen, card, organisation_id, by=by, given=given)
    return card


def remove_card(*, seen: PartnershipInView, card: LearningCard, removed: bool = True) -> LearningCard:
    """Delete a learning card, or bring it back; twice is once."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        idea = locked_idea(seen, card.hypothesis_id)
        card = LearningCard.objects.get(pk=card.pk)
        card.hypothesis = idea
        if bool(card.deleted_at) != removed:
            record_removal(change, card, removed=removed)
    return card


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_fields(change: log.Change, card: LearningCard, fields: Mapping[str, Any], *, merged: bool) -> None:
    """Write the fields that differ, take both companies' yes away and record it."""
    written = write_fields(card, fields)
    if written is None:
        return
    said_yes = Acceptance.objects.filter(card=card)
    companies = tuple(str(pk) for pk in said_yes.order_by("created_at").values_list("organisation_id", flat=True))
    said_yes.delete()
    card.revision += 1
    card.save(update_fields=["revision", "updated_at"])
    change.record(
        events.LearningChanged(
            **about(card),
            before=written.before,
            after=written.after,
            revision_before=card.revision - 1,
            revision=card.revision,
            merged=merged,
            acceptances=companies,
        )
    )


def record_acceptance(
    change: log.Change,
    seen: PartnershipInView,
    card: LearningCard,
    organisation_id: UUID,
    *,
    by: Membership | None,
    given: bool,
) -> None:
    """Write that a company accepts a card, or does not any more, and record it."""
    if given:
        Acceptance.objects.create(card=card, organisation_id=organisation_id, by=by)
    else:
        Acceptance.objects.filter(card=card, organisation_id=organisation_id).delete()
    card.save(update_fields=["updated_at"])  # who follows cards hears of yeses
    side = seen.side_of(organisation_id)
    assert side is not None
    company = seen.organisation(side).short_name
    change.record(
        events.LearningAccepted(**about(card), organisation=str(organisation_id), company=company, given=given)
    )


def record_removal(change: log.Change, card: LearningCard, *, removed: bool) -> None:
    """Delete a card or bring it back, and record it."""
    card.deleted_at = timezone.now() if removed else None
    card.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.LearningRemoved(**about(card), removed=removed))


def about(card: LearningCard) -> dict[str, Any]:
    """What every event about a learning card (with its idea loaded) tells."""
    idea = card.hypothesis
    return {"thing_id": card.pk, "partnership_id": idea.partnership_id, "text": card.title, "idea": str(idea.pk)}


def title_of(observed: str) -> str:
    """Return a name for a card that nobody named: the first line of what was observed."""
    line = observed.partition("\n")[0]
    return line if len(line) <= TITLE_LIMIT else f"{line[: TITLE_LIMIT - 1]}…"


def _tests(idea: SynergyHypothesis, ids: Iterable[UUID | str]) -> list[TestCard]:
    """Return tests of the idea; raises `NotFound` when one is not."""
    try:
        wanted = {UUID(str(pk)) for pk in ids}
    except ValueError:
        raise NotFound from None
    found = list(TestCard.objects.filter(pk__in=wanted, hypothesis=idea, deleted_at=None)) if wanted else []
    if len(found) != len(wanted):
        raise NotFound
    return found
