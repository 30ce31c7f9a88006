from uuid import uuid4

import pytest

from partners.events.fragments import FeedScope
from partners.live import wire
from partners.live.board import LONGEST_PAUSE_S, pause_s
from partners.live.feeds import RING_BYTES, Feed
from partners.live.presence_html import Sides
from partners.workspaces.access import Audience


@pytest.fixture
def feed() -> Feed:
    workspace_id = uuid4()
    return Feed(FeedScope(workspace_id, frozenset(), frozenset(), Audience(workspace_id), "en"), Sides(), 10)


class TestAFeed:
    def test_gives_what_lies_behind_a_place(self, feed: Feed) -> None:
        place = feed.end
        feed.publish(b"one ", 11)
        feed.publish(b"two", 13)
        assert feed.since(place) == (b"one two", 13)
        assert feed.since(place + 1) == (b"two", 13)

    def test_finds_the_place_of_a_cursor(self, feed: Feed) -> None:
        feed.publish(b"up to 12 ", 12)
        feed.publish(b"who is here ")
        feed.publish(b"up to 13", 13)
        assert [feed.since(feed.place_after(seq) or 0) for seq in (10, 12)] == [
            (b"up to 12 who is here up to 13", 13),
            (b"up to 13", 13),
        ]
        assert feed.place_after(13) == feed.end
        assert feed.place_after(99) == feed.end

    def test_says_when_a_place_has_been_let_go(self, feed: Feed) -> None:
        place = feed.end
        for seq in range(11, 14):
            feed.publish(b"x" * (RING_BYTES // 2), seq)
        assert feed.since(place) is None
        assert feed.place_after(10) is None
        assert feed.place_after(11) == place + 1


class TestABoard:
    def test_rests_longer_the_more_there_is_to_tell_and_whom(self) -> None:
        pauses = [pause_s(200, changes) for changes in (0, 1, 2, 9)]
        assert pauses == pytest.approx([0.02, 0.02, 0.04, LONGEST_PAUSE_S])
        assert pause_s(5000, 1) == LONGEST_PAUSE_S


class TestTheWire:
    def test_carries_html_of_many_lines(self) -> None:
        cursor = wire.Cursor("0" * 32, 7)
        said = wire.board(["<li>\n a\r\n</li>", "<del></del>"], cursor).decode()
        assert said == f"id: {cursor}\nevent: board\ndata: <li>\ndata:  a\ndata: </li>\ndata: <del></del>\n\n"

    @pytest.mark.parametrize(
        "text", ["", "x.1", "0" * 32, "0" * 32 + ".-1", "0" * 32 + ".1" + "0" * 30, "0" * 31 + ".1"]
    )
    def test_reads_no_cursor_where_there_is_none(self, text: str) -> None:
        assert wire.cursor_from(text) is None
