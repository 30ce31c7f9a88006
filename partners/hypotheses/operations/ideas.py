"""Joint ideas: writing one down, rewording it, flagging it, dropping it, going on with another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import write_fields
from partners.base.checking import checked_words, refuse
from partners.base.errors import Invalid, NotFound
from partners.canvases.models import Note
from partners.events import log
from partners.events.made_with import require_made_with
from partners.hypotheses import events
from partners.hypotheses.models import SynergyHypothesis
from partners.hypotheses.models.ideas import TITLE_LIMIT, WHY_LIMIT
from partners.hypotheses.operations.fields import IDEA_FIELDS, SLOT_LIMITS, checked_idea, checked_slots
from partners.hypotheses.operations.shared import locked_idea, merged, require_move
from partners.hypotheses.rules import INPUTS, Move, Slot, Word
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import JointSentence, Pair
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.rules import FindingKind

AT_MOST = 100
RESTS_ON = {"notes": Note, "pairs": Pair}


def add_idea(
    *,
    seen: PartnershipInView,
    words: Mapping[str, str],
    idea_id: UUID | None = None,
    flagged: bool = True,
    notes: Collection[UUID] = (),
    pairs: Collection[UUID] = (),
    finding: str = "",
    sentence_id: UUID | None = None,
    **fields: Any,
) -> SynergyHypothesis:
    """Write a joint idea down, worth a test (`flagged`) or as a draft. The same `idea_id` twice is the same idea.

    `words` holds what is known of the slots of the phrase (`rules.Slot`); what fails the synergy test is kept and
    named.
    `fields` may hold `title` (otherwise its new value, or what it combines), `importance`, `assumed_level` and the
    answers to the remove-one check. `notes`, `pairs`, `finding` and `sentence_id` say what it rests on. Raises
    `Invalid` for words that no slot holds, `NotFound` for notes and pairs that are not of this partnership, `Conflict`
    when the same `idea_id` comes with other words.
    """
    by = seen.require_negotiating()
    require_open(seen)
    slots = checked_slots(words)
    checked = checked_idea(fields | {"title": fields.get("title") or title_of(slots)})
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if idea_id and (made := SynergyHypothesis.objects.filter(pk=idea_id).first()):
            if made.partnership_id != seen.partnership.pk:
                raise NotFound
            said = slots | ({"title": checked["title"]} if fields.get("title") else {})
            now = {"title": made.title} | {slot: made.words.get(slot, "") for slot in slots}
            require_made_with(made.pk, said, now={name: now[name] for name in said})
            return made
        idea = SynergyHypothesis(
            pk=idea_id or uuid4(),
            partnership=seen.partnership,
            words=slots,
            word=(Word.FLAGGED if flagged else Word.DRAFT).value,
            finding=_finding(finding),
            sentence=_sentence(seen, sentence_id),
            author=by,
            **checked,
        )
        record_idea(change, seen, idea, {"notes": notes, "pairs": pairs})
    return idea


def reword_idea(
    *,
    seen: PartnershipInView,
    idea: SynergyHypothesis,
    words: Mapping[str, str],
    base: Mapping[str, str] | None = None,
) -> SynergyHypothesis:
    """Reword slots of the statement, merging with what others wrote since `base` (the words as they were read).

    Another wording is another version: what was learned about the one before counts no more. Raises `Conflict` with
    both versions and the slot in `details` where both changed the same words.
    """
    by = seen.require_negotiating()
    require_open(seen)
    slots = checked_slots(words, may_be_empty=True)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        idea = locked_idea(seen, idea.pk, yours=next(iter(slots.values()), ""))
        require_move(seen, idea, Move.REWORD)
        new, is_merged = merged(slots, base=base or {}, now=idea.words, limits=SLOT_LIMITS, version=idea.version)
        record_words(change, idea, new, merged=is_merged)
    return idea


def change_idea(*, seen: PartnershipInView, idea: SynergyHypothesis, **fields: Any) -> SynergyHypothesis:
    """Change its name, importance, what is known without a card, the remove-one answers; and `notes` and `pairs`.

    The statement stays, and what was learned counts on. Raises `Invalid`, `NotFound`, `Conflict`.
    """
    by = seen.require_negotiating()
    require_open(seen)
    rests = {name: fields.pop(name) for name in RESTS_ON if name in fields}
    checked = checked_idea(fields)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        idea = locked_idea(seen, idea.pk)
        record_fields(change, idea, checked)
        record_rests(change, seen, idea, rests)
    return idea


def flag_idea(*, seen: PartnershipInView, idea: SynergyHypothesis) -> SynergyHypothesis:
    """Say that a draft is worth a test. Raises `Invalid` for any other idea."""
    return _say(seen, idea, Move.FLAG, Word.FLAGGED)


def retire_idea(*, seen: PartnershipInView, idea: SynergyHypothesis, why: str) -> SynergyHypothesis:
    """Drop an idea and say why; its cards are kept. Raises `Invalid` without a reason, or when it rests already."""
    return _say(seen, idea, Move.RETIRE, Word.RETIRED, _why(why))


def take_idea_up(*, seen: PartnershipInView, idea: SynergyHypothesis) -> SynergyHypothesis:
    """Take a dropped idea up again: it is worth a test as it was."""
    return _say(seen, idea, Move.TAKE_UP, Word.FLAGGED)


def pivot_idea(
    *, seen: PartnershipInView, idea: SynergyHypothesis, why: str, idea_id: UUID | None = None
) -> SynergyHypothesis:
    """Go on with another idea: a draft that begins with the words of this one, which rests from now on.

    Returns the new one; the same `idea_id` twice is the same. What was learned stays with the old one. Raises
    `Invalid` without a reason or when it rests already, `NotFound` for the id of any other idea.
    """
    by = seen.require_negotiating()
    require_open(seen)
    why = _why(why)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if idea_id and (made := SynergyHypothesis.objects.filter(pk=idea_id).first()):
            if made.came_from_id != idea.pk:
                raise NotFound
            return made
        idea = locked_idea(seen, idea.pk)
        require_move(seen, idea, Move.PIVOT)
        record_word(change, idea, Word.PIVOTED, why)
        same = {name: getattr(idea, name) for name in IDEA_FIELDS if name != "assumed_level"}
        new = SynergyHypothesis(
            pk=idea_id or uuid4(),
            partnership=seen.partnership,
            words=dict(idea.words),
            came_from=idea,
            finding=idea.finding,
            sentence_id=idea.sentence_id,
            author=by,
            **same,
        )
        rests = {name: [row.pk for row in getattr(idea, name).all()] for name in RESTS_ON}
        record_idea(change, seen, new, rests)
    return new


def remove_idea(*, seen: PartnershipInView, idea: SynergyHypothesis, removed: bool = True) -> SynergyHypothesis:
    """Delete an idea with its tests and cards, or bring it back with them; twice is once."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        idea = SynergyHypothesis.objects.get(pk=idea.pk)
        if bool(idea.deleted_at) != removed:
            record_removal(change, idea, removed=removed)
    return idea


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_idea(
    change: log.Change, seen: PartnershipInView, idea: SynergyHypothesis, rests: Mapping[str, Collection[UUID]]
) -> None:
    """Save a new idea with what it rests on, and record it; raises `Invalid` when there are too many."""
    if SynergyHypothesis.objects.filter(partnership=seen.partnership, deleted_at=None).count() >= AT_MOST:
        raise Invalid(_("At most %(limit)s joint ideas, please.") % {"limit": AT_MOST}, code="too_many")
    wanted = {name: _resting(seen, name, ids) for name, ids in rests.items()}
    idea.save(force_insert=True)
    for name, rows in wanted.items():
        getattr(idea, name).set(rows)
    came_from = str(idea.came_from_id) if idea.came_from_id else None
    change.record(events.IdeaAdded(**about(idea), slots=dict(idea.words), came_from=came_from))


