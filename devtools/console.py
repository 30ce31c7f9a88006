"""Where things are, and how the commands speak: `Stop` ends with one sentence, `call` runs a program."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


class Stop(Exception):
    """The command cannot go on; the message tells a person what to do about it."""


def say(text: str) -> None:
    """Print at once, so that it stands before what a program we start prints."""
    print(text, flush=True)


def call(*command: str | Path, env: Mapping[str, str] | None = None, quiet: bool = False) -> int:
    """Run `command` in the project's folder, wait for it, give its exit status; `quiet` throws its output away."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env={**os.environ, **(env or {})}, stdout=output, stderr=output
    ).returncode


def become(*command: str | Path, env: Mapping[str, str] | None = None) -> int:
    """End as `command`, so that its Ctrl+C and its exit status are ours."""
    if os.name == "nt":  # exec returns to the prompt at once there
        try:
            return call(*command, env=env)
        except KeyboardInterrupt:
            return 0
    os.chdir(ROOT)
    return os.execve(command[0], [str(part) for part in command], {**os.environ, **(env or {})})
