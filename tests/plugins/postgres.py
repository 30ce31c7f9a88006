"""`-p tests.plugins.postgres`: the same tests on a PostgreSQL of their own.

Loaded by `-p`, because pytest-django reads the settings before any `conftest.py`. With pytest-xdist the first process
starts the server, its workers inherit the address, and each has a test database by its own name.
"""

import atexit
import os

from devtools.postgres import TempPostgres

if "PYTEST_XDIST_WORKER" not in os.environ:
    server = TempPostgres().__enter__()
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.url
