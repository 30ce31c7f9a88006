"""`./dev check` and `./dev test`: what must hold, part by part; the parts that take seconds come first."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from devtools.browser import browser_environment
from devtools.console import BIN, PYTHON, ROOT, say
from devtools.install import DEV, ensure

CHECKED = {"SECRET_KEY": "only-for-checks-" * 4}
TESTS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
PRODUCTION = CHECKED | {
    "PRODUCTION": "1",
    "SECRET_KEY": "v3ry-l0ng-and-n3ver-used-0utside-of-this-check-7Qk2pXw9Zr",
    "ALLOWED_HOSTS": "canvas.example.org",
    "PUBLIC_URL": "https://canvas.example.org",
    "DATABASE_URL": "postgresql://workbench@localhost/workbench",
    "TRUSTED_PROXY": "1",
}
DJLINT_DJANGO = (BIN / "djlint", "--lint", "--quiet", "--profile", "django")
MANAGE = (PYTHON, "manage.py")
# What locks a table under load shows only in PostgreSQL's SQL.
LINT_MIGRATIONS = ("manage.py", "lintmigrations", "--include-apps", "partners", "--no-cache")
# Compiled tests are kept, whatever the surroundings say: else each worker compiles them all anew, assertions included.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
# A worker that is done takes over from one that is not: a page in a browser costs a thousand small tests. Databases are
# not dropped one by one: they go with their server's folder, whoever still has a connection. Each worker makes its
# tables from the models, in half of the time: “migrations complete” tells that migrations make the same ones, and the
# tests of a whole server (tests/site/test_serve.py) migrate on both databases.
PYTEST = (PYTHON, "-m", "pytest", "--dist", "worksteal", "--reuse-db", "--nomigrations")
# Both databases are tested beside each other, for browser tests wait a lot, and either run fills the gaps of the other,
# that of its last test too. PostgreSQL, where there is more to do, has a worker more.
PROCESSORS = os.cpu_count() or 2
ON_SQLITE, ON_POSTGRES = min(PROCESSORS, 8), min(PROCESSORS + 1, 8)


@dataclass
class Part:
    """One program that must succeed. What it says is shown if it fails; with a `mark`, at once, behind that mark."""

    name: str
    command: Sequence[object]
    environment: dict[str, str] = field(default_factory=dict)
    mark: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _is_ended: bool = field(default=False, init=False)

    def passes(self) -> bool:
        """Run it, print its name with its time and what it said if it failed, and say whether it succeeded."""
        started = time.monotonic()
        self._process = subprocess.Popen(
            [str(word) for word in self.command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        said = self._listen(self._process)
        passed = self._process.wait() == 0
        word = "ok" if passed else "ended" if self._is_ended else "FAILED"
        told = f"{word:<6} {self.name:<46} {time.monotonic() - started:6.1f} s"
        # At once: others are telling beside it.
        say(told if passed else "\n".join([told, *said]))
        return passed

    def end(self) -> None:
        """End it as Ctrl+C would, so that it can tidy up; harmless when it has ended."""
        if self._process and self._process.poll() is None:
            self._is_ended = True
            self._process.send_signal(signal.SIGINT)

    def _listen(self, process: subprocess.Popen[str]) -> list[str]:
        """Pass on what it says, or return it, until it is done."""
        assert process.stdout
        lines = (line.rstrip("\n") for line in process.stdout)
        if not self.mark:
            return list(lines)
        for line in lines:
            say(f"{self.mark:<10} │ {line}")
        return []


# Beside each other; the one that takes longest comes first.
FAST = (
    Part("types (mypy)", (BIN / "mypy",), CHECKED),
    Part("format of Python (ruff)", (BIN / "ruff", "format", "--check", ".")),
    Part("lint of Python (ruff)", (BIN / "ruff", "check", ".")),
    Part("lint of templates (djlint)", (BIN / "djlint", "--lint", "--quiet", "templates")),
    Part("lint of library pages' shell (djlint)", (*DJLINT_DJANGO, "templates_django")),
    Part("import contracts (import-linter)", (BIN / "lint-imports",), CHECKED),
    Part("migrations complete", (*MANAGE, "makemigrations", "--check", "--dry-run"), CHECKED),
    Part("migrations safe while serving (linter)", (PYTHON, "-m", "devtools.postgres", *LINT_MIGRATIONS), TESTS),
    Part("production settings", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
)


def check(arguments: list[str]) -> int:
    """The part that takes seconds."""
    ensure(DEV)
    started = time.monotonic()
    if not _fast_ones_pass():
        return 1
    return _all_hold(len(FAST), started)


def test(arguments: list[str]) -> int:
    """Everything; with pytest's own arguments only the tests, on both databases."""
    ensure(DEV)
    environment = browser_environment() | BYTECODE
    pytest = (*PYTEST, *(("--color=yes",) if sys.stdout.isatty() else ()))
    on_sqlite = (*pytest, "-n", ON_SQLITE, "-m", "not axe and not schemathesis", *arguments)
    # What asks no database tells all in one run; a run with pytest's own arguments leaves the choice to them.
    once = () if arguments else ("-m", "not no_database")
    on_postgres = (*pytest, "-n", ON_POSTGRES, "-p", "tests.plugins.postgres", *once, *arguments)
    tests = (
        Part("tests on SQLite", on_sqlite, environment, mark="SQLite"),
        Part("tests on PostgreSQL", on_postgres, environment, mark="PostgreSQL"),
    )
    # What a script starts in the background ignores Ctrl+C, and so would all that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = time.monotonic()
    if not arguments and not _fast_ones_pass():
        return 1
    if not all_pass(tests):
        return 1
    return _all_hold(len(tests) + (0 if arguments else len(FAST)), started)


def all_pass(parts: Sequence[Part]) -> bool:
    """Run them beside each other, and say whether all succeed; the first that fails ends the others."""
    with ThreadPoolExecutor(len(parts)) as beside:
        for done in as_completed([beside.submit(part.passes) for part in parts]):
            if not done.result():
                for part in parts:
                    part.end()
                return False
    return True


def _fast_ones_pass() -> bool:
    """Run them all, however many fail: each says in seconds what it found."""
    with ThreadPoolExecutor(os.cpu_count()) as beside:
        return all(list(beside.map(Part.passes, FAST)))


def _all_hold(parts: int, started: float) -> int:
    say(f"All {parts} parts hold, after {time.monotonic() - started:.0f} s.")
    return 0
