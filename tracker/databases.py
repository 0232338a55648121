"""The databases of an installation as Django takes them, read from the environment."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from issues.replica import REPLICA
from tracker.environment import env, yes_or_no

# Ours are queries that ask many tables for few rows. Compiling one before it is run pays for reports that
# take minutes: at a million positions that took 2.4 s, and running it 0.04. And a row found by an index is
# taken to cost what it does on a disk without moving parts, and no query is shared among processes, which
# others use: else whole tables are read for some thousand rows.
FEW_ROWS = "-c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"
SQLITE = "django.db.backends.sqlite3"
# Seconds for which a server that is away is waited for.
AWAY = 3


def databases(folder: Path) -> dict[str, dict[str, Any]]:
    """By alias; the file of SQLite lies in a folder unless ``DATABASE_URL`` says otherwise."""
    default: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{folder / 'redlines.sqlite3'}")
    said = env.str("DATABASE_REPLICA_URL", default="")
    if default["ENGINE"] == SQLITE:
        if said:
            raise ImproperlyConfigured("DATABASE_REPLICA_URL: SQLite has no replicas; take PostgreSQL.")
        return {"default": _sqlite(default, folder)}
    pooled = yes_or_no("DATABASE_POOLER")
    found = {"default": postgresql(default, pooled_elsewhere=pooled)}
    if said:
        replica: dict[str, Any] = env.db("DATABASE_REPLICA_URL")
        if replica["ENGINE"] != default["ENGINE"]:
            raise ImproperlyConfigured("DATABASE_REPLICA_URL is a server of PostgreSQL, as DATABASE_URL is.")
        # Nothing is ever stored there: in tests it is the same database.
        found[REPLICA] = {**postgresql(replica, pooled_elsewhere=pooled), "TEST": {"MIRROR": "default"}}
    return found


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
    setting of a connection (there ``ALTER ROLE … SET`` says the same to the server).
    """
    options = said.setdefault("OPTIONS", {})
    options["connect_timeout"] = AWAY
    # Where the server is away, nobody waits for it for long; and it is asked anew with the next request.
    said["CONN_HEALTH_CHECKS"] = True
    if pooled_elsewhere:
        options["prepare_threshold"] = None
        return {**said, "DISABLE_SERVER_SIDE_CURSORS": True, "CONN_MAX_AGE": 60}
    options["options"] = f"{options.get('options', '')} {FEW_ROWS}".strip()
    options["pool"] = {"min_size": 1, "max_size": 8, "timeout": AWAY, "reconnect_timeout": AWAY}
    return said
