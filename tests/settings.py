"""The site's settings with what tests need besides: a folder and a database file of their own, and cheap passwords."""

import atexit
import os
import shutil
import tempfile

from jinja2 import FileSystemBytecodeCache

folder = tempfile.mkdtemp(prefix="workbench-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ |= {
    "DATA_DIR": folder,
    "SECRET_KEY": "only-for-tests-" * 4,
    "LOG_LEVEL": "WARNING",  # a line for each request is written three times under pytest
    # Playwright's synchronous interface keeps an event loop running in the thread of the tests.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
for name in ("PRODUCTION", "DEBUG", "ROOM", "PUBLIC_URL", "ALLOWED_HOSTS", "EMAIL_URL", "TRUSTED_PROXY"):
    os.environ.pop(name, None)

from canvasapp.settings import *  # noqa: E402, F403 - the real settings, read after their environment is set
from canvasapp.settings import (  # noqa: E402 - by name, for readers
    BASE_DIR,
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    TEMPLATES,
)

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory: servers in the tests' threads have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": f"{folder}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
    )

# `tests` for its commands.
INSTALLED_APPS += ["django_migration_linter", "tests"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing is collected for tests: files are served from where they are written.
STATIC_ROOT = None
# Templates that are compiled once serve all workers and the next run.
compiled = BASE_DIR / ".pytest_cache" / "templates"
compiled.mkdir(parents=True, exist_ok=True)
TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache(str(compiled))  # type: ignore[index]
WHITENOISE_MAX_AGE = 3600  # a browser that one test after another uses need not ask again
MIDDLEWARE[MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware")] = "tests.files.FoundOnce"
