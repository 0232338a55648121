"""Who began before another had closed, and closes after it, is on record as later."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection

from issues.history import WHOLE, ChangeSet, Revision, Way, recording
from issues.models import Place

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def begun_by_another(names: list[str]) -> Iterator[None]:
    """Another writer, who has written and closes when this ends."""
    wrote, close = Event(), Event()

    def write() -> None:
        try:
            with recording(by=None, reason="slow", kind=Way.COMMAND):
                for name in names:
                    Place(name=name).save()
                wrote.set()
                close.wait(20)
        finally:
            wrote.set()
            connection.close()

    other = Thread(target=write)
    other.start()
    wrote.wait(20)
    try:
        yield
    finally:
        close.set()
        other.join()


# SQLite has one writer at a time.
@pytest.mark.postgresql
def test_a_writer_who_closes_later_is_later_on_record() -> None:
    names = ["Ford", "Mill", "Weir"]
    with begun_by_another(names):
        with recording(by=None, reason="quick", kind=Way.COMMAND):
            Place(name="Dam").save()
        cited = Revision.objects.get(of=WHOLE).recorded_at
        assert cited is not None

    rows = list(Place.history.filter(name__in=names).order_by("history_date", "history_id"))
    assert [row.name for row in rows] == names
    closed = Revision.objects.get(of=WHOLE).recorded_at
    assert closed is not None
    assert all(cited < row.history_date <= closed for row in rows)
    assert cited < ChangeSet.objects.get(reason="slow").time <= closed
