"""Whether the server lives, and whether it is ready to answer and to store: for whoever watches it."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

import psycopg
from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from issues.history import revision
from tracker.faults import Fault, fault_of

AWAY = "The database does not answer, or is not migrated."
FULL = "The disk of the database is full."
READ_ONLY = "The database can be read and not written."
NO_RELEASES = "No file can be stored in RELEASES_DIR."
# What is tried, in bytes: more than a page of either database, so that who is told "ready" can store.
TRIED = 256 * 1024
# Sorts more than the memory that it is given, so that the server writes to the disk where its data lies. It
# changes nothing and leaves nothing behind.
SPILL = "SELECT count(*) FROM generate_series(1, 10000)"


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; it asks nothing else. Where this fails, start it anew."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when it can answer and store, else 503 with what stands against it: send nobody here meanwhile."""
    told = next(faults(), None)
    return HttpResponse(told or "ok", status=503 if told else 200, content_type="text/plain")


def faults() -> Iterator[str]:
    """What stands against answering and storing, in words."""
    try:
        knock()
        revision()
        _try_database()
    except (Error, OSError) as error:
        told = {Fault.FULL: FULL, Fault.READ_ONLY: READ_ONLY}
        yield told.get(fault_of(error), AWAY)
        return
    try:
        _try_disk(Path(settings.RELEASES_DIR))
    except OSError:
        yield NO_RELEASES


def knock() -> None:
    """Ask the server of a database for a connection past the pool, which waits where it is away."""
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors:
            psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": 1}).close()


def _try_database() -> None:
    """Raises what a write would raise where the disk is full or nothing may be written."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        if file.is_file():
            if not os.access(file, os.W_OK):
                raise PermissionError(f"{file.name} is read-only")
            _try_disk(file.parent)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64kB'")
        cursor.execute(SPILL)
        cursor.execute("SHOW transaction_read_only")
        if cursor.fetchone() == ("on",):
            raise PermissionError("The database is read-only")


def _try_disk(place: Path) -> None:
    """Write a file without a name, there or where the folder would be made. Raises OSError."""
    while not place.exists() and place != place.parent:
        place = place.parent
    with TemporaryFile(dir=place) as file:
        file.write(b"\0" * TRIED)
