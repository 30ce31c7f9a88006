"""How workspaces and what is in them are written as JSON, and read from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from partners.base.rest.fields import LineField, TextField, TruthField
from partners.workspaces.access import Viewer
from partners.workspaces.models import ABOUT_LIMIT, FILLS, Membership, Organisation, Partnership, Workspace

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class WorkspaceOut(serializers.Serializer[Workspace]):
    """A workshop: one value network around one target customer segment."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    customer_segment = serializers.CharField()
    about = serializers.CharField()
    language = serializers.ChoiceField(LANGUAGES)
    fill_meanings = serializers.DictField(child=serializers.CharField(), help_text="What each fill colour means here.")
    evidence_level = serializers.IntegerField(help_text="What evidence must reach before it counts, 2 to 5.")
    evidence_months = serializers.IntegerField(help_text="How long evidence counts.")
    role = serializers.SerializerMethodField(help_text="Your role in it.")
    organisation = serializers.SerializerMethodField(help_text="The organisation you belong to, if any.")
    archived = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_role(self, workspace: Workspace) -> str:
        """The asker's role."""
        return self._mine(workspace).role

    def get_organisation(self, workspace: Workspace) -> UUID | None:
        """The asker's organisation."""
        return self._mine(workspace).organisation_id

    def get_archived(self, workspace: Workspace) -> bool:
        """Whether it was put aside."""
        return workspace.archived_at is not None

    def _mine(self, workspace: Workspace) -> Membership:
        member: Membership = self.context["memberships"][workspace.pk]
        return member


class NewWorkspace(serializers.Serializer[Any]):
    """A new workshop with its first two companies; their sheets and the code for the room are made with it."""

    title = serializers.CharField(max_length=120)
    company = serializers.CharField(max_length=120, help_text="Our own organisation, the focal one.")
    partner = serializers.CharField(max_length=120, help_text="The first partner.")
    customer_segment = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class FillMeanings(serializers.Serializer[Any]):
    """What fill colours mean; a colour left out means nothing."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """A field per colour."""
        return {fill: serializers.CharField(max_length=40, required=False, allow_blank=True) for fill in FILLS}


class WorkspaceChanges(serializers.Serializer[Any]):
    """What a facilitator may change about a workshop."""

    title = serializers.CharField(max_length=120, required=False)
    customer_segment = LineField(max_length=200, required=False, allow_blank=True)
    about = TextField(max_length=ABOUT_LIMIT, required=False, allow_blank=True)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    fill_meanings = FillMeanings(required=False)
    evidence_level = serializers.IntegerField(required=False, min_value=2, max_value=5)
    evidence_months = serializers.IntegerField(required=False, min_value=1, max_value=24)
    archived = TruthField(required=False)


class OrganisationOut(serializers.Serializer[Organisation]):
    """A company or body in the network."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField(source="workspace_id")
    name = serializers.CharField()
    short_name = serializers.CharField()
    sector = serializers.CharField()
    profile = serializers.CharField()
    is_focal = serializers.BooleanField(help_text="Whether the network is built around it.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class OrganisationChanges(serializers.Serializer[Any]):
    """What may be said about an organisation."""

    name = serializers.CharField(max_length=120, required=False)
    short_name = serializers.CharField(max_length=24, required=False)
    sector = serializers.CharField(max_length=80, required=False, allow_blank=True)
    profile = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class NewOrganisation(OrganisationChanges):
    """A new organisation; its business model is laid out with it."""

    workspace = serializers.UUIDField()
    name = serializers.CharField(max_length=120)


class PartnershipOut(serializers.Serializer[Partnership]):
    """What ties two organisations."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField(source="workspace_id")
    first = serializers.UUIDField(source="first_id", help_text="The organisation at the start of the page.")
    second = serializers.UUIDField(source="second_id", help_text="The organisation at the end of the page.")
    state = serializers.ChoiceField(Partnership.State.choices)
    state_reason = serializers.CharField(help_text="Why it was parked or closed.")
    must_leave = serializers.CharField(help_text="Which network they must leave, whom they must stop supporting.")
    sealed = serializers.SerializerMethodField(help_text="Whether its two canvases are private until the reveal.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_sealed(self, partnership: Partnership) -> bool:
        """Whether each side sees its own sheet only."""
        return partnership.sealed_at is not None


class NewPartnership(serializers.Serializer[Any]):
    """A new partnership; both its sheets are laid out with it."""

    workspace = serializers.UUIDField()
    first = serializers.UUIDField()
    second = serializers.UUIDField()


class PartnershipChanges(serializers.Serializer[Any]):
    """Where a partnership stands. Parking and closing need a reason."""

    state = serializers.ChoiceField(Partnership.State.choices, required=False)
    state_reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    must_leave = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class MemberOut(serializers.Serializer[Membership]):
    """Somebody in a workshop. Their e-mail address is never told."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField(source="workspace_id")
    name = serializers.CharField()
    role = serializers.ChoiceField(Membership.Role.choices)
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    colour = serializers.IntegerField(min_value=1, max_value=8)
    is_guest = serializers.BooleanField(help_text="Whether they came without an account.")
    is_me = serializers.SerializerMethodField()
    scope = serializers.SerializerMethodField(help_text="What they may see; told to facilitators and to oneself.")
    partnerships = serializers.SerializerMethodField(help_text="The partnerships their scope names; told likewise.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_is_me(self, member: Membership) -> bool:
        """Whether the asker is this person."""
        viewer: Viewer = self.context["viewer"]
        return viewer.member is not None and viewer.member.pk == member.pk

    def get_scope(self, member: Membership) -> str | None:
        """What the person may see, for who may know it."""
        return member.scope if self._is_told(member) else None

    def get_partnerships(self, member: Membership) -> list[UUID] | None:
        """The named partnerships that the asker sees too, for who may know them."""
        audience = self.context["viewer"].audience
        if not self._is_told(member):
            return None
        return [named.pk for named in member.partnerships.all() if audience.sees_partnership(named.pk)]

    def _is_told(self, member: Membership) -> bool:
        return bool(self.context["viewer"].is_facilitator) or self.get_is_me(member)


@extend_schema_serializer(component_name="MemberChanges")
class MemberChanges(serializers.Serializer[Any]):
    """A facilitator moves somebody or changes their rights; everybody their own name and colour."""

    name = serializers.CharField(max_length=80, required=False)
    colour = serializers.IntegerField(min_value=1, max_value=8, required=False)
    organisation = serializers.UUIDField(required=False, allow_null=True)
    role = serializers.ChoiceField(Membership.Role.choices, required=False)
    scope = serializers.ChoiceField(Membership.Scope.choices, required=False)
    partnerships = serializers.ListField(child=serializers.UUIDField(), max_length=100, required=False)
