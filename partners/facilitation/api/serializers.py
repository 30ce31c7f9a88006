"""A workshop's session as JSON. Pages are named as programs name sides: by the organisation."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import TruthField
from partners.facilitation.models import Session
from partners.facilitation.operations.session import MOST_MINUTES
from partners.facilitation.pages import PLACES

STEPS = ["", *Session.Step.values]


class PageOut(serializers.Serializer[Any]):
    """A place of a partnership."""

    partnership = serializers.UUIDField()
    place = serializers.ChoiceField(PLACES)
    organisation = serializers.UUIDField(help_text="Whose side is shown to who belongs to neither company.")


class GatheredOut(PageOut):
    """Where everybody was asked to come."""

    number = serializers.IntegerField(min_value=1, help_text="Counts how often everybody was asked.")


class SessionOut(serializers.Serializer[Any]):
    """How a workshop is being run at the moment."""

    workspace = serializers.UUIDField()
    step = serializers.ChoiceField(STEPS, help_text="The step of the agenda; empty: none.")
    running = serializers.BooleanField(help_text="Whether the timer is counting down.")
    seconds_left = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="0 when time is up, null when there is no timer."
    )
    gathered = GatheredOut(allow_null=True, help_text="Null: nobody was asked, or to what you do not see.")
    landing = PageOut(allow_null=True, help_text="Where guests land when they join; told to facilitators.")
    shows_figures = serializers.BooleanField(help_text="Whether the room screen shows how far needs are met.")


class PageIn(serializers.Serializer[Any]):
    """A place of a partnership that you see."""

    partnership = serializers.UUIDField()
    place = serializers.ChoiceField(PLACES)
    organisation = serializers.UUIDField(
        required=False, allow_null=True, help_text="Whose side to show; the first one when nothing is said."
    )


class SessionChanges(serializers.Serializer[Any]):
    """What a facilitator sets: all of what is sent, or nothing."""

    step = serializers.ChoiceField(
        STEPS, required=False, help_text="Begins the step with its minutes; empty ends the agenda and its timer."
    )
    minutes = serializers.IntegerField(
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
        allow_null=True,
        help_text="Starts the timer anew; null takes it away.",
    )
    running = TruthField(required=False, help_text="Lets a stopped timer go on, or stops it.")
    landing = PageIn(required=False, allow_null=True, help_text="Null: at the block in work of their own model.")
    shows_figures = TruthField(required=False)
