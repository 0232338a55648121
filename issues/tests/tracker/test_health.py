"""``/healthz``: whether the installation can answer and store; ``/healthz/live``: whether it lives."""

import errno
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client

ASKED = "tracker.health.revision"


@pytest.mark.django_db
def test_it_is_well_while_the_database_answers() -> None:
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_it_is_unavailable_when_the_database_does_not_answer(error: type[Exception]) -> None:
    with patch(ASKED, side_effect=error("gone")):
        response = Client().get("/healthz")

    assert response.status_code == 503
    assert response.content == b"The database does not answer, or is not migrated."


def test_another_mistake_is_not_taken_for_an_outage() -> None:
    with patch(ASKED, side_effect=ZeroDivisionError), pytest.raises(ZeroDivisionError):
        Client().get("/healthz")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_asked(method: str) -> None:
    assert getattr(Client(), method)("/healthz").status_code == 405


def test_it_lives_while_it_answers_and_asks_no_database() -> None:
    with patch(ASKED, side_effect=OperationalError("gone")):
        response = Client().get("/healthz/live")

    assert (response.status_code, response.content) == (200, b"ok")


def told() -> tuple[int, str]:
    """What is answered."""
    response = Client().get("/healthz")
    return response.status_code, response.content.decode()


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_beside_the_file_is_told(number: int) -> None:
    with patch("tracker.health.TemporaryFile", side_effect=OSError(number, "full")):
        assert told() == (503, "The disk of the database is full.")


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_file_that_may_not_be_written_is_told() -> None:
    with patch("tracker.health.os.access", return_value=False):
        assert told() == (503, "The database can be read and not written.")


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_server_that_writes_nothing_is_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET transaction_read_only = on")

    assert told() == (503, "The database can be read and not written.")


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_server_is_asked_to_write_to_its_disk_and_keeps_nothing_of_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL temp_file_limit = '64kB'")

    assert told()[0] == 503

    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone() != ("64kB",)


@pytest.mark.django_db
def test_a_place_for_releases_that_cannot_be_written_is_told(settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_DIR = str(tmp_path / "to" / "be made")
    assert told() == (200, "ok")

    (tmp_path / "file").touch()
    settings.RELEASES_DIR = str(tmp_path / "file")
    assert told() == (503, "No file can be stored in RELEASES_DIR.")
