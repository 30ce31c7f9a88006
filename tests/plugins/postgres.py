"""`-p tests.plugins.postgres`: the same tests on a PostgreSQL of their own.

Loaded by `-p`, because pytest-django reads the settings before any `conftest.py`. With pytest-xdist the first process
starts the server, its workers inherit the address, and each has a test database by its own name.
"""

import atexit
import os

from devtools.postgres import TempPostgres

# Tables of a few rows are read in whatever order the statement names them; looking for a better one, or tidying up
# beside it, takes longer than reading.
QUICK = ("join_collapse_limit=1", "from_collapse_limit=1", "autovacuum=off")

if "PYTEST_XDIST_WORKER" not in os.environ:
    server = TempPostgres(*QUICK).__enter__()
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.url
