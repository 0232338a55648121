"""The databases of an installation as Django takes them, read from the environment."""

import os
from pathlib import Path
from typing import Any

from tracker.environment import env, yes_or_no

# Compiling a query before it is run pays for reports that take minutes. Ours ask many tables for few rows: at a
# million positions compiling such a query took 2.4 s, and running it 0.04.
NOT_COMPILED = "-c jit=off"
# Seconds for which a server that is away is waited for.
AWAY = 3


def databases(folder: Path) -> dict[str, dict[str, Any]]:
    """By alias; the file of SQLite lies in a folder unless ``DATABASE_URL`` says otherwise."""
    default: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{folder / 'redlines.sqlite3'}")
    if default["ENGINE"] == "django.db.backends.sqlite3":
        return {"default": _sqlite(default, folder)}
    return {"default": postgresql(default, pooled_elsewhere=yes_or_no("DATABASE_POOLER"))}


def _sqlite(said: dict[str, Any], folder: Path) -> dict[str, Any]:
    # Writers queue instead of failing: seen with 20 at once, the defaults fail most of them.
    said["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, because threads that share one in-memory database lock each other out; one a run.
    said["TEST"] = {"NAME": str(folder / f"test-{os.getpid()}.sqlite3")}
    return said


def postgresql(said: dict[str, Any], *, pooled_elsewhere: bool) -> dict[str, Any]:
    """A server, with a pool of connections in each process, or behind a pooler of transactions (PgBouncer).

    Behind one nothing may last longer than a transaction: no cursor of the server, no prepared statement, no
    setting of a connection (there ``ALTER ROLE … SET jit = off`` says it).
    """
    options = said.setdefault("OPTIONS", {})
    options["connect_timeout"] = AWAY
    # Where the server is away, nobody waits for it for long; and it is asked anew with the next request.
    said["CONN_HEALTH_CHECKS"] = True
    if pooled_elsewhere:
        options["prepare_threshold"] = None
        return {**said, "DISABLE_SERVER_SIDE_CURSORS": True, "CONN_MAX_AGE": 60}
    options["options"] = f"{options.get('options', '')} {NOT_COMPILED}".strip()
    options["pool"] = {"min_size": 1, "max_size": 8, "timeout": AWAY, "reconnect_timeout": AWAY}
    return said
