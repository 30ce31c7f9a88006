"""What people send while they compare, read and checked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from partners.canvases.forms import WordsField
from partners.value_fit.models import REASON_LIMIT, JointSentence, Pair

ALL = "all"


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


class FieldsForm(forms.Form):
    """What a sentence says beside its words; only what is sent is changed.

    `carries` is repeated: `all`, or the ids of pairs (an empty one stands for the list being sent at all).
    `organisation` is the company that gains; empty: the customer does.
    """

    organisation = forms.UUIDField(required=False)
    target_block = forms.SlugField(max_length=40, required=False)

    def said(self) -> dict[str, Any]:
        """Return the fields that were sent, as operations take them."""
        fields: dict[str, Any] = {}
        if "carries" in self.data:
            sent = self.data.getlist("carries")  # type: ignore[attr-defined]  # always the POST of a request
            fields["carries"] = None if ALL in sent else [pair for pair in sent if pair]
        if "organisation" in self.data:
            gains: UUID | None = self.cleaned_data["organisation"]
            kind = JointSentence.Beneficiary
            fields |= {"beneficiary": kind.ORGANISATION if gains else kind.CUSTOMER, "organisation_id": gains}
        if "target_block" in self.data:
            fields["target_block"] = self.cleaned_data["target_block"]
        return fields


class NewSentenceForm(FieldsForm):
    """A new joint sentence, in words of its own or from a note."""

    id = forms.UUIDField(required=False)
    kind = forms.CharField(max_length=12)
    text = WordsField()
    source_note = forms.UUIDField(required=False)
    like = forms.UUIDField(required=False)


class WordsForm(forms.Form):
    """Other words for a sentence, and what they were typed on: a version, or an earlier change of one's own."""

    text = WordsField()
    base_version = forms.IntegerField(min_value=1, required=False)
    base_key = forms.UUIDField(required=False)


class ConsentForm(forms.Form):
    """A company's yes to a version, or that it is taken back."""

    organisation = forms.UUIDField()
    given = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=1, required=False)


class RemovalForm(forms.Form):
    """Whether a sentence is dropped or back."""

    removed = forms.BooleanField(required=False)


class RoundForm(forms.Form):
    """The name of the round that ends, and the number that its page showed."""

    name = forms.CharField(max_length=80, required=False)
    after = forms.IntegerField(min_value=1, required=False)
