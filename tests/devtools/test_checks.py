from pathlib import Path

import pytest

from devtools.checks import Part, all_pass
from devtools.console import PYTHON

SAYS = "print('one'); print('two', flush=True)"
# Ends as pytest does when it is interrupted: with 2, after it has tidied up.
WAITS = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    pathlib.Path(sys.argv[1]).touch()
    time.sleep(60)
except KeyboardInterrupt:
    print('tidy', flush=True)
    raise SystemExit(2)
"""
FAILS = """
import pathlib, sys, time
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.01)
raise SystemExit(1)
"""


def part(name: str, program: str, *arguments: object, mark: str = "") -> Part:
    return Part(name, (PYTHON, "-c", program, *arguments), mark=mark)


class TestAPart:
    def test_that_succeeds_is_named_and_says_nothing_else(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert part("types", SAYS).passes()
        (line,) = capsys.readouterr().out.splitlines()
        assert line.startswith("ok     types ")

    def test_that_fails_shows_what_it_said(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert not part("types", f"{SAYS}; raise SystemExit(1)").passes()
        first, *said = capsys.readouterr().out.splitlines()
        assert first.startswith("FAILED types ")
        assert said == ["one", "two"]

    def test_with_a_mark_is_heard_while_it_works(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert part("tests", SAYS, mark="SQLite").passes()
        one, two, last = capsys.readouterr().out.splitlines()
        assert (one, two) == ("SQLite     │ one", "SQLite     │ two")
        assert last.startswith("ok     tests ")


class TestPartsBesideEachOther:
    def test_hold_when_all_do(self) -> None:
        assert all_pass([part("one", SAYS), part("two", SAYS)])

    def test_are_ended_by_the_first_that_fails(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        begun = tmp_path / "begun"
        assert not all_pass([part("slow", WAITS, begun, mark="slow"), part("broken", FAILS, begun)])
        said = capsys.readouterr().out
        assert "FAILED broken" in said
        assert "slow       │ tidy" in said
        assert "ended  slow" in said
