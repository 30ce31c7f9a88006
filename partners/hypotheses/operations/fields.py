"""The fields of ideas, tests and learning cards: made safe to keep, or refused in the user's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.checking import checked_day, checked_line, checked_mark, checked_words, refuse
from partners.base.errors import Invalid
from partners.canvases.kinds import BUSINESS_MODEL
from partners.hypotheses.experiments import experiment
from partners.hypotheses.models import Iteration, LearningCard
from partners.hypotheses.models.ideas import SLOT_LIMIT, TITLE_LIMIT
from partners.hypotheses.models.testing import DOES_LIMIT, SAYS_LIMIT
from partners.hypotheses.rules import BLOCKS, Claim, Outcome, Slot
from partners.hypotheses.rules.priority import IMPORTANCE
from partners.value_fit.access import PartnershipInView
from partners.value_fit.rules import SIDES
from partners.workspaces.models import Membership

SLOT_LIMITS = dict.fromkeys((slot.value for slot in Slot), SLOT_LIMIT)
IDEA_FIELDS = ("title", "importance", "assumed_level", "vanishes_without_start", "vanishes_without_end")
TEST_WORDS = {"does": DOES_LIMIT, "metric": SAYS_LIMIT, "criterion": SAYS_LIMIT}
CARD_WORDS = {
    "title": TITLE_LIMIT,
    "observed": DOES_LIMIT,
    "learned": DOES_LIMIT,
    "will_do": SAYS_LIMIT,
    "costs_start": SAYS_LIMIT,
    "costs_end": SAYS_LIMIT,
}
LINKS_AT_MOST, LINK_LIMIT = 10, 500
MOST_POINTS = 1_000_000

Check = Callable[[Any], Any]


def checked_slots(words: Mapping[str, str], *, may_be_empty: bool = False) -> dict[str, str]:
    """Return words for slots, made safe to keep; empty ones only where they may take a word away. Raises `Invalid`."""
    slots = {slot.value for slot in Slot}
    checked: dict[str, str] = {}
    for name, text in words.items():
        if name not in slots:
            raise Invalid(_("The sentence of a joint idea has no such part."), code="unknown_slot", slot=name)
        checked[name] = checked_words(text, SLOT_LIMIT, may_be_empty=True, field=name)
        if name in BLOCKS.values() and checked[name] and BUSINESS_MODEL.block(checked[name]) is None:
            refuse(_("A business model has no such block."), code="unknown_block", field=name)
    return checked if may_be_empty else {name: text for name, text in checked.items() if text}


def checked_idea(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an idea, made consistent; raises `Invalid`."""
    checked = {name: value for name, value in fields.items() if name in IDEA_FIELDS}
    if "title" in checked:
        checked["title"] = checked_line(checked["title"] or "", TITLE_LIMIT, field="title")
    if "importance" in checked:
        says = _("Importance goes from 1 to 5.")
        checked["importance"] = checked_mark(checked["importance"], IMPORTANCE, field="importance", says=says)
        if checked["importance"] is None:
            refuse(says, code="mark", field="importance")
    if "assumed_level" in checked:
        says = _("Without a learning card there is a guess (0) or an opinion (1).")
        level = checked_mark(checked["assumed_level"], range(2), field="assumed_level", says=says)
        checked["assumed_level"] = level or 0
    return checked


