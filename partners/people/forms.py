"""What a new person is asked besides e-mail and password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    """Their name, as others will see it on notes."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth after the user is saved; the adapter has kept the name already."""