def record_words(
    change: log.Change, idea: SynergyHypothesis, slots: Mapping[str, str], *, merged: bool, version: int | None = None
) -> None:
    """Write other words into slots and record them; nothing when they are the same. `version`: of these very words."""
    now = {slot: idea.words.get(slot, "") for slot in slots}
    after = {slot: text for slot, text in slots.items() if text != now[slot]}
    if not after:
        return
    before_version = idea.version
    idea.words = {slot: text for slot, text in (idea.words | after).items() if text}
    idea.wordings += version is None
    idea.version = version or idea.wordings
    idea.save(update_fields=["words", "version", "wordings", "updated_at"])
    change.record(
        events.IdeaReworded(
            **about(idea),
            before={slot: now[slot] for slot in after},
            after=after,
            version_before=before_version,
            version=idea.version,
            merged=merged,
        )
    )


def record_fields(change: log.Change, idea: SynergyHypothesis, fields: Mapping[str, Any]) -> None:
    """Write the fields that differ and record them."""
    if written := write_fields(idea, fields):
        change.record(events.IdeaChanged(**about(idea), before=written.before, after=written.after))


def record_rests(
    change: log.Change, seen: PartnershipInView, idea: SynergyHypothesis, rests: Mapping[str, Collection[UUID]]
) -> None:
    """Write which notes and pairs it rests on, where that differs, and record it."""
    before, after = {}, {}
    for name, ids in rests.items():
        now = {row.pk for row in getattr(idea, name).all()}
        if now != set(ids):
            getattr(idea, name).set(_resting(seen, name, ids))
            before[name], after[name] = sorted(map(str, now)), sorted(map(str, ids))
    if after:
        idea.save(update_fields=["updated_at"])
        change.record(events.IdeaChanged(**about(idea), before=before, after=after))


