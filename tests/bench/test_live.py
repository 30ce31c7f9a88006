"""What the live bench understands of what it saw, and how it looks for the highest rate."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.live.room import Run, highest
from bench.live.seen import MARK, Seen
from bench.live.telling import Found, tell


def run(*, viewers: int = 500, per_second: float = 20, p95: float = 10, lost: int = 0, refused: int = 0) -> Run:
    return Run(viewers, per_second, p95 / 2, p95, lost, refused, was_let_off=False, cpu_ms=5, own_percent=10)


class TestSeen:
    """Four lines: changes 8, 12 and 16 rewrite the same words."""

    def seen(self) -> Seen:
        return Seen(
            4, due={number: float(number) for number in range(8, 18)}, answered=dict.fromkeys(range(8, 18), 200)
        )

    def test_has_with_the_newest_words_what_they_replaced(self) -> None:
        marks = [(20.0, [b"000012", b"000013"]), (21.0, [b"000012", b"000016"])]
        assert self.seen().latencies_ms([marks], first=0) == [5000, 7000, 8000, 11000, 12000]

    def test_has_not_what_was_written_before_it_began(self) -> None:
        assert self.seen().latencies_ms([[(20.0, [b"000004", b"000007"])]], first=0) == []

    def test_counts_for_each_reader_what_was_acknowledged_and_did_not_come(self) -> None:
        seen = self.seen()
        whole = [(20.0, [b"000014", b"000015", b"000016", b"000017"])]
        assert seen.lost([whole, whole]) == 0
        assert seen.lost([whole, whole[:0]]) == 10
        seen.answered |= {16: 409}
        assert seen.lost([[(20.0, [b"000012", b"000014", b"000015", b"000017"])]]) == 0
        assert seen.refused == 1

    def test_finds_marks_in_bytes(self) -> None:
        assert MARK.findall(b"<p>edit-000012-a by one, edit-000013-b</p> edit-12-") == [b"000012", b"000013"]


class Servers:
    """Stands for servers that manage up to a rate, and are disturbed now and then."""

    def __init__(self, most: int, disturbed: set[int]) -> None:
        self.most, self.disturbed = most, disturbed
        self.tried: list[int] = []

    async def measure(self, per_second: int) -> Run:
        self.tried.append(per_second)
        is_fine = per_second <= self.most and len(self.tried) not in self.disturbed
        return run(per_second=per_second, p95=100 if is_fine else 300)


@pytest.mark.parametrize("most", [0, 20, 80, 150, 999])
@pytest.mark.parametrize("disturbed", [set(), {1}, {2, 4}])
def test_the_highest_rate_is_found_in_few_steps_in_spite_of_other_work(most: int, disturbed: set[int]) -> None:
    rates = (20, 30, 40, 60, 80, 100, 125, 150, 175, 200, 250, 300)
    servers = Servers(most, disturbed)
    with ThreadPoolExecutor(1) as apart:  # a browser that this process has open keeps a loop here
        best, tried = apart.submit(asyncio.run, highest(servers.measure, rates, 250)).result()
    assert (best.per_second if best else 0) == max([0, *(rate for rate in rates if rate <= most)])
    assert len(tried) == len(servers.tried) <= 8


class TestWhatIsTold:
    def found(self, p95: float = 11, **more: int) -> list[Found]:
        bare = [run(viewers=viewers, p95=4) for viewers in (50, 200, 500)]
        ours = [run(viewers=viewers, p95=p95, **more) for viewers in (50, 200, 500)]
        servers = [("floor", 1, bare), ("PostgreSQL", 1, ours), ("PostgreSQL", 3, ours), ("SQLite", 1, ours)]
        return [
            Found(name, count, runs, run(per_second=80 * count), [], kb_per_viewer=34) for name, count, runs in servers
        ]

    def test_says_which_aims_are_missed_without_failing(self) -> None:
        report = tell(self.found(p95=13), 250, "quiet")
        assert [note for note in report.notes if "MISSED" in note] == [
            "Aim, on PostgreSQL: p95 with 200 viewers at most 3 times the floor. Here: 13.0 ms, 3.2 times, MISSED."
        ]
        assert report.wrong == []
        assert not any("MISSED" in note for note in tell(self.found(), 250, "quiet").notes)

    def test_fails_when_anything_was_lost_or_refused(self) -> None:
        assert len(tell(self.found(lost=1), 250, "quiet").wrong) == 9
        assert len(tell(self.found(refused=1), 250, "quiet").wrong) == 9

    def test_has_the_figures_that_matter(self) -> None:
        figures = tell(self.found(), 250, "quiet").figures
        assert figures["p95_200"] == 11
        assert figures["floor_p95_200"] == 4
        assert (figures["max_rate_500"], figures["max_rate_500_three"]) == (80, 240)
        assert (figures["kb_per_viewer"], figures["lost"]) == (34, 0)
