"""The examples as they are loaded, laid once a process and then put back for tests that look at them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from partners.examples.operations import load
from partners.examples.reading import SLUGS
from partners.people.models import User
from partners.workspaces.models import Workspace
from tests.remembering import remembered


def _ana() -> User:
    return User.objects.create_user("ana@example.org", name="Ana Vries")


ana_again: Callable[[], User] = remembered(_ana)
_BY_SLUG = {slug: remembered(partial(load, slug)) for slug in SLUGS}


def loaded(slug: str, ana: User) -> Workspace:
    """What `load` makes of an example for her who came by `ana_again`, with the same ids each time."""
    return _BY_SLUG[slug](ana)
