"""What people send about notes, read and checked; errors are in their words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.base.errors import Invalid
from partners.base.text import clean_line
from partners.canvases.kinds import KINDS
from partners.canvases.models import Note
from partners.canvases.operations.places import FIRST
from partners.workspaces.models import FILLS

TAGS_PER_NOTE = 12
TAG_LENGTH = 40
EVERY_BLOCK = [(block.key, block.title) for kind in KINDS.values() for block in kind.blocks]


class WordsField(forms.CharField):
    """Words as typed, white space included. What nobody can see is taken out, not complained about."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **{"required": False} | kwargs)

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\x00", "")


class PlaceField(forms.CharField):
    """Where in a block: a note's id, `first`, or empty for the end."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=36)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        return value if value == FIRST else (forms.UUIDField(required=False).clean(value) if value else None)


class TagsField(forms.CharField):
    """Tags with commas between them; cleaned to a list without doubles."""

    def to_python(self, value: Any) -> Any:
        parts = value if isinstance(value, list) else str(value or "").split(",")
        tags = list(dict.fromkeys(tag for part in parts if (tag := clean_line(str(part)).strip("# "))))
        if len(tags) > TAGS_PER_NOTE:
            raise forms.ValidationError(_("A note carries at most %(limit)s tags.") % {"limit": TAGS_PER_NOTE})
        if any(len(tag) > TAG_LENGTH for tag in tags):
            raise forms.ValidationError(_("A tag has at most %(limit)s characters.") % {"limit": TAG_LENGTH})
        return tags

    def validate(self, value: Any) -> None:
        """An empty list is fine."""


class LookForm(forms.Form):
    """The fields beside a note's text; only those sent are changed."""

    fill = forms.ChoiceField(choices=[(fill, fill) for fill in FILLS], required=False)
    weight = forms.TypedChoiceField(choices=[(n, n) for n in (1, 2, 3)], coerce=int, required=False, empty_value=None)
    basis = forms.ChoiceField(choices=Note.Basis.choices, required=False)
    beneficiary = forms.ChoiceField(choices=Note.Beneficiary.choices, required=False)
    verdict = forms.ChoiceField(choices=Note.Verdict.choices, required=False)
    target_block = forms.ChoiceField(choices=[("", "")], required=False)
    tags = TagsField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target_block"].choices = [("", ""), *EVERY_BLOCK]  # type: ignore[attr-defined]  # a ChoiceField

    def look(self) -> dict[str, Any]:
        """Return the fields that were sent, cleaned; raises `Invalid` with the errors by field."""
        if not self.is_valid():
            raise Invalid(first_error(self), fields=errors_of(self))
        sent = {name: self.cleaned_data[name] for name in self.fields if name in self.data}
        for name, default in (("fill", "plain"), ("basis", Note.Basis.KNOWN)):
            if sent.get(name) == "":
                sent[name] = default
        return sent


class NewNoteForm(forms.Form):
    """A new note: the client may have made its id. With `like` it carries what that note carries beside its words."""

    id = forms.UUIDField(required=False)
    block = forms.CharField(max_length=40)
    text = WordsField()
    after = PlaceField()
    fill = forms.ChoiceField(choices=[(fill, fill) for fill in FILLS], required=False)
    like = forms.UUIDField(required=False)


class BaseForm(forms.Form):
    """What words are typed on: a version of a note's text, or the key of my earlier change that made it."""

    base_version = forms.IntegerField(min_value=1, required=False)
    base_key = forms.UUIDField(required=False)


class EditForm(BaseForm):
    """New words for a note, and what they were typed on."""

    text = WordsField()


class PositionForm(forms.Form):
    """A place on a sheet."""

    canvas = forms.UUIDField(required=False)
    block = forms.CharField(max_length=40)
    after = PlaceField()


class PasteForm(forms.Form):
    """Many lines for one block."""

    block = forms.CharField(max_length=40)
    lines = WordsField(required=True, error_messages={"required": gettext_lazy("There is nothing to paste.")})
    confirmed = forms.BooleanField(required=False)


class DeletionForm(forms.Form):
    """Whether a person has read what rests on the note."""

    confirmed = forms.BooleanField(required=False)


class CommentForm(forms.Form):
    """Something said about a note."""

    id = forms.UUIDField(required=False)
    text = WordsField()


class TakingForm(forms.Form):
    """For which partnership a note is taken, and for which of its companies (default: one's own)."""

    partnership = forms.UUIDField()
    organisation = forms.UUIDField(required=False)
    id = forms.UUIDField(required=False)


class ManyForm(forms.Form):
    """One thing done to several notes."""

    do = forms.ChoiceField(choices=[("move", "move"), ("fill", "fill"), ("delete", "delete")])
    canvas = forms.UUIDField(required=False)
    block = forms.CharField(max_length=40, required=False)
    after = PlaceField()
    fill = forms.ChoiceField(choices=[(fill, fill) for fill in FILLS], required=False)
    confirmed = forms.BooleanField(required=False)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """Return a form's cleaned values; raises `Invalid` with the errors by field."""
    if not form.is_valid():
        raise Invalid(first_error(form), fields=errors_of(form))
    return form.cleaned_data


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    """Return a form's errors as plain text by field."""
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def first_error(form: forms.Form) -> str:
    """Return the first error as one sentence for people."""
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields and form.fields[name].label else name.replace("_", " ")
    error = str(errors[0])
    return error if name in ("__all__", "lines", "text", "tags") else f"{label}: {error}"
