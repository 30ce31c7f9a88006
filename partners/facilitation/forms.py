"""What a newcomer says: a name, and for whom they are here."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """A guest's name; who has an account is not asked."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, error_messages={"required": _("Please say your name first.")}
    )
