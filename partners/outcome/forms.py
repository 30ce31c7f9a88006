"""What people send about an outcome, read and checked; errors are in their words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.base.errors import Invalid


class WordsField(forms.CharField):
    """Words as typed; the operations clean and measure them."""

    def __init__(self) -> None:
        super().__init__(strip=False, required=False)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")


class DecisionForm(forms.Form):
    """Go on, adapt or stop; empty takes it back."""

    verdict = forms.CharField(required=False, max_length=40)


class WordsForm(forms.Form):
    """New words for something, and the version that they were typed on."""

    text = WordsField()
    base_version = forms.IntegerField(required=False, min_value=0)


class AssentForm(forms.Form):
    """A company's yes to the decision that was read."""

    organisation = forms.UUIDField()
    given = forms.BooleanField(required=False)
    verdict = forms.CharField(required=False, max_length=40)
    version = forms.IntegerField(required=False, min_value=0)


class StepForm(WordsForm):
    """What is to be done, who does it, and by when."""

    who = forms.CharField(required=False)
    by_when = forms.DateField(
        required=False, error_messages={"invalid": _("This is no date. Write it like 2025-06-05.")}
    )


class NewStepForm(StepForm):
    """A new step, with the id that the browser made, and what it answers."""

    id = forms.UUIDField(required=False)
    finding = forms.CharField(required=False, max_length=40)
    note = forms.UUIDField(required=False)


class PlaceForm(forms.Form):
    """Behind which step another one goes; empty: to the head of the list."""

    after = forms.UUIDField(required=False)


class TickForm(forms.Form):
    """Whether a step is done."""

    done = forms.BooleanField(required=False)


class RemovalForm(forms.Form):
    """Whether something is dropped (1), or brought back (0)."""

    removed = forms.BooleanField(required=False)


class AcceptanceForm(forms.Form):
    """Whether a created value is accepted, and the block in which it lands."""

    accepted = forms.BooleanField(required=False)
    into = forms.CharField(required=False, max_length=40)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what was sent, checked; raises `Invalid` with the fields' messages."""
    if form.is_valid():
        return form.cleaned_data
    fields = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    raise Invalid(next(iter(fields.values()))[0], fields=fields)
