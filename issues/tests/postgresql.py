"""``pytest -p issues.tests.postgresql``: run the suite on a PostgreSQL server that comes as a wheel.

An early plugin, so that the address is known before Django reads its settings. On a machine where the
server cannot run, the run stops: in CI as a failure, elsewhere with the reason.
"""

import os

import pytest

from issues.management.bench.postgresql import start

if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    try:
        start("redlines-pg-")
        os.environ["DATABASE_URL"] = "postgres://postgres@/postgres"
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.exit(
            f"PostgreSQL cannot be started here, so nothing was tested on it: {error!r}", returncode=0
        )
