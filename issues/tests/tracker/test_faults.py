"""Where something breaks, it is said what happened to one's work, and what was typed is kept."""

import errno
import sqlite3
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.db import InterfaceError, InternalError, OperationalError
from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from tracker.faults import Fault, fault_of

READS = "issues.views.access.readable"
AWAY = [OperationalError("server closed the connection"), InterfaceError("gone")]
AWAY_WORDS, FULL_WORDS, CLOSED_WORDS = (fault.value[0] for fault in (Fault.AWAY, Fault.FULL, Fault.READ_ONLY))


def of_sqlite(name: str) -> Exception:
    """What Django raises where SQLite calls it so."""
    cause = sqlite3.OperationalError("what it says")
    cause.sqlite_errorname = name
    error = OperationalError(*cause.args)
    error.__cause__ = cause
    return error


def of_postgresql(kind: type[Exception], wrapped: type[Exception]) -> Exception:
    """What Django raises where PostgreSQL raises that, the transaction being lost by it."""
    error = wrapped("what it says")
    error.__cause__ = kind("what it says")
    return error


FAULTS = [
    (of_sqlite("SQLITE_CANTOPEN"), AWAY_WORDS),
    (of_sqlite("SQLITE_BUSY"), AWAY_WORDS),
    (of_sqlite("SQLITE_FULL"), FULL_WORDS),
    (of_sqlite("SQLITE_IOERR_WRITE"), FULL_WORDS),
    (of_sqlite("SQLITE_READONLY_DIRECTORY"), CLOSED_WORDS),
    (of_postgresql(psycopg.errors.AdminShutdown, OperationalError), AWAY_WORDS),
    (of_postgresql(psycopg.errors.DiskFull, OperationalError), FULL_WORDS),
    (of_postgresql(psycopg.errors.ReadOnlySqlTransaction, InternalError), CLOSED_WORDS),
    (OSError(errno.ENOSPC, "No space left on device"), FULL_WORDS),
    (OSError(errno.EROFS, "Read-only file system"), CLOSED_WORDS),
    (PermissionError(errno.EACCES, "Permission denied"), CLOSED_WORDS),
]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_a_page_says_that_the_database_is_away(
    universe: Universe, settings: Any, client: Client, error: Exception
) -> None:
    settings.PUBLIC_READ = True
    with patch(READS, side_effect=error):
        answer = client.get("/lenna/?summit=weir")
    page = page_of(answer)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "private, no-store"
    assert page.one("h1").text == "Our database does not answer"
    assert page.one("main").all("a")[0].attrs["href"] == "/lenna/?summit=weir"
    assert str(error) not in answer.content.decode()


def test_what_was_typed_is_kept_and_no_database_is_asked_for_it(client: Client) -> None:
    with (
        patch("issues.views.home.read_now", side_effect=AWAY[0]),
        patch("issues.views.home.settings") as said,
    ):
        said.PUBLIC_READ = True
        answer = client.post("/", {"name": "Lake <talks>"})
    form = page_of(answer).one("main").one("form")

    assert answer.status_code == 503
    assert form.attrs["action"] == "/"
    assert form.one("input", name="name").attrs["value"] == "Lake <talks>"
    assert form.one("input", name="csrfmiddlewaretoken").attrs["value"]
    assert client.cookies["csrftoken"].value


def test_what_another_site_sent_is_not_offered_to_be_sent_again() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    with patch("issues.views.send_again.render", side_effect=AWAY[0]):
        answer = client.post("/new/", {"name": "Evil wish"}, headers={"Origin": "https://evil.example"})
    main = page_of(answer).one("main")

    assert answer.status_code == 503
    assert not main.all("form")
    assert main.all("a")[0].attrs["href"] == "/new/"
    assert "Evil wish" not in answer.content.decode()


def test_a_form_that_cannot_be_read_leaves_the_way_back(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    with patch("issues.views.home.refuse", side_effect=AWAY[0]):
        answer = client.post("/?from=here", {"name": "Lakes", "more": "1"})
    main = page_of(answer).one("main")

    assert answer.status_code == 503
    assert not main.all("form")
    assert main.all("a")[0].attrs["href"] == "/?from=here"


@pytest.mark.parametrize(("error", "status"), [(AWAY[0], 503), (ZeroDivisionError("by zero"), 500)])
def test_the_api_is_told_in_its_own_form(
    universe: Universe, settings: Any, client: Client, error: Exception, status: int
) -> None:
    settings.PUBLIC_READ = True
    with patch("issues.api.view.readable", side_effect=error):
        answer = client.get("/api/v1/processes/lenna/positions/")

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "by zero" not in answer.content.decode()


def test_another_mistake_is_no_outage(universe: Universe, settings: Any, client: Client) -> None:
    settings.PUBLIC_READ = True
    with patch(READS, side_effect=ZeroDivisionError("by zero")):
        answer = client.get("/lenna/")

    assert answer.status_code == 500
    assert page_of(answer).one("h1").text == "Something broke on our side"
    assert "Retry-After" not in answer


@pytest.mark.parametrize(("error", "words"), FAULTS, ids=lambda said: repr(said)[:60])
def test_a_page_says_what_is_the_matter_and_keeps_what_was_typed(
    client: Client, error: Exception, words: str
) -> None:
    with (
        patch("issues.views.home.read_now", side_effect=error),
        patch("issues.views.home.settings") as said,
    ):
        said.PUBLIC_READ = True
        answer = client.post("/", {"name": "Lake talks"})
    main = page_of(answer).one("main")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert main.one("h1").text == words
    assert "What was stored before is not lost" in main.text
    assert main.one("input", name="name").attrs["value"] == "Lake talks"
    assert str(error) not in answer.content.decode()


def test_a_file_that_is_not_there_is_no_fault_of_the_disk() -> None:
    assert fault_of(FileNotFoundError(errno.ENOENT, "x")) is Fault.BROKEN


@pytest.mark.parametrize(
    ("error", "words"), [FAULTS[1], FAULTS[2], FAULTS[-1]], ids=lambda said: repr(said)[:60]
)
def test_a_script_is_told_it_in_a_sentence(client: Client, error: Exception, words: str) -> None:
    with (
        patch("issues.views.home.read_now", side_effect=error),
        patch("issues.views.home.settings") as said,
    ):
        said.PUBLIC_READ = True
        answer = client.post("/", {"code": "a"}, headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()) == (503, {"error": f"{words}."})
