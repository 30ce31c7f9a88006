"""`./dev check` and `./dev test`: what must hold, part by part; the parts that take seconds come first."""

import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
# One worker more than processors: half of the time of browser tests is waiting.
WORKERS = min((os.cpu_count() or 2) + 1, 8)
MANAGE = (PYTHON, "manage.py")
# What locks a table under load shows only in PostgreSQL's SQL.
LINT_MIGRATIONS = ("manage.py", "lintmigrations", "--include-apps", "partners", "--no-cache")
# Compiled tests are kept, whatever the surroundings say: else each worker compiles them all anew, assertions included.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
# A worker that is done takes over from one that is not: a page in a browser costs a thousand small tests. Databases are
# not dropped one by one: they go with their server's folder, whoever still has a connection. Each worker makes its
# tables from the models, in half of the time: “migrations complete” tells that migrations make the same ones, and the
# tests of a whole server (tests/site/test_serve.py) migrate on both databases.
PYTEST = (PYTHON, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal", "--reuse-db", "--nomigrations")


@dataclass(frozen=True)
class Part:
    """One program that must succeed. A `talks` part shows its output while it works, others only when they fail."""

    name: str
    command: Sequence[object]
    environment: dict[str, str] = field(default_factory=dict)
    talks: bool = False

    def passes(self) -> bool:
        """Run it, print its name with its time and what it said if it failed, and say whether it succeeded."""
        if self.talks:
            say(f"── {self.name}")
        started = time.monotonic()
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            [str(word) for word in self.command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=None if self.talks else subprocess.PIPE,
            stderr=None if self.talks else subprocess.STDOUT,
            text=True,
        )
        passed = done.returncode == 0
        told = f"{'ok    ' if passed else 'FAILED'} {self.name:<46} {time.monotonic() - started:6.1f} s"
        # At once: others are telling beside it.
        say(f"{told}\n{done.stdout}" if done.stdout and not passed else told)
        return passed


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
    sqlite = Part(
        "tests on SQLite", (*PYTEST, "-m", "not axe and not schemathesis", *arguments), environment, talks=True
    )
    # What asks no database tells all in one run; a run with pytest's own arguments leaves the choice to them.
    once = () if arguments else ("-m", "not no_database")
    on_postgres = (*PYTEST, "-p", "tests.plugins.postgres", *once, *arguments)
    postgres = Part("tests on PostgreSQL", on_postgres, environment, talks=True)
    started = time.monotonic()
    if not arguments and not _fast_ones_pass():
        return 1
    if not all(part.passes() for part in (sqlite, postgres)):
        return 1
    return _all_hold(2 + (0 if arguments else len(FAST)), started)


def _fast_ones_pass() -> bool:
    """Run them all, however many fail: each says in seconds what it found."""
    with ThreadPoolExecutor(os.cpu_count()) as beside:
        return all(list(beside.map(Part.passes, FAST)))


def _all_hold(parts: int, started: float) -> int:
    say(f"All {parts} parts hold, after {time.monotonic() - started:.0f} s.")
    return 0
