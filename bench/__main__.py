"""Run the named bench, or all of them one after the other; exit status 1 if anything was lost or wrong.

    python -m bench torture --seconds 30

`--seconds` is how long `torture`, or each measurement of `live`, lasts; `--seed` lets other things happen in `torture`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules

from bench.report import Report, as_json


def benches() -> list[str]:
    """The names of the benches: every module here that can be run."""
    names = sorted(module.name for module in iter_modules([str(Path(__file__).parent)]))
    return [name for name in names if not name.startswith("_") and hasattr(import_module(f"bench.{name}"), "run")]


def main(arguments: list[str]) -> int:
    """Measure and tell; the last line is one JSON object."""
    parser = ArgumentParser(prog="./dev bench")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args(arguments)
    wanted, known = asked.names, benches()
    if unknown := [name for name in wanted if name not in known]:
        print(f"There is no bench called {', '.join(unknown)}; there are: {', '.join(known)}")
        return 2
    reports: dict[str, Report] = {}
    for name in wanted or known:
        bench = import_module(f"bench.{name}").run
        given = {option: value for option in ("seconds", "seed") if (value := getattr(asked, option)) is not None}
        reports[name] = bench(**{option: given[option] for option in given if option in signature(bench).parameters})
        print(
            reports[name].table(), *(f"WRONG: {what}" for what in reports[name].wrong), sep="\n", end="\n\n", flush=True
        )
    print(as_json(reports))
    return 1 if any(report.wrong for report in reports.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
