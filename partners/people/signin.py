"""A link that signs one person in once, as Jupyter prints when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from partners.people.models import SignInLink, User, hashed, new_token

LOCAL_FACILITATOR = "facilitator@localhost"
LINK_LIVES = timedelta(days=1)


def make_link(base_url: str) -> str:
    """Return an address that signs the facilitator of this computer in, once, within a day."""
    token = new_token()
    SignInLink.objects.create(
        token_hash=hashed(token), user=local_facilitator(), expires_at=timezone.now() + LINK_LIVES
    )
    return base_url.rstrip("/") + reverse("signin-link", args=[token])


def local_facilitator() -> User:
    """Return the person at the computer itself; an account without a password is made for them when it is missing."""
    found = User.objects.filter(email=LOCAL_FACILITATOR).first()
    return found or User.objects.create_user(LOCAL_FACILITATOR, name="Facilitator")


def redeem(token: str) -> User | None:
    """Use a link up and return whom it signs in; None when it was used before, has expired, or never existed."""
    links = SignInLink.objects.filter(token_hash=hashed(token))
    now = timezone.now()
    # One UPDATE decides between two clicks at the same moment.
    if not links.filter(used_at=None, expires_at__gt=now, user__is_active=True).update(used_at=now):
        return None
    return links.select_related("user").get().user
