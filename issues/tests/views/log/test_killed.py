"""The server is killed while it publishes: afterwards all of it is there or none, and the sheet is whole."""

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.row import set_source
from issues.actions.log_sheet.sheet import open_sheet
from issues.history import ChangeSet, Way, recording
from issues.management.bench.server import HOST, PATIENCE, served
from issues.models import Actor, Cell, Evidence, Issue, Position, Sheet, Source, Statement
from issues.tests.crowd import make_crowd
from issues.tests.factories import make_summit
from issues.tests.views.log.desk import someone

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ACTORS, ISSUES = 12, 6
NOTE = "Of the evening."
IN_TRANSACTION = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL
"""


@pytest.fixture
def sheet(transactional_db: None) -> Sheet:
    """A full sheet, each cell with words of its own."""
    process = make_crowd(summits=1, actors=ACTORS, issues=ISSUES)
    with recording(by=None, reason="Set up.", kind=Way.COMMAND):
        summit = make_summit(process=process)
    mara = someone("mara")
    sheet = open_sheet(summit=summit, by=mara)
    for actor in Actor.objects.filter(participations__process=process):
        set_source(sheet=sheet, actor=actor, source=Source.objects.earliest("pk"), by=mara)
        for issue in Issue.objects.filter(process=process, kind="preference"):
            details = {"quote": f"{actor} on {issue}."}
            save_cell(sheet=sheet, actor=actor, issue=issue, typed="b", version=0, by=mara, details=details)
    return sheet


def is_writing() -> bool:
    """Whether somebody else has written and not committed yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(IN_TRANSACTION)
            return bool(cursor.fetchone()[0])
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        other.execute("ROLLBACK")
        return False


def publishing(sheet: Sheet, port: int) -> Thread:
    """A publication on its way to the server."""
    client = Client()
    client.force_login(sheet.history.earliest().history_user)
    session, token = client.cookies["sessionid"].value, secrets.token_hex(16)
    address = reverse("log-preview", args=[sheet.summit.process.slug, sheet.summit.slug])
    body = urlencode({"note": NOTE, "version": sheet.version, "csrfmiddlewaretoken": token})
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def send() -> None:
        with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as server:
            try:
                server.request("POST", address, body, headers)
                server.getresponse().read()
            except (OSError, HTTPException):
                pass  # It was killed, as it should be.

    thread = Thread(target=send)
    thread.start()
    return thread


def wait_for(holds: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < until
        sleep(0.002)


def stored(sheet: Sheet) -> tuple[int, int, int, int, bool]:
    """How much of the publication is there."""
    return (
        Position.objects.filter(summit=sheet.summit).count(),
        Evidence.objects.filter(position__summit=sheet.summit).count(),
        Statement.objects.filter(occasion=sheet.summit).count(),
        ChangeSet.objects.filter(reason=NOTE).count(),
        Sheet.objects.filter(pk=sheet.pk, published__isnull=False).exists(),
    )


CELLS = ACTORS * ISSUES
NONE, ALL = (0, 0, 0, 0, False), (CELLS, CELLS, CELLS, 1, True)


@pytest.mark.parametrize("later", [0.0, 0.1, 0.25])
def test_killed_while_it_publishes_it_leaves_all_or_nothing(sheet: Sheet, later: float) -> None:
    cells = list(Cell.objects.order_by("pk").values())

    with served(workers=1, DEBUG="true") as server:
        thread = publishing(sheet, server.port)
        wait_for(is_writing)
        sleep(later)
        server.kill()
        thread.join()

    left = stored(sheet)
    assert left in (NONE, ALL)
    if later == 0.0:
        assert left == NONE
    assert list(Cell.objects.order_by("pk").values()) == cells
    assert len(cells) == CELLS
    if left == NONE:
        with served(workers=1, DEBUG="true") as server:
            publishing(sheet, server.port).join()
    assert stored(sheet) == ALL
