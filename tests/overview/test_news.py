"""*Since your last visit*: what others did, for whom, and when it counts as another visit."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.canvases import operations as sheets
from partners.events.models import Event
from partners.workspaces.models import Membership
from partners.workspaces.operations.visits import note_visit
from tests.factories import Cast


def home(cast: Cast, who: Membership, more: str = "") -> str:
    """The workshop's home as somebody reads it."""
    return unescape(cast.client(who).get(f"/w/{cast.workspace.pk}/{more}").content.decode())


def away(cast: Cast, who: Membership, since: timedelta) -> None:
    """Somebody was here last some time ago, and all that happened until now happened before."""
    moment = timezone.now() - since
    Membership.objects.filter(pk=who.pk).update(last_seen_at=moment)
    Event.objects.filter(workspace=cast.workspace).update(at=moment - timedelta(hours=1))


class TestSinceMyLastVisit:
    def test_tells_what_others_did_what_is_alike_as_one(self, cast: Cast) -> None:
        away(cast, cast.carla, timedelta(days=3))
        assert "Since your last visit" not in home(cast, cast.carla)
        away(cast, cast.carla, timedelta(days=3))
        for text in ("Club", "Brand", "Boutiques"):
            note = cast.note(text, by=cast.bo)
        cast.note("Machines", by=cast.carla, canvas=cast.model(cast.delonghi))
        html = home(cast, cast.carla).partition('id="news"')[2].partition("</section>")[0]
        assert html.count("<li>") == 1
        assert "Bo Keller added “Boutiques” to Customer Relationships" in html
        assert "and 2 more like this" in html
        assert f"#note-{note.pk}" in html
        everything = home(cast, cast.carla, "activity/?since=visit")
        assert ("“Club”" in everything, "“Machines”" in everything) == (True, False)

    def test_tells_nothing_of_what_is_hidden(self, cast: Cast) -> None:
        away(cast, cast.carla, timedelta(days=3))
        shared = cast.note("Patents")
        Event.objects.filter(thing_id=shared.pk).update(at=timezone.now() - timedelta(days=9))
        cast.note("Secret talks", canvas=cast.sheet(cast.with_breville, cast.nespresso), block="intent")
        sheets.add_comment(sheet=cast.seen(cast.dan, shared.canvas), note=shared, text="Hushed comment")
        for more in ("", "activity/?since=visit"):
            html = home(cast, cast.carla, more)
            assert [word for word in ("Secret", "Hushed", "Dan Webb") if word in html] == []
        assert "Since your last visit" not in home(cast, cast.carla)

    def test_begins_anew_after_a_pause_only(self, cast: Cast) -> None:
        now = timezone.now()
        Membership.objects.filter(pk=cast.bo.pk).update(last_seen_at=now)
        for minutes, ended in ((1, None), (20, None), (60, 20), (62, 20), (200, 62)):
            member = Membership.objects.get(pk=cast.bo.pk)
            note_visit(member, now=now + timedelta(minutes=minutes))
            expected = now + timedelta(minutes=ended) if ended else None
            assert Membership.objects.get(pk=cast.bo.pk).last_visit_at == member.last_visit_at == expected

    @pytest.mark.usefixtures("stopped_time")  # a visit is noted once a minute
    @pytest.mark.parametrize("who", ["bo", "carla"])
    def test_is_written_once_and_costs_three_questions_more(self, cast: Cast, who: str) -> None:
        member, costs = cast.members[who], []
        for _round in range(2):
            home(cast, member)
            with CaptureQueriesContext(connection) as asked:
                home(cast, member)
            costs.append(len(asked))
            assert not [each for each in asked if each["sql"].startswith('UPDATE "partners_membership')]
            away(cast, member, timedelta(days=2))
            cast.note("New to them")
        assert costs[1] <= costs[0] + 3, "\n".join(each["sql"][:160] for each in asked)
