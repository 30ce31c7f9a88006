"""Joint sentences: how it gets across, and what becomes possible together. Both sides say yes; an edit asks again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.base.changing import write_fields
from partners.base.errors import Conflict, Invalid, NotFound
from partners.base.ordering import rank_between
from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import Note
from partners.canvases.operations.words import checked_text
from partners.events import log
from partners.events.made_with import require_made_with
from partners.value_fit import events
from partners.value_fit.access import PartnershipInView, require_open
from partners.value_fit.models import Consent, JointSentence, Pair
from partners.value_fit.operations.pairs import lock_comparison
from partners.value_fit.operations.words import put_together
from partners.value_fit.queries import CREATED, TRANSFERS
from partners.workspaces.rules import Action

AT_MOST = 60
FIELDS = ("carries", "beneficiary", "organisation_id", "target_block")
BLOCK_OF = {JointSentence.Kind.TRANSFER: TRANSFERS, JointSentence.Kind.CREATED: CREATED}


def add_sentence(
    *,
    seen: PartnershipInView,
    kind: str,
    text: str = "",
    sentence_id: UUID | None = None,
    source_note_id: UUID | None = None,
    like_id: UUID | None = None,
    **fields: Any,
) -> JointSentence:
    """Begin a joint sentence: in own words, or from a note of either sheet (*use ours*, *use theirs*).

    `like_id`: a sentence of the same kind, dropped or not, whose fields it gets where `fields` say nothing else.
    `fields` may hold `carries` (ids of pairs; None: all agreed pairs), `beneficiary` (`customer` or `organisation`),
    `organisation_id`, `target_block`. The same `sentence_id` twice is the same sentence. Raises `Invalid`, and
    `Conflict` when the same `sentence_id` comes with other words.
    """
    by = seen.require_negotiating()
    require_open(seen)
    if kind not in JointSentence.Kind.values:
        raise Invalid(_("A joint sentence says how it gets across, or what becomes possible."), code="unknown_kind")
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        if sentence_id and (made := JointSentence.objects.filter(pk=sentence_id).first()):
            if made.partnership_id != seen.partnership.pk:
                raise NotFound
            said = {"kind": kind} | ({"text": checked_text(text)} if text else {})
            require_made_with(made.pk, said, now={name: getattr(made, name) for name in said}, words="text")
            return made
        standing = JointSentence.objects.filter(partnership=seen.partnership, deleted_at=None)
        if standing.count() >= AT_MOST:
            raise Invalid(_("At most %(limit)s joint sentences, please.") % {"limit": AT_MOST}, code="too_many")
        source = _source(seen, kind, source_note_id)
        sentence = JointSentence(
            pk=sentence_id or uuid4(),
            partnership=seen.partnership,
            kind=kind,
            text=checked_text(text or (source.text if source else "")),
            source_note=source,
            author=by,
            rank=rank_between(standing.aggregate(last=Max("rank"))["last"], None),
        )
        gain = _gain_of(seen, source) if kind == JointSentence.Kind.CREATED else {}
        wanted = gain | _fields_of(seen, kind, like_id) | fields
        for name, value in _checked_fields(seen, kind, wanted).items():
            setattr(sentence, name, value)
        sentence.save(force_insert=True)
        change.record(events.SentenceAdded(**about(sentence), sentence_kind=kind))
    return sentence


def edit_sentence(
    *,
    seen: PartnershipInView,
    sentence: JointSentence,
    text: str,
    base_version: int | None = None,
    base_text: str | None = None,
) -> JointSentence:
    """Reword a joint sentence, merging with what others wrote since `base_version`; both sides must say yes again.

    `base_text` is what was typed on where that never was a version: an earlier edit of one's own, before its merge.
    Raises `Conflict` with both versions in `details` when both changed the same words or it was dropped.
    """
    by = seen.require_negotiating()
    require_open(seen)
    text = checked_text(text)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        sentence = _locked(sentence, yours=text)
        new, is_merged = put_together(sentence, text, base_version, base_text)
        record_edit(change, sentence, new, merged=is_merged, typed=text if new != text else "")
    return sentence


def change_sentence(*, seen: PartnershipInView, sentence: JointSentence, **fields: Any) -> JointSentence:
    """Change which pairs it carries, whom it is for, or which block it lands in; the words and the yeses stay."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        sentence = _locked(sentence)
        record_fields(change, sentence, _checked_fields(seen, sentence.kind, fields))
    return sentence