def checked_test(seen: PartnershipInView, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a test, made consistent; others are passed over. Raises `Invalid`."""
    checks: dict[str, Check] = {
        "title": lambda value: checked_line(value or "", TITLE_LIMIT, field="title"),
        "claims": _claims,
        "experiment": _experiment,
        "links": checked_links,
        "by_product": bool,
        "by_partnership": bool,
        "starts_on": lambda value: checked_day(value, field="starts_on"),
        "due_on": lambda value: checked_day(value, field="due_on"),
        "points_wanted": _points_wanted,
        "iteration_id": lambda value: _iteration(seen, value),
        "owner_start_id": lambda value: _owner(seen, "owner_start_id", value),
        "owner_end_id": lambda value: _owner(seen, "owner_end_id", value),
        **_marks("critical", "cost", "reliability", "time"),
        **_words(TEST_WORDS),
    }
    return {name: checks[name](value) for name, value in fields.items() if name in checks}


def checked_card(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a learning card, made consistent; others are passed over. Raises `Invalid`."""
    checks: dict[str, Check] = {
        **_words(CARD_WORDS),
        "title": lambda value: checked_line(value or "", TITLE_LIMIT, may_be_empty=True, field="title"),
        "observed": _observed,
        "observed_on": _observed_on,
        "data_points": _data_points,
        "verdicts": _verdicts,
        "level": _level,
        "decision": _decision,
        "links": checked_links,
        "tests": tuple,
        **_marks("reliability", "action"),
    }
    return {name: checks[name](value) for name, value in fields.items() if name in checks}


def checked_links(links: Iterable[str]) -> list[str]:
    """Return addresses of pages, each once; raises `Invalid` for anything that a browser should not open."""
    found = list(dict.fromkeys(link.strip() for link in links if link.strip()))
    if len(found) > LINKS_AT_MOST:
        refuse(_("At most %(limit)s links, please.") % {"limit": LINKS_AT_MOST}, code="too_many", field="links")
    if not all(_is_address(link) for link in found):
        refuse(_("A link begins with https:// and has no spaces."), code="link", field="links")
    return found


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(link) <= LINK_LIMIT and " " not in link


def _words(limits: Mapping[str, int]) -> dict[str, Check]:
    def checking(name: str, limit: int) -> Check:
        return lambda value: checked_words(value or "", limit, may_be_empty=True, field=name)

    return {name: checking(name, limit) for name, limit in limits.items()}


def _marks(*names: str) -> dict[str, Check]:
    def checking(name: str) -> Check:
        return lambda value: checked_mark(value, range(1, 4), field=name, says=_("Choose 1, 2 or 3."))

    return {name: checking(name) for name in names}


def _claims(claims: Iterable[str]) -> list[str]:
    wanted = set(claims)
    if not wanted:
        refuse(_("Say what it tests: choose what must be true."), code="no_claim", field="claims")
    if not wanted <= {claim.value for claim in Claim}:
        refuse(_("An idea has no such claim."), code="unknown_claim", field="claims")
    return [claim.value for claim in Claim if claim.value in wanted]


def _experiment(key: str) -> str:
    if key and experiment(key) is None:
        refuse(_("The library has no such experiment."), code="unknown_experiment", field="experiment")
    return key or ""


def _points_wanted(points: int | None) -> int | None:
    says = _("Say how many, from 1 to a million.")
    return checked_mark(points, range(1, MOST_POINTS + 1), field="points_wanted", says=says)


def _owner(seen: PartnershipInView, name: str, member_id: UUID | None) -> UUID | None:
    """The owner of a side: somebody of that company."""
    if member_id is None:
        return None
    side = next(side for side in SIDES if name == f"owner_{side}_id")
    people = Membership.objects.filter(pk=member_id, organisation=seen.organisation(side))
    if not seen.viewer.audience.sees_person(member_id) or not people.exists():
        company = seen.organisation(side).short_name
        refuse(
            _("Choose somebody of %(company)s.") % {"company": company}, code="owner", field=name.removesuffix("_id")
        )
    return member_id


def _iteration(seen: PartnershipInView, iteration_id: UUID | None) -> UUID | None:
    """An iteration of this partnership."""
    if iteration_id is None:
        return None
    here = Iteration.objects.filter(pk=iteration_id, partnership=seen.partnership, deleted_at=None)
    if not here.exists():
        refuse(_("There is no such iteration."), code="iteration", field="iteration")
    return iteration_id


def _observed(text: str) -> str:
    words = checked_words(text or "", DOES_LIMIT, may_be_empty=True, field="observed")
    if not words:
        refuse(_("Write what you observed: a card without data proves nothing."), code="no_data", field="observed")
    return words


def _observed_on(day: date | None) -> date:
    checked = checked_day(day, field="observed_on")
    if checked is None:
        refuse(_("Say when you observed it."), code="no_data", field="observed_on")
    if checked > timezone.localdate():
        refuse(_("This day is still to come."), code="date", field="observed_on")
    return checked


def _data_points(points: int | None) -> int:
    if points is None or points not in range(1, MOST_POINTS + 1):
        message = _("Say how many data points it rests on: at least one.")
        refuse(message, code="no_data", field="data_points")
    return points


def _verdicts(verdicts: Mapping[str, str] | None) -> dict[str, str]:
    said = verdicts or {}
    if not said:
        refuse(_("Say for at least one claim what you learned about it."), code="no_claim", field="verdicts")
    if not set(said) <= {claim.value for claim in Claim}:
        refuse(_("An idea has no such claim."), code="unknown_claim", field="verdicts")
    if not set(said.values()) <= {outcome.value for outcome in Outcome}:
        refuse(
            _("A card supports a claim, refutes it, or leaves it unclear."), code="unknown_outcome", field="verdicts"
        )
    return {claim.value: said[claim] for claim in Claim if claim in said}


def _level(level: int | None) -> int:
    says = _("Evidence goes from 0, a guess, to 5, repeated real use.")
    checked = checked_mark(level, range(6), field="level", says=says)
    if checked is None:
        refuse(says, code="no_data", field="level")
    return checked


def _decision(decision: str) -> str:
    if decision and decision not in LearningCard.Decision.values:
        refuse(_("Decide: carry on, change it, drop it, or test more."), code="unknown_decision", field="decision")
    return decision or ""
