"""What is asked when a token is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.api.tokens import AT_MOST_DAYS, NAME_LENGTH
from partners.workspaces.models import Workspace


class TokenForm(forms.Form):
    """A new token: its name, what it opens, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("What will use it, for instance “dashboard”."),
    )
    workspace = forms.ChoiceField(label=gettext_lazy("Opens"), required=False)
    may_write = forms.BooleanField(label=gettext_lazy("May write, not only read"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Works for how many days"), min_value=1, max_value=AT_MOST_DAYS, initial=90
    )

    def __init__(self, *args: Any, workspaces: Iterable[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspaces = {str(workspace.pk): workspace for workspace in workspaces}
        choice = self.fields["workspace"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("All my workshops"))] + [(pk, each.title) for pk, each in self.workspaces.items()]

    def clean_workspace(self) -> Workspace | None:
        """The workshop chosen, or None for all."""
        return self.workspaces.get(self.cleaned_data["workspace"])
