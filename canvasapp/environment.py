"""What the environment variables say, read once, checked, and given to `settings.py` as plain values.

Without any variable the workbench runs for one person on this computer. `PRODUCTION=1` opens it to others, and then a
setting that would put people's work at risk is refused with a sentence that says what to set instead.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})
KEEP_CONNECTION_S = 600
NEW_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The whole configuration; `docs/deploy.md` tells the operator about each variable."""

    production: bool
    debug: bool
    room: bool
    secret_key: str = field(repr=False)
    database: dict[str, Any] = field(repr=False)
    data_dir: Path
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    public_url: str | None
    trusted_proxy: bool
    email: dict[str, Any] | None = field(repr=False)
    """Django's mail settings by name, or None: then the features that need mail are hidden."""
    log_level: str

    @property
    def https(self) -> bool:
        """Whether browsers reach the site by https, so that cookies may be limited to it."""
        return self.production and not (self.public_url or "").startswith("http://")


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the environment; raises `ImproperlyConfigured` with one clear sentence."""
    production = _flag(variables, "PRODUCTION")
    debug = _flag(variables, "DEBUG")
    room = _flag(variables, "ROOM")
    if debug and (production or room):
        raise ImproperlyConfigured("DEBUG=1 shows the inside of the program to everybody: unset it to let others in.")
    data_dir = Path(variables.get("DATA_DIR") or ROOT / "data").expanduser().absolute()
    public_url = _public_url(variables)
    if production and public_url.scheme == "http" and not _flag(variables, "ALLOW_PLAIN_HTTP"):
        raise ImproperlyConfigured(
            "PUBLIC_URL starts with http://, so anybody on the way could read along: use https://, or set "
            "ALLOW_PLAIN_HTTP=1 if the site is meant for a closed network only."
        )
    origin = f"{public_url.scheme}://{public_url.netloc}" if public_url.netloc else None
    return Environment(
        production=production,
        debug=debug,
        room=room,
        secret_key=_secret_key(variables, data_dir, production=production),
        database=_database(variables, data_dir),
        data_dir=data_dir,
        allowed_hosts=_allowed_hosts(variables, public_url, production=production),
        csrf_trusted_origins=_words(variables, "CSRF_TRUSTED_ORIGINS") + ([origin] if origin else []),
        public_url=origin,
        trusted_proxy=_flag(variables, "TRUSTED_PROXY"),
        email=_email(variables),
        log_level=_log_level(variables),
    )


def _flag(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "").strip().lower()
    if value in YES | NO:
        return value in YES
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: use 1 or 0.")


def _words(variables: Mapping[str, str], name: str) -> list[str]:
    return [word.strip() for word in variables.get(name, "").split(",") if word.strip()]


def _public_url(variables: Mapping[str, str]) -> SplitResult:
    text = variables.get("PUBLIC_URL", "").strip()
    url = urlsplit(text)
    if text and (url.scheme not in {"http", "https"} or not url.hostname or url.path.strip("/") or url.query):
        raise ImproperlyConfigured(f"PUBLIC_URL={text!r} should look like https://canvas.example.org, without a path.")
    return url


def _allowed_hosts(variables: Mapping[str, str], public_url: SplitResult, *, production: bool) -> list[str]:
    hosts = _words(variables, "ALLOWED_HOSTS")
    if production and not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is missing: set it to the site's names, as in canvas.example.org")
    if production and "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS=* would answer to any name: list the site's own names.")
    if not production:
        hosts += LOOPBACK
    if public_url.hostname:
        host = public_url.hostname
        hosts.append(f"[{host}]" if ":" in host else host)
    return list(dict.fromkeys(hosts))


def _secret_key(variables: Mapping[str, str], data_dir: Path, *, production: bool) -> str:
    key = variables.get("SECRET_KEY", "")
    if production and not key:
        raise ImproperlyConfigured(f"SECRET_KEY is missing: make one with  {NEW_KEY}  and keep it to yourself.")
    if production and (len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-")):
        raise ImproperlyConfigured(f"SECRET_KEY is too easy to guess: make one with  {NEW_KEY}")
    return key or _own_secret_key(data_dir / "secret-key")


def _own_secret_key(file: Path) -> str:
    """A random key of this computer's own, made on first use, so that nobody has to invent one to try things."""
    _make_folder(file.parent)
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError as error:
        raise _unwritable(file.parent, error) from error
    try:
        key = file.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"Cannot read {file} ({error.strerror}): delete it, or set SECRET_KEY.") from error
    if len(key) < 50:
        raise ImproperlyConfigured(f"{file} is damaged: delete it and start again; everybody signs in once more.")
    return key


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # everybody's words will lie here
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"Cannot write to {folder} ({error.strerror}): name another folder in DATA_DIR.")


def _database(variables: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    url = variables.get("DATABASE_URL", "").strip()
    if not url:
        _make_folder(data_dir)
        return _sqlite({"ENGINE": "django.db.backends.sqlite3", "NAME": str(data_dir / "workbench.sqlite3")}, variables)
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL should look like postgresql://user:password@host/name") from error
    match database["ENGINE"]:
        case "django.db.backends.sqlite3":
            return _sqlite(database, variables)
        case "django.db.backends.postgresql":
            # A connection lives as long as its thread's work; one that died with the server is noticed and replaced.
            return database | {
                "ENGINE": "canvasapp.postgres",
                "CONN_MAX_AGE": KEEP_CONNECTION_S,
                "CONN_HEALTH_CHECKS": True,
            }
    raise ImproperlyConfigured("DATABASE_URL must start with postgresql:// or sqlite:///, the two that are tested.")


def _sqlite(database: dict[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    synchronous = variables.get("SQLITE_SYNCHRONOUS", "NORMAL").upper()
    if synchronous not in {"NORMAL", "FULL"}:
        raise ImproperlyConfigured("SQLITE_SYNCHRONOUS is NORMAL, or FULL to survive a power cut.")
    options = {
        # Writers queue up instead of failing: a deferred BEGIN that turns into a write is refused at once when busy.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};",
        # A connection remembers 128 compiled statements unless told; a page and an edit have more, and each savepoint,
        # named anew every time, pushes one of them out.
        "cached_statements": 1000,
    }
    return database | {"CONN_MAX_AGE": KEEP_CONNECTION_S, "OPTIONS": options | database.get("OPTIONS", {})}


def _email(variables: Mapping[str, str]) -> dict[str, Any] | None:
    text = variables.get("EMAIL_URL", "").strip()
    if not text:
        return None
    url = urlsplit(text)
    sender = variables.get("EMAIL_FROM") or parse_qs(url.query).get("from", [""])[0]
    if url.scheme not in {"smtp", "smtps", "smtp+tls"} or not url.hostname:
        raise ImproperlyConfigured("EMAIL_URL should look like smtp+tls://user:password@mail.example.org:587")
    if not sender:
        raise ImproperlyConfigured("EMAIL_URL needs EMAIL_FROM beside it: the address that mails come from.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }


def _log_level(variables: Mapping[str, str]) -> str:
    level = (variables.get("LOG_LEVEL") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL={level!r} is not one of {', '.join(LOG_LEVELS)}.")
    return level
