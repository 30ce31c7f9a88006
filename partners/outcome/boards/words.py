"""The words of the product for what a comparison finds and an outcome holds."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.canvases.kinds import BUSINESS_MODEL
from partners.canvases.models import Note
from partners.outcome.rules import Lacks, Missing
from partners.value_fit.access import PartnershipInView
from partners.value_fit.compared import ComparedNote
from partners.value_fit.models import JointSentence
from partners.value_fit.rules import Finding, FindingKind
from partners.workspaces.access import Audience
from partners.workspaces.models import Membership

WEIGHED = {FindingKind.GAP: gettext_lazy("not met"), FindingKind.SURPLUS: gettext_lazy("meets no need yet")}
"""What is said instead of *nobody offers this* and *not asked for* where the two were put together, and do not fit or
are not agreed to."""


def finding_title(kind: FindingKind, *, is_weighed: bool = False) -> str:
    """Return what a finding is called on screen; `is_weighed`: something was put to it, and found wanting."""
    if is_weighed and kind in WEIGHED:
        return str(WEIGHED[kind])
    return {
        FindingKind.MET: _("needs met"),
        FindingKind.PARTLY_MET: _("partly met"),
        FindingKind.NOT_LOOKED_AT: _("not looked at yet"),
        FindingKind.GAP: _("nobody offers this"),
        FindingKind.SURPLUS: _("not asked for yet"),
        FindingKind.REDUNDANCY: _("both bring this"),
        FindingKind.SHARED_WANT: _("both need this"),
        FindingKind.UNCONFIRMED: _("rests on a guess"),
        FindingKind.TRANSFER_GAP: _("no way across yet"),
        FindingKind.ONE_SIDED: _("mostly pays one side"),
        FindingKind.OPPOSED: _("opposed interests"),
    }[kind]


def title_of(finding: Finding) -> str:
    """Return what a finding is called on screen."""
    return finding_title(finding.kind, is_weighed=bool(finding.pairs))


def suggested_step(finding: Finding) -> str:
    """Return the next step that a finding asks for, with `%(text)s` for the note; empty for what asks for none."""
    if finding.kind is FindingKind.GAP and finding.pairs:
        return _("Settle what would meet “%(text)s”")
    return {
        FindingKind.PARTLY_MET: _("Find what is still missing for “%(text)s”"),
        FindingKind.GAP: _("Find who can offer “%(text)s”"),
        FindingKind.SURPLUS: _("Find who has a use for “%(text)s”"),
        FindingKind.REDUNDANCY: _("Settle who does “%(text)s”"),
        FindingKind.SHARED_WANT: _("Look together for somebody who offers “%(text)s”"),
        FindingKind.UNCONFIRMED: _("Confirm or test “%(text)s”"),
        FindingKind.TRANSFER_GAP: _("Settle how “%(text)s” gets across"),
        FindingKind.OPPOSED: _("Talk about opposed interests in “%(text)s”"),
    }.get(finding.kind, "")


def finding_text(finding: Finding, notes: Mapping[UUID, ComparedNote]) -> str:
    """Return the notes that a finding is about, in one line: an offer and its need with an arrow between."""
    mark = " = " if finding.kind in (FindingKind.REDUNDANCY, FindingKind.SHARED_WANT) else " → "
    return mark.join(notes[pk].text for pk in finding.notes if pk in notes)


def missing_words(each: Missing, seen: PartnershipInView) -> str:
    """Return what a created value lacks, naming the company."""
    company = seen.organisation(each.side).short_name
    if each.lacks is Lacks.YES:
        return _("%(company)s has not said yes yet") % {"company": company}
    return _("no need of %(company)s is met by an agreed pair yet") % {"company": company}


def gain_words(sentence: JointSentence) -> str:
    """Return whom a created value is for."""
    if sentence.organisation is None:
        return _("for the customer")
    return _("for %(company)s") % {"company": sentence.organisation.short_name}


def block_title(key: str) -> str:
    """Return the title of a business model's block."""
    block = BUSINESS_MODEL.block(key)
    return str(block.title) if block else ""


def name_of(member: Membership | None, audience: Audience) -> str:
    """Return a person's name as this audience may know it: empty for who is hidden from it."""
    if member is None:
        return ""
    return (member.name or _("former member")) if audience.sees_person(member.pk) else ""


def landed_words(note: Note) -> str:
    """Return where an accepted value stands now: *Revenue Streams of Nespresso*."""
    return _("%(block)s of %(company)s") % {
        "block": block_title(note.block),
        "company": note.canvas.organisation.short_name,
    }
