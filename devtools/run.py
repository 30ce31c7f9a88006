"""`./dev run`: the workbench on this computer, or, with `--room`, for everybody on its network."""

import os
import socket

from devtools.console import PYTHON, ROOT, Stop, become
from devtools.install import RUN, ensure

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - asked for by `--room`
PORT = 8000


def run(arguments: list[str]) -> int:
    """Install what is missing, then become the server, which makes its database ready and prints a sign-in link."""
    room = "--room" in arguments
    rest = [argument for argument in arguments if argument != "--room"]
    if len(rest) > 1:
        raise Stop("Usage: ./dev run [host:port] [--room]")
    host, port = address(rest[0] if rest else "", room=room)
    ensure(RUN)
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return become(PYTHON, ROOT / "manage.py", "serve", at, "--first-steps", env=surroundings(host, port))


def address(text: str, *, room: bool = False) -> tuple[str, int]:
    """Host and port of `8001`, `127.0.0.1`, `127.0.0.1:8001`, `[::1]:8001` or nothing at all."""
    if text.isdecimal():
        host, port = "", text
    elif text.startswith("["):
        host, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    if not (port or str(PORT)).isdecimal() or not 0 <= int(port or PORT) < 65536:
        raise Stop(f"{text} is not an address: write it as 127.0.0.1:8000")
    if room and host in LOOPBACK:
        raise Stop(f"--room opens the workbench to the network, and {host} is this computer only: leave one out.")
    return host or ("0.0.0.0" if room else "127.0.0.1"), int(port or PORT)  # noqa: S104 - asked for by `--room`


def surroundings(host: str, port: int) -> dict[str, str]:
    """The settings under which others in the room may come in by this computer's address; empty on loopback."""
    if host in LOOPBACK:
        return {}
    reachable = network_address() if host in EVERYWHERE else host
    shown = f"[{reachable}]" if ":" in reachable else reachable
    hosts = [name for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name]
    return {
        "ROOM": "1",
        "ALLOWED_HOSTS": ",".join([*hosts, shown]),
        "PUBLIC_URL": os.environ.get("PUBLIC_URL") or f"http://{shown}:{port}",
    }


def network_address() -> str:
    """This computer's address as its neighbours see it."""
    # Connecting a datagram socket only looks up which address would be used; nothing is sent.
    for family, somewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((somewhere, 9))
                return str(probe.getsockname()[0])
        except OSError:
            continue
    raise Stop("This computer is on no network now. Join one, or say its address: ./dev run 192.168.1.20:8000")
