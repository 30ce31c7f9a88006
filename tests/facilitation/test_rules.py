"""Where a newcomer starts."""

from datetime import UTC, datetime, timedelta

from partners.facilitation.rules import block_in_work

NOW = datetime(2025, 5, 20, 9, 30, tzinfo=UTC)
ORDER = ["customer_segments", "value_propositions", "channels"]


def minutes_ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


def test_on_an_empty_sheet_the_first_block() -> None:
    assert block_in_work(ORDER, {}, now=NOW) == "customer_segments"


def test_where_the_last_note_was_put_just_now() -> None:
    newest = {"customer_segments": minutes_ago(4), "channels": minutes_ago(1)}
    assert block_in_work(ORDER, newest, now=NOW) == "channels"


def test_after_a_break_the_first_empty_block() -> None:
    newest = {"customer_segments": minutes_ago(90)}
    assert block_in_work(ORDER, newest, now=NOW) == "value_propositions"


def test_when_all_is_filled_the_first() -> None:
    assert block_in_work(ORDER, dict.fromkeys(ORDER, minutes_ago(90)), now=NOW) == "customer_segments"
