"""Looking up a comparison with permission, and who may do what in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from partners.base.errors import Forbidden, Invalid, NotFound
from partners.base.prepared import Prepared
from partners.canvases.access import sees_canvas
from partners.canvases.kinds import PARTNERSHIP
from partners.canvases.models import Canvas
from partners.people.identity import Identity
from partners.value_fit.models import JointSentence, Pair, Round
from partners.value_fit.queries import organisation_at, side_of
from partners.value_fit.rules import Side
from partners.workspaces.access import Viewer, partnership_for, viewer_in
from partners.workspaces.models import Membership, Organisation, Partnership
from partners.workspaces.rules import Action


@dataclass(frozen=True)
class PartnershipInView:
    """A partnership (with both companies loaded) that somebody may see and compare, and what they may do there."""

    viewer: Viewer
    partnership: Partnership

    def organisation(self, side: Side) -> Organisation:
        """The company at a side."""
        return organisation_at(self.partnership, side)

    def side_of(self, organisation_id: UUID | None) -> Side | None:
        """The side a company stands at; None for any other company."""
        return side_of(self.partnership, organisation_id)

    @property
    def mine(self) -> Side | None:
        """The reader's own side, if they belong to either company."""
        return self.side_of(self.viewer.organisation_id)

    @property
    def organisation_ids(self) -> tuple[UUID, UUID]:
        """Both companies, first and second."""
        return (self.partnership.first_id, self.partnership.second_id)

    def may_negotiate(self) -> bool:
        """Whether they may put offers to needs, declare, and word joint sentences: people of either company."""
        return any(self.viewer.may(Action.NEGOTIATE, pk) for pk in self.organisation_ids)

    def require_negotiating(self) -> Membership:
        """Return the member who may negotiate; raises `Forbidden`."""
        for pk in self.organisation_ids:
            if self.viewer.may(Action.NEGOTIATE, pk):
                return self.viewer.require(Action.NEGOTIATE, pk)
        if self.viewer.role == Membership.Role.MEMBER:
            raise Forbidden(_("Only people of the two companies put their offers and needs together."))
        return self.viewer.require(Action.NEGOTIATE, self.partnership.first_id)

    def require_rating(self, organisation_id: UUID) -> Membership:
        """Return the member who may rate for a company of this partnership; raises `Forbidden` or `Invalid`."""
        if organisation_id not in self.organisation_ids:
            raise Invalid(_("This company is not part of the partnership."), code="foreign_company")
        if self.viewer.role == Membership.Role.MEMBER and not self.viewer.may(Action.RATE, organisation_id):
            raise Forbidden(_("Each company rates for itself: this rating belongs to the other one."))
        return self.viewer.require(Action.RATE, organisation_id)

    def stands_in_for(self, organisation_id: UUID) -> bool:
        """Whether what is said for a company here is said for an absent one, and so a guess."""
        return organisation_id not in self.viewer.present_organisations

    def sees_rating_of(self, organisation_id: UUID, *, stands_in: bool) -> bool:
        """Whether a rating of this company is told while the other side has not rated yet.

        Its own people see it; everybody sees what somebody said standing in for it; a facilitator who belongs to no
        company sees it after asking to look. What its own people said stays theirs when the last of them leaves.
        """
        audience = self.viewer.audience
        return audience.speaks_for == organisation_id or self.partnership.pk in audience.looks_into or stands_in


def comparison_for(identity: Identity, partnership_id: UUID) -> PartnershipInView:
    """Return a partnership this person may see; raises `NotFound`."""
    home = _home.one(partnership_id=partnership_id)
    if home is None:
        raise NotFound
    return comparison_in(viewer_in(identity, home[0]), partnership_id)


def comparison_in(viewer: Viewer, partnership_id: UUID) -> PartnershipInView:
    """Return a partnership as this viewer sees it; raises `NotFound`."""
    return PartnershipInView(viewer, partnership_for(viewer, partnership_id))


def open_comparison_of(identity: Identity, partnership_id: UUID) -> PartnershipInView:
    """Return a comparison, for what is looked up by its own id in it; raises `NotFound`, also while it is sealed.

    That is said as it is of an unknown id: whoever holds one is not told that there is something behind it.
    """
    seen = comparison_for(identity, partnership_id)
    if seen.partnership.sealed_at is not None:
        raise NotFound
    return seen


def pair_for(identity: Identity, pair_id: UUID) -> tuple[PartnershipInView, Pair]:
    """Return a pair that stands now, with its notes, and its partnership; raises `NotFound`."""
    pair = _pair.one(pair_id=pair_id)
    if pair is None:
        raise NotFound
    return open_comparison_of(identity, pair.partnership_id), pair


def sentence_for(
    identity: Identity, sentence_id: UUID, *, deleted: bool | None = False
) -> tuple[PartnershipInView, JointSentence]:
    """Return a joint sentence (`deleted` None: dropped or not) and its partnership; raises `NotFound`."""
    sentence = _sentence.one(sentence_id=sentence_id)
    if sentence is None or deleted not in (None, sentence.deleted_at is not None):
        raise NotFound
    return open_comparison_of(identity, sentence.partnership_id), sentence


@Prepared
def _home(*, partnership_id: UUID) -> QuerySet[Partnership, tuple[UUID]]:
    return Partnership.objects.filter(pk=partnership_id).order_by().values_list("workspace_id")


@Prepared
def _pair(*, pair_id: UUID) -> QuerySet[Pair]:
    pairs = Pair.objects.filter(pk=pair_id, removed_at=None).order_by()
    return pairs.select_related("offer__canvas", "need__canvas")


@Prepared
def _sentence(*, sentence_id: UUID) -> QuerySet[JointSentence]:
    return JointSentence.objects.filter(pk=sentence_id).order_by().select_related("organisation", "source_note")


def sheets_of(seen: PartnershipInView) -> dict[Side, Canvas]:
    """Return the two Partnership Canvases that are open to the viewer, by side; a sealed one is left out."""
    return sheets_and_round(seen)[0]


def sheets_and_round(seen: PartnershipInView) -> tuple[dict[Side, Canvas], int]:
    """Return the same, and which round of comparing it is (1 until one has ended), in one query."""
    found: dict[Side, Canvas] = {}
    number = 1
    for canvas in _sheets(partnership_id=seen.partnership.pk):
        canvas.partnership = seen.partnership
        if (side := seen.side_of(canvas.organisation_id)) and sees_canvas(seen.viewer.audience, canvas):
            found[side] = canvas
            number = 1 + (canvas.rounds or 0)
    return found, number


@Prepared
def _sheets(*, partnership_id: UUID) -> QuerySet[Any]:
    ended = Round.objects.filter(partnership=OuterRef("partnership")).order_by().values("partnership")
    sheets = Canvas.objects.filter(partnership_id=partnership_id, kind=PARTNERSHIP.key)
    counted = sheets.annotate(rounds=Subquery(ended.annotate(count=Count("pk")).values("count")))
    return counted.select_related("organisation")


def require_open(seen: PartnershipInView) -> None:
    """Raise `NotFound` while the sheets are private until reveal: there is nothing to compare yet.

    It says why, for pages of the partnership itself; what is looked up by its own id comes by `open_comparison_of`.
    """
    if seen.partnership.sealed_at is not None:
        raise NotFound(_("The sheets are private until the facilitator reveals both."))