def remove_sentence(*, seen: PartnershipInView, sentence: JointSentence, removed: bool = True) -> JointSentence:
    """Drop a joint sentence, or bring it back; twice is once."""
    by = seen.require_negotiating()
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        sentence = JointSentence.objects.get(pk=sentence.pk)
        if bool(sentence.deleted_at) != removed:
            record_removal(change, sentence, removed=removed)
    return sentence


def consent(
    *,
    seen: PartnershipInView,
    sentence: JointSentence,
    organisation_id: UUID,
    given: bool = True,
    version: int | None = None,
) -> JointSentence:
    """Say *Yes, that is how it works* for one's own company, or take it back; stand-ins never can.

    `version` is the wording that was read: raises `Conflict` when it reads otherwise now.
    """
    if organisation_id not in seen.organisation_ids:
        raise NotFound
    by = seen.viewer.require(Action.AGREE, organisation_id)
    require_open(seen)
    with log.change(seen.partnership.workspace_id, by=by) as change:
        lock_comparison(seen)
        sentence = _locked(sentence)
        if given and version is not None and version != sentence.text_version:
            raise Conflict(
                _("Somebody has reworded this since you read it."),
                code="reworded",
                yours="",
                theirs=sentence.text,
                version=sentence.text_version,
            )
        if Consent.objects.filter(sentence=sentence, organisation_id=organisation_id).exists() != given:
            record_consent(change, seen, sentence, organisation_id, by_id=by.pk, given=given)
    return sentence


# --- steps that undo takes too; all inside an open change -------------------------------------------------------------


def record_edit(change: log.Change, sentence: JointSentence, text: str, *, merged: bool, typed: str = "") -> None:
    """Write other words, take both yeses away and record it, with what was `typed` where that differs.

    Nothing when they are the same.
    """
    if text == sentence.text:
        return
    before, sentence.text = sentence.text, text
    sentence.text_version += 1
    sentence.save(update_fields=["text", "text_version", "updated_at"])
    said_yes = Consent.objects.filter(sentence=sentence)
    consents = tuple(str(pk) for pk in said_yes.values_list("organisation_id", flat=True))
    said_yes.delete()
    change.record(
        events.SentenceEdited(
            **about(sentence),
            before=before,
            version=sentence.text_version,
            merged=merged,
            typed=typed,
            consents=consents,
        )
    )


def record_fields(change: log.Change, sentence: JointSentence, fields: dict[str, Any]) -> None:
    """Write the fields that differ and record them."""
    if written := write_fields(sentence, fields):
        change.record(events.SentenceChanged(**about(sentence), before=written.before, after=written.after))


def record_removal(change: log.Change, sentence: JointSentence, *, removed: bool) -> None:
    """Drop a joint sentence or bring it back, and record it."""
    sentence.deleted_at = timezone.now() if removed else None
    sentence.save(update_fields=["deleted_at", "updated_at"])
    change.record(events.SentenceRemoved(**about(sentence), removed=removed))


