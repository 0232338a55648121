"""How a database is asked: what lasts longer than a transaction only where nobody stands between."""

from pathlib import Path

import pytest
from django.db import connection

from tracker.databases import FEW_ROWS, databases, postgresql

SERVER = "postgres://redlines:x@db.example.org/redlines"


def test_each_process_has_a_pool_and_queries_are_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{SERVER}?sslmode=verify-full&options=-c%20work_mem%3D16MB")

    found = databases(Path())["default"]

    assert found["OPTIONS"]["pool"]["max_size"] == 8
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["options"] == f"-c work_mem=16MB {FEW_ROWS}", "what was said stays said"


def test_behind_a_pooler_nothing_lasts_longer_than_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", SERVER)
    monkeypatch.setenv("DATABASE_POOLER", "true")

    found = databases(Path())["default"]

    assert found["DISABLE_SERVER_SIDE_CURSORS"]
    assert found["OPTIONS"] == {"connect_timeout": 3, "prepare_threshold": None}
    assert postgresql({}, pooled_elsewhere=True)["CONN_HEALTH_CHECKS"]


@pytest.mark.postgresql
def test_the_server_compiles_no_query_of_ours(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
