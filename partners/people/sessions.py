"""Sessions in the database, found by a prepared read: each request of somebody signed in begins with one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from partners.base.prepared import Prepared


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is found."""

    def _get_session_from_db(self) -> Session | None:
        found = _living.one(session_key=str(self.session_key), now=timezone.now())
        if found is None:
            self._session_key = None
        return found


@Prepared
def _living(*, session_key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
