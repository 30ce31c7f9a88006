"""How allauth meets our own User: the e-mail address is the name, and a name is asked for."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from partners.base.text import clean_line


class AccountAdapter(DefaultAccountAdapter):
    """Keeps sign-up open and saves the name; sends no mail when none is configured."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = clean_line(form.cleaned_data.get("name", ""))
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if settings.HAS_EMAIL:
            super().send_mail(template_prefix, email, context)
