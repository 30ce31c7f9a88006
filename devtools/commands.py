"""The commands by name. `./dev` alone prints this list:

  ./dev run [host:port] [--room]   start the workbench; --room lets everybody on this network in
  ./dev test [pytest options]      everything that must hold; with options, only those tests
  ./dev check                      the fast part: format, lint, imports, types, migrations, settings
  ./dev manage COMMAND …           one of the workbench's own commands, as in  ./dev manage backup FILE
  ./dev bench [name]               measure; the last line is one JSON object
  ./dev lock [--upgrade]           pin the dependencies of pyproject.toml in requirements*.txt

The first use installs what it needs into .venv beside this file; later ones need no network.
"""

from collections.abc import Callable
from pathlib import Path

from devtools import checks
from devtools.console import BIN, PYTHON, Stop, become, call, say
from devtools.install import DEV, RUN, ensure
from devtools.run import run


def main(arguments: list[str]) -> int:
    """Do what was asked; the answer is the exit status."""
    try:
        return _do(arguments)
    except Stop as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


def _do(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in COMMANDS:
        return COMMANDS[name](rest)
    say((__doc__ or "").partition("\n\n")[2].rstrip())
    return 0 if name in {"help", "-h", "--help"} else 2


def _manage(words: list[str]) -> int:
    ensure(RUN)
    return become(PYTHON, "manage.py", *words)


def _bench(names: list[str]) -> int:
    ensure(DEV)
    return become(PYTHON, "-m", "bench", *names)


def _lock(options: list[str]) -> int:
    """Pin everything by hash, without an address of where it came from; the second list repeats the first."""
    ensure(DEV)
    how = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate")
    command: tuple[str | Path, ...] = (BIN / "uv", "pip", "compile", *how, *options, "pyproject.toml", "-o")
    return call(*command, RUN) or call(*command, DEV, "--extra", "dev", "--constraint", RUN)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": checks.test,
    "check": checks.check,
    "manage": _manage,
    "bench": _bench,
    "lock": _lock,
}
