"""What people type about workshops, companies and people. The operations have the last word on every value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partners.base.errors import DomainError
from partners.base.text import clean_text
from partners.workspaces.models import ABOUT_LIMIT, FILLS, Membership, Partnership

BASE = "base"
"""Begins the names of the hidden fields that say what a form was drawn with."""


class SharedForm(forms.Form):
    """What several people change: it brings along what it was drawn with, so that an older one takes nothing back."""

    theirs: Mapping[str, str] = MappingProxyType({})
    """What others made of fields that somebody else has changed here too, as people read it."""

    @property
    def drawn_with(self) -> dict[str, Any]:
        """What its fields held when it was first drawn, by the names it comes back under."""
        names = {name: f"{BASE}-{name}" for name in self.fields}
        if self.is_bound:
            return {sent: self.data[sent] for sent in names.values() if sent in self.data}
        return {sent: self.initial[name] for name, sent in names.items() if name in self.initial}

    @property
    def base(self) -> dict[str, Any]:
        """What its fields held when it was drawn, as operations take it."""
        drawn = type(self)(self.data, prefix=BASE)
        drawn.is_valid()
        sent = {name: value for name, value in drawn.cleaned_data.items() if drawn.add_prefix(name) in self.data}
        return {name: clean_text(value) if isinstance(value, str) else value for name, value in sent.items()}

    @property
    def status(self) -> int:
        """The status of a page that shows it refused."""
        return 409 if self.theirs else 422

    def show_both(self, yours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Keep mine in the fields that others changed too, and say what they made of them: saved again, mine stands."""
        self.theirs = {name: self._read(name, value) for name, value in theirs.items()}
        filled = {name: yours[name] for name in theirs} | {f"{BASE}-{name}": value for name, value in theirs.items()}
        self.data = {name: self.data[name] for name in self.data} | filled
        for name in theirs:
            self.add_error(
                name, _("Somebody else changed this meanwhile. Yours is in the field: save again to keep it.")
            )

    def _read(self, name: str, value: Any) -> str:
        options = dict(getattr(self.fields[name], "choices", ()))
        return str(options.get(value, value))


class NewWorkshopForm(forms.Form):
    """The one form that makes a workshop: all sheets and the code follow from it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    company = forms.CharField(label=_("Our company"), max_length=120)
    partner = forms.CharField(label=_("Partner"), max_length=120)
    customer_segment = forms.CharField(
        label=_("Customer segment"),
        max_length=200,
        required=False,
        help_text=_("Makes all four sheets and the code for the room."),
    )


class SettingsForm(SharedForm):
    """What a workshop is called and which language its sheets speak."""

    title = forms.CharField(label=_("Title"), max_length=120)
    customer_segment = forms.CharField(label=_("Customer segment"), max_length=200, required=False)
    about = forms.CharField(
        label=_("What it is about"), max_length=ABOUT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(
        label=_("Language of the sheets"),
        choices=settings.LANGUAGES,
        help_text=_("Titles and questions on the sheets. Each reader’s buttons follow their browser."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]  # nothing to choose


class MeaningsForm(SharedForm):
    """What the team means by each colour of note; an empty meaning takes the colour out of the legend."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fill in FILLS:
            if fill != "plain":
                self.fields[fill] = forms.CharField(max_length=40, required=False)


class EvidenceForm(SharedForm):
    """What learning cards must show before they count for a joint idea."""

    evidence_level = forms.TypedChoiceField(
        label=_("It counts from"),
        coerce=int,
        choices=[
            (2, _("2 · what a partner or customer tells of the past")),
            (3, _("3 · what people do in a simulation, or commit to")),
            (4, _("4 · a small real action with real stakes")),
            (5, _("5 · repeated real use with money or lasting resources")),
        ],
    )
    evidence_months = forms.IntegerField(
        label=_("It counts for so many months"),
        min_value=1,
        max_value=24,
        help_text=_("Then it is too old, and what rested on it falls back."),
    )


class OrganisationForm(SharedForm):
    """A company of the network."""

    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(
        label=_("Short name"), max_length=24, required=False, help_text=_("For buttons and marks; at most 24 letters.")
    )
    sector = forms.CharField(label=_("Sector"), max_length=80, required=False)
    profile = forms.CharField(
        label=_("In a few words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class StateForm(SharedForm):
    """How far a partnership is, why, and whom it asks them to leave."""

    state = forms.ChoiceField(label=_("State"), choices=Partnership.State.choices)
    state_reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to park or close: nobody is dropped for size, power or habit alone."),
    )
    must_leave = forms.CharField(
        label=_("Which network must they leave, whom stop supporting?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PairForm(forms.Form):
    """Two companies of the workshop that may become partners."""

    first = forms.UUIDField()
    second = forms.UUIDField()


class MemberForm(forms.Form):
    """Changes to one person; only what is sent is changed."""

    organisation = forms.CharField(max_length=40, required=False)
    role = forms.ChoiceField(choices=Membership.Role.choices, required=False)
    scope = forms.ChoiceField(choices=Membership.Scope.choices, required=False)


class LinkForm(forms.Form):
    """A link for one side and role; `where` is a partnership's id and a company's id with a colon between."""

    where = forms.CharField(max_length=80)
    role = forms.ChoiceField(choices=Membership.Role.choices)


class NameForm(forms.Form):
    """A person's own name."""

    name = forms.CharField(label=_("Your name"), max_length=80)


def refused(form: forms.Form, error: DomainError) -> None:
    """Put what an operation refused beside the fields it speaks of, or above the form."""
    if isinstance(form, SharedForm) and error.code == "same_fields":
        form.show_both(error.details["yours"], error.details["theirs"])
        return
    fields = error.details.get("fields") or {}
    known = {name: messages for name, messages in fields.items() if name in form.fields}
    for name, messages in known.items():
        for message in messages:
            form.add_error(name, message)
    if not known:
        form.add_error(None, error.message)