def record_consent(
    change: log.Change,
    seen: PartnershipInView,
    sentence: JointSentence,
    organisation_id: UUID,
    *,
    by_id: UUID | None,
    given: bool,
) -> None:
    """Write one side's yes, or that it is taken back, and record it."""
    if given:
        Consent.objects.create(sentence=sentence, organisation_id=organisation_id, by_id=by_id)
    else:
        Consent.objects.filter(sentence=sentence, organisation_id=organisation_id).delete()
    sentence.save(update_fields=["updated_at"])  # who follows sentences hears of yeses
    side = seen.side_of(organisation_id)
    assert side is not None
    change.record(
        events.ConsentGiven(
            **about(sentence),
            organisation=str(organisation_id),
            company=seen.organisation(side).short_name,
            given=given,
        )
    )


def about(sentence: JointSentence) -> dict[str, Any]:
    """What every event about a joint sentence tells."""
    return {"thing_id": sentence.pk, "partnership_id": sentence.partnership_id, "text": sentence.text}


def _locked(sentence: JointSentence, yours: str = "") -> JointSentence:
    fresh = JointSentence.objects.select_for_update().get(pk=sentence.pk)
    if fresh.deleted_at is not None:
        raise Conflict(_("Somebody dropped this sentence."), code="deleted", yours=yours, theirs="")
    return fresh


def _source(seen: PartnershipInView, kind: str, note_id: UUID | None) -> Note | None:
    if note_id is None:
        return None
    notes = Note.objects.filter(pk=note_id, canvas__partnership=seen.partnership, deleted_at=None)
    note = notes.filter(block=BLOCK_OF[JointSentence.Kind(kind)]).select_related("canvas").first()
    if note is None:
        raise NotFound
    return note


def _fields_of(seen: PartnershipInView, kind: str, like_id: UUID | None) -> dict[str, Any]:
    """What another sentence carries, for whom it is, and where it lands; nothing when there is none like it."""
    like = (
        JointSentence.objects.filter(pk=like_id, partnership=seen.partnership, kind=kind).first() if like_id else None
    )
    return {name: getattr(like, name) for name in FIELDS} if like else {}


def _gain_of(seen: PartnershipInView, source: Note | None) -> dict[str, Any]:
    """Whom a created value is for, as the note that it starts from says; the customer when nothing says otherwise."""
    if source is None or source.beneficiary in ("", Note.Beneficiary.CUSTOMER):
        return {"beneficiary": JointSentence.Beneficiary.CUSTOMER, "organisation_id": None}
    own = source.canvas.organisation_id
    others = next(pk for pk in seen.organisation_ids if pk != own)
    gains = own if source.beneficiary == Note.Beneficiary.US else others
    return {"beneficiary": JointSentence.Beneficiary.ORGANISATION, "organisation_id": gains}


def _checked_fields(seen: PartnershipInView, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that a sentence of this kind has, made consistent; raises `Invalid`."""
    checked = {name: value for name, value in fields.items() if name in FIELDS}
    if kind == JointSentence.Kind.TRANSFER:
        return {"carries": _carried(seen, checked["carries"])} if "carries" in checked else {}
    checked.pop("carries", None)
    if checked.get("target_block") and BUSINESS_MODEL.block(checked["target_block"]) is None:
        raise Invalid(_("A business model has no such block."), code="unknown_block")
    if "beneficiary" in checked:
        if checked["beneficiary"] == JointSentence.Beneficiary.CUSTOMER:
            checked["organisation_id"] = None
        elif checked.get("organisation_id") not in seen.organisation_ids:
            raise Invalid(_("Created value is for the customer or for one of the two companies."), code="for_whom")
    else:
        checked.pop("organisation_id", None)
    return checked


def _carried(seen: PartnershipInView, pair_ids: Iterable[UUID | str] | None) -> list[str] | None:
    if pair_ids is None:
        return None
    try:
        wanted = {UUID(str(pair_id)) for pair_id in pair_ids}
    except ValueError:
        raise NotFound from None
    known = set(Pair.objects.filter(partnership=seen.partnership, pk__in=wanted).values_list("pk", flat=True))
    if known != wanted:
        raise NotFound
    return sorted(str(pair_id) for pair_id in known)
