"""Writers on SQLite stand in a queue: the next one goes on as soon as the one before has committed."""

from contextlib import ExitStack
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from issues.history import Way, recording
from issues.models import Place
from issues.tests.factories import make_place
from issues.writers import turn

# PostgreSQL has writers side by side.
pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def in_another_thread(done: Event) -> Thread:
    """Somebody else who records something."""

    def write() -> None:
        with recording(by=None, reason="Second.", kind=Way.COMMAND):
            make_place(name="Second")
        connection.close()
        done.set()

    thread = Thread(target=write)
    thread.start()
    return thread


def test_a_writer_waits_for_the_one_before_who_has_the_turn() -> None:
    done = Event()
    with turn():  # and nothing of the database yet
        thread = in_another_thread(done)
        assert not done.wait(0.3)
        assert not Place.objects.exists()
    thread.join()
    assert Place.objects.get().name == "Second"


def test_what_is_recorded_at_once_is_recorded_one_after_the_other() -> None:
    done = Event()
    with recording(by=None, reason="First.", kind=Way.COMMAND):
        make_place(name="First")
        thread = in_another_thread(done)
        assert not done.wait(0.3)
    thread.join()
    assert list(Place.objects.order_by("pk").values_list("name", flat=True)) == ["First", "Second"]


def test_the_turn_is_given_up_when_writing_fails() -> None:
    done = Event()
    with pytest.raises(ZeroDivisionError), recording(by=None, reason="First.", kind=Way.COMMAND):
        1 / 0  # noqa: B018
    in_another_thread(done).join()
    assert done.is_set()


def test_who_writes_already_waits_for_nobody() -> None:
    """Somebody waits for the database with their turn, while it is held by one who never asked for one."""
    done = Event()
    with ExitStack() as held:
        held.enter_context(transaction.atomic())
        thread = in_another_thread(done)
        assert not done.wait(0.2)
        with recording(by=None, reason="First.", kind=Way.COMMAND):
            make_place(name="First")
    thread.join()
    assert Place.objects.count() == 2


def test_a_turn_within_a_turn_would_wait_for_itself_and_is_not_asked_for() -> None:
    with recording(by=None, reason="Outer.", kind=Way.COMMAND):
        make_place(name="Both")
        with turn():
            assert Place.objects.exists()