def record_word(change: log.Change, idea: SynergyHypothesis, word: Word, why: str = "") -> None:
    """Write what people say of an idea, and why, and record it."""
    before, why_before = idea.word, idea.word_why
    idea.word, idea.word_why = word.value, why
    idea.save(update_fields=["word", "word_why", "updated_at"])
    change.record(events.IdeaSaid(**about(idea), before=before, after=word.value, why=why, why_before=why_before))


def record_removal(change: log.Change, idea: SynergyHypothesis, *, removed: bool) -> None:
    """Delete an idea or bring it back, and record it."""
    idea.deleted_at = timezone.now() if removed else None
    idea.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.IdeaRemoved(**about(idea), removed=removed))


def about(idea: SynergyHypothesis) -> dict[str, Any]:
    """What every event about an idea tells."""
    return {"thing_id": idea.pk, "partnership_id": idea.partnership_id, "text": idea.title}


def title_of(slots: Mapping[str, str]) -> str:
    """Return a name for an idea that nobody named: its new value, or what the two bring."""
    said = slots.get(Slot.NEW_VALUE) or " + ".join(text for slot in INPUTS.values() if (text := slots.get(slot)))
    return said if len(said) <= TITLE_LIMIT else f"{said[: TITLE_LIMIT - 1]}…"


def _say(seen: PartnershipInView, idea: SynergyHypothesis, move: Move, word: Word, why: str = "") -> SynergyHypothesis:
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        idea = locked_idea(seen, idea.pk)
        require_move(seen, idea, move)
        record_word(change, idea, word, why)
    return idea


def _why(why: str) -> str:
    checked = checked_words(why, WHY_LIMIT, may_be_empty=True, field="why")
    if not checked:
        refuse(_("Say why, so that nobody has to ask later."), code="no_reason", field="why")
    return checked


def _resting(seen: PartnershipInView, name: str, ids: Collection[UUID]) -> list[Any]:
    """Return notes on the two sheets, or pairs, of this partnership; raises `NotFound` when one is not."""
    wanted = set(ids)
    here = {"canvas__partnership": seen.partnership} if name == "notes" else {"partnership": seen.partnership}
    found = list(RESTS_ON[name].objects.filter(pk__in=wanted, **here)) if wanted else []  # type: ignore[attr-defined]
    if len(found) != len(wanted):
        raise NotFound
    return found


def _sentence(seen: PartnershipInView, sentence_id: UUID | None) -> JointSentence | None:
    if sentence_id is None:
        return None
    sentence = JointSentence.objects.filter(pk=sentence_id, partnership=seen.partnership, deleted_at=None).first()
    if sentence is None:
        raise NotFound
    return sentence


def _finding(finding: str) -> str:
    if finding and finding not in {kind.value for kind in FindingKind}:
        raise Invalid(_("The comparison finds no such thing."), code="unknown_finding")
    return finding
