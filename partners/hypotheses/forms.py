"""What people send about joint ideas, read and checked; errors are in their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partners.base.errors import Invalid
from partners.base.http import uuid_or_none
from partners.hypotheses.rules import Claim, Slot

UNREADABLE_DAY = {"invalid": _("This is no date. Write it like 2025-06-05.")}
UNREADABLE_NUMBER = {"invalid": _("This is no whole number.")}


class WordsField(forms.CharField):
    """Words as typed; the operations clean and measure them."""

    def __init__(self) -> None:
        super().__init__(strip=False, required=False)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")


class NumberField(forms.IntegerField):
    """A number, or nothing; the operations say what is too large."""

    def __init__(self) -> None:
        super().__init__(required=False, error_messages=UNREADABLE_NUMBER)


class DayField(forms.DateField):
    """A day, or none."""

    def __init__(self) -> None:
        super().__init__(required=False, error_messages=UNREADABLE_DAY)


class NewIdeaForm(forms.Form):
    """What stands beside the sentence of a new idea: the id that its form came with, and where it was taken from."""

    id = forms.UUIDField(required=False)
    title = WordsField()
    importance = NumberField()
    draft = forms.BooleanField(required=False)
    finding = forms.CharField(required=False, max_length=40)
    sentence = forms.UUIDField(required=False)


class WhyForm(forms.Form):
    """Why an idea is dropped, or goes on as another; the id of that one."""

    why = WordsField()
    id = forms.UUIDField(required=False)


class RemovalForm(forms.Form):
    """Whether something is deleted (1), or brought back (0)."""

    removed = forms.BooleanField(required=False)


class EndForm(forms.Form):
    """Whether a test has ended (1), or goes on (0)."""

    ended = forms.BooleanField(required=False)


class CountForm(forms.Form):
    """How many data points have come in."""

    points = forms.IntegerField(error_messages=UNREADABLE_NUMBER | {"required": _("Say how many have come in.")})


class TestForm(forms.Form):
    """A test as it is described."""

    __test__ = False  # no test class, whatever its name

    id = forms.UUIDField(required=False)
    title = WordsField()
    experiment = forms.CharField(required=False, max_length=40)
    does = WordsField()
    metric = WordsField()
    criterion = WordsField()
    critical = NumberField()
    cost = NumberField()
    reliability = NumberField()
    time = NumberField()
    owner_start = forms.UUIDField(required=False)
    owner_end = forms.UUIDField(required=False)
    iteration = forms.UUIDField(required=False)
    by_product = forms.BooleanField(required=False)
    by_partnership = forms.BooleanField(required=False)
    starts_on = DayField()
    due_on = DayField()
    points_wanted = NumberField()
    links = WordsField()
    why = WordsField()


class CardForm(forms.Form):
    """A learning card as it is written."""

    id = forms.UUIDField(required=False)
    title = WordsField()
    observed = WordsField()
    observed_on = DayField()
    data_points = NumberField()
    learned = WordsField()
    will_do = WordsField()
    decision = forms.CharField(required=False, max_length=20)
    level = NumberField()
    reliability = NumberField()
    action = NumberField()
    costs_start = WordsField()
    costs_end = WordsField()
    links = WordsField()


class AcceptanceForm(forms.Form):
    """A company's yes to a card, and the revision that was read."""

    organisation = forms.UUIDField()
    given = forms.BooleanField(required=False)
    revision = forms.IntegerField(required=False, min_value=0)


class AskingForm(forms.Form):
    """Of which company somebody is asked by a personal link, and who."""

    organisation = forms.UUIDField()
    name = WordsField()


class IterationForm(forms.Form):
    """An iteration as it is planned."""

    id = forms.UUIDField(required=False)
    name = WordsField()
    starts_on = DayField()
    ends_on = DayField()


class QuestionForm(forms.Form):
    """A big question as it is asked."""

    id = forms.UUIDField(required=False)
    text = WordsField()


def cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what was sent, checked; raises `Invalid` with the fields' messages."""
    if form.is_valid():
        return form.cleaned_data
    fields = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    raise Invalid(next(iter(fields.values()))[0], fields=fields)


def slots_in(data: QueryDict, *, prefix: str = "") -> dict[str, str]:
    """Return the words sent for slots of the sentence, as typed; only of those that were sent."""
    names = {slot.value: f"{prefix}{slot.value}" for slot in Slot}
    return {slot: _text(data, name) for slot, name in names.items() if name in data}


def base_in(data: QueryDict) -> dict[str, str]:
    """Return the words as they were read before they were changed, by field, from `base-…`."""
    return {name.removeprefix("base-"): _text(data, name) for name in data if name.startswith("base-")}


def answers_in(data: QueryDict) -> dict[str, bool | None]:
    """Return the answers to the remove-one check that were sent: yes, no, or not said."""
    says: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}
    found: dict[str, bool | None] = {}
    for name in ("vanishes_without_start", "vanishes_without_end"):
        if name in data:
            if _text(data, name) not in says:
                message = str(_("Answer yes or no."))
                raise Invalid(message, code="answer", fields={name: [message]})
            found[name] = says[_text(data, name)]
    return found


def ids_in(data: QueryDict, name: str) -> list[Any]:
    """Return all ids sent under a name; raises `Invalid` for what is none."""
    found = [uuid_or_none(value) for value in data.getlist(name) if value]
    if None in found:
        message = str(_("This is not one of the choices."))
        raise Invalid(message, code="choice", fields={name: [message]})
    return found


def verdicts_in(data: QueryDict) -> dict[str, str]:
    """Return what a card says of each claim that it speaks of."""
    return {claim.value: said for claim in Claim if (said := data.get(f"verdict-{claim.value}", ""))}


def links_in(text: str) -> list[str]:
    """Return the addresses in a field that takes one a line."""
    return text.split("\n") if text else []


def _text(data: QueryDict, name: str) -> str:
    return str(data[name]).replace("\x00", "")
