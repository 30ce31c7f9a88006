"""The project's own Python environment in `.venv`, filled from a hash-pinned list. Nothing is installed elsewhere."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys

from devtools.console import PYTHON, ROOT, VENV, Stop, call, say

RUN = "requirements.txt"
DEV = "requirements-dev.txt"


def ensure(requirements: str) -> None:
    """Have everything in `requirements` installed; asks no network when the same list was installed before."""
    lock = ROOT / requirements
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"{requirements}.installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    uv = shutil.which("uv")
    try:
        if not _usable(uv):
            _make()
        say(f"Installing {requirements} into .venv (the first time this takes a minute and needs a network) …")
        if call(*_installer(uv), "--require-hashes", "-r", lock):
            raise Stop("The packages could not be installed: see above. The first time needs a network.")
        stamp.write_text(wanted)
    except PermissionError as error:
        raise Stop(f"Cannot write to {error.filename or ROOT}: copy the project into a folder of yours.") from error


def _installer(uv: str | None) -> list[str]:
    if uv:  # ten times as fast, where somebody has it
        return [uv, "pip", "install", "-q", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]


def _usable(uv: str | None) -> bool:
    """Whether `.venv` is there, starts, is of this Python, and can be installed into."""
    if not PYTHON.exists():
        return False
    probe = "import sys; print(sys.version)" + ("" if uv else "; import pip")
    found = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True)
    return found.returncode == 0 and found.stdout.strip() == sys.version.strip()


def _make() -> None:
    if VENV.is_symlink():  # what is made anew is emptied first
        raise Stop(".venv leads to the packages of another Python. Take the link away (rm .venv), then try again.")
    # Debian ships the module without its heart; some systems leave it out altogether.
    hint = "On Debian and Ubuntu: apt-get install python3-venv" if sys.platform == "linux" else "See python.org"
    if not importlib.util.find_spec("ensurepip"):
        raise Stop(f"Python's venv module is incomplete. {hint}")
    try:
        import venv

        venv.EnvBuilder(with_pip=True, clear=True, symlinks=sys.platform != "win32").create(VENV)
    except (subprocess.CalledProcessError, ImportError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(f"Python's venv module is incomplete. {hint}") from error
