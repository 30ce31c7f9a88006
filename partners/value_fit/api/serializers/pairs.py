"""Pairs, ratings and declarations as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partners.base.rest.fields import LineField
from partners.value_fit.models import REASON_LIMIT, Declaration, Pair
from partners.value_fit.rules.scores import FULLY


class StrengthField(serializers.IntegerField):
    """How far an offer meets a need: 0 not, 1 partly, 2 mostly, 3 fully."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=FULLY, **kwargs)


class RatingOut(serializers.Serializer[Any]):
    """What one side says of a pair. All but the first three is null while there is nothing to tell."""

    organisation = serializers.UUIDField()
    rated = serializers.BooleanField(help_text="Whether this side has rated.")
    hidden = serializers.BooleanField(help_text="It has, but that is its own until the other side has rated too.")
    strength = StrengthField(allow_null=True, help_text="0 not, 1 partly, 2 mostly, 3 fully.")
    reason = serializers.CharField(max_length=REASON_LIMIT, allow_null=True)
    by = serializers.UUIDField(allow_null=True, help_text="The member who said it, if you may see them.")
    is_guess = serializers.BooleanField(allow_null=True, help_text="Said by a stand-in and not confirmed.")
    stands_in = serializers.BooleanField(allow_null=True, help_text="Said by a stand-in for an absent organisation.")
    confirmed_by = serializers.UUIDField(
        allow_null=True, help_text="The member of the organisation who confirmed what a stand-in said."
    )
    taken_down = serializers.BooleanField(
        allow_null=True, help_text="Written down by a facilitator for a side that is here."
    )
    wording_changed = serializers.BooleanField(
        allow_null=True, help_text="Whether a note reads otherwise now: still right?"
    )
    from_round = serializers.IntegerField(
        min_value=1, allow_null=True, help_text="The round it was carried over from; null: said in this one."
    )
    rated_at = serializers.DateTimeField(allow_null=True)


class PairOut(serializers.Serializer[Any]):
    """An offer of one company put to a need of the other, with what each side says of it."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    offer = serializers.UUIDField(help_text="A note in `value_offer` of one side.")
    need = serializers.UUIDField(help_text="A note in `desired_value` of the other side.")
    interest = serializers.ChoiceField(["", *Pair.Interest.values])
    needing = RatingOut()
    bringing = RatingOut()
    agreed = StrengthField(
        allow_null=True, help_text="The lower of what both sides said themselves; null until both have."
    )
    hoped = StrengthField(allow_null=True, help_text="The same, counting what stand-ins said: if our guesses hold.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(help_text="When anything told here last changed, the notes’ words included.")


class NewPair(serializers.Serializer[Any]):
    """An offer to put to a need. The same two again are the same pair, with its ratings."""

    id = serializers.UUIDField(required=False)
    offer = serializers.UUIDField()
    need = serializers.UUIDField()


class PairChanges(serializers.Serializer[Any]):
    """Whether interests are common, different or opposed; empty takes it back."""

    interest = serializers.ChoiceField(["", *Pair.Interest.values])


class NewRating(serializers.Serializer[Any]):
    """How far the offer meets the need (the needing side), or can be delivered (the bringing side)."""

    strength = StrengthField(help_text="0 not, 1 partly, 2 mostly, 3 fully.")
    reason = LineField(max_length=REASON_LIMIT, required=False, allow_blank=True, default="")


class RatingChanges(serializers.Serializer[Any]):
    """Another strength or reason for what was rated already."""

    strength = StrengthField(required=False)
    reason = LineField(max_length=REASON_LIMIT, required=False, allow_blank=True)


class DeclarationOut(serializers.Serializer[Any]):
    """What somebody declared beside the pairs; `kind` says which fields it uses."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    partnership = serializers.UUIDField()
    kind = serializers.ChoiceField(
        Declaration.Kind.choices,
        help_text="`unmatched`: nobody offers this need, or this offer was not asked for. `looked_through`: an "
        "organisation has been through all its needs and offers. `same`: two offers, or two needs, are one.",
    )
    organisation = serializers.UUIDField(allow_null=True)
    note = serializers.UUIDField(allow_null=True)
    other = serializers.UUIDField(allow_null=True)
    by = serializers.UUIDField(allow_null=True, help_text="The member who said so, if you may see them.")
    created_at = serializers.DateTimeField()


class NewDeclaration(serializers.Serializer[Any]):
    """Something to declare; twice is once."""

    partnership = serializers.UUIDField()
    kind = serializers.ChoiceField(Declaration.Kind.choices)
    organisation = serializers.UUIDField(required=False, allow_null=True, help_text="With `looked_through`.")
    note = serializers.UUIDField(required=False, allow_null=True, help_text="With `unmatched` and `same`.")
    other = serializers.UUIDField(required=False, allow_null=True, help_text="With `same`: the other side’s note.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Make sure that what the kind needs is there."""
        needed = {"unmatched": ("note",), "looked_through": ("organisation",), "same": ("note", "other")}
        if missing := [name for name in needed[attrs["kind"]] if attrs.get(name) is None]:
            raise serializers.ValidationError({name: self.fields[name].error_messages["required"] for name in missing})
        return attrs
