"""What people send while they compare, read and checked."""

from __future__ import annotations

from django import forms

from partners.value_fit.models import REASON_LIMIT, Pair


class PairForm(forms.Form):
    """An offer put to a need."""

    offer = forms.UUIDField()
    need = forms.UUIDField()
    id = forms.UUIDField(required=False)


class RatingForm(PairForm):
    """What a company says of an offer for a need; no `reason` keeps the one there is."""

    organisation = forms.UUIDField()
    strength = forms.IntegerField(min_value=0, max_value=3)
    reason = forms.CharField(required=False, max_length=REASON_LIMIT)


class OfCompanyForm(forms.Form):
    """For which company something is said."""

    organisation = forms.UUIDField()


class InterestForm(forms.Form):
    """Whether interests are common; empty takes it back."""

    interest = forms.ChoiceField(choices=Pair.Interest.choices, required=False)


class NoteForm(forms.Form):
    """Which note something is said of."""

    note = forms.UUIDField()


class SameForm(forms.Form):
    """Two notes that are one thing."""

    first = forms.UUIDField()
    second = forms.UUIDField()
