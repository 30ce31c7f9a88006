"""Workspaces, the organisations and partnerships in them, and who belongs to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.base.models import Identified, Ordered, Timestamped

ABOUT_LIMIT = 4000
"""Characters that what a workshop is about may have."""
FILLS = ("plain", "sun", "leaf", "sky", "rose", "lilac")


def default_fill_meanings() -> dict[str, str]:
    """The meanings a new workspace starts with; the team renames them (English is fine: they are content)."""
    return {"sun": "talk about this", "leaf": "new together", "sky": "a customer said so", "rose": "in doubt"}


class Workspace(Identified, Timestamped):
    """One value network around one target customer segment: the unit of the log, of access and of export."""

    title = models.CharField(_("title"), max_length=120)
    customer_segment = models.CharField(_("customer segment"), max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    fill_meanings = models.JSONField(default=default_fill_meanings)
    example = models.SlugField(blank=True)
    about = models.TextField(blank=True)
    room_page = models.CharField(max_length=200, blank=True)
    """The address that the room screen follows; empty: it stays where it was opened."""
    evidence_level = models.PositiveSmallIntegerField(default=3)
    """What evidence must reach before it counts, 2 to 5 (domain reference 5: 3)."""
    evidence_months = models.PositiveSmallIntegerField(default=6)
    """How long evidence counts, 1 to 24 months (domain reference 5: 6)."""
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(evidence_level__range=(2, 5)), name="evidence_level_2_to_5"),
            models.CheckConstraint(condition=Q(evidence_months__range=(1, 24)), name="evidence_months_1_to_24"),
        ]

    def __str__(self) -> str:
        return self.title


class Organisation(Identified, Ordered, Timestamped):
    """A company or body in the network; exactly one of a workspace is the focal one."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="organisations")
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=24)
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    profile = models.TextField(_("profile"), max_length=2000, blank=True)
    is_focal = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-is_focal", "rank", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("workspace",), condition=Q(is_focal=True), name="one_focal_organisation")
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Partnership(Identified, Ordered, Timestamped):
    """What ties two organisations of a workspace; `first` stands at the start of the page, `second` at the end."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        DESIGNING = "designing", _("designing")
        TESTING = "testing", _("testing")
        AGREED = "agreed", _("agreed")
        PARKED = "parked", _("parked")
        CLOSED = "closed", _("closed")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="partnerships")
    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.CANDIDATE)
    state_reason = models.TextField(max_length=1000, blank=True)
    must_leave = models.TextField(
        _("Which network must they leave, whom stop supporting?"), max_length=1000, blank=True
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    """Since when its two sheets are private until the reveal; None: they are open."""
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("rank", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="partnership_of_two"),
            models.UniqueConstraint(
                fields=("workspace", "first", "second"), condition=Q(deleted_at=None), name="partnership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}"


class Membership(Identified, Timestamped):
    """One person in one workspace: with an account (`user`) or as a guest. The actor of everything recorded.

    `scope` is the whole workspace, or the partnerships named in `partnerships`. A removed person stays as a row without
    a name, so that the log keeps its order of events.
    """

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("facilitator")
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")

    class Scope(models.TextChoices):
        WORKSPACE = "workspace", _("the whole workshop")
        PARTNERSHIPS = "partnerships", _("named partnerships only")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="members")
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    scope = models.CharField(max_length=12, choices=Scope.choices, default=Scope.PARTNERSHIPS)
    partnerships: models.ManyToManyField[Partnership, Any] = models.ManyToManyField(
        Partnership, blank=True, related_name="named_members"
    )
    colour = models.PositiveSmallIntegerField(default=1)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_visit_at = models.DateTimeField(null=True, blank=True)
    """When their visit before this one ended: what others did since is new to them."""
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("workspace", "user"), condition=Q(user__isnull=False), name="one_membership_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_guest(self) -> bool:
        """Whether this person has no account."""
        return self.user_id is None


class SealedLook(models.Model):
    """A facilitator of no organisation asked to look at what is private in a partnership; a new seal forgets it."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="looks")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="looks")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("partnership", "member"), name="one_look_per_seal")]

    def __str__(self) -> str:
        return f"{self.member_id} looks into {self.partnership_id}"


class Invitation(Identified, Timestamped):
    """A way in: the workshop's code for the wall, a link that fixes the side, or the room screen's read-only link.

    A link for one person works once: `membership` is who came by it. Until then `name` says for whom it was made.
    """

    class Kind(models.TextChoices):
        CODE = "code", _("code for the room")
        SIDE = "side", _("link for one side")
        ROOM = "room", _("room screen")
        DEVICE = "device", _("continue on another device")
        PERSONAL = "personal", _("for one person")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CODE)
    code = models.CharField(max_length=48, unique=True)
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=12, choices=Membership.Role.choices, default=Membership.Role.MEMBER)
    created_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class CalendarLink(Identified):
    """A member's secret link by which a calendar program reads their deadlines; kept as a hash only."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="calendar_link")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"calendar of {self.membership_id}"
