"""Of several threads that want the same thing one makes it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from issues.models import Process
from issues.once import Turns
from issues.queries.reading import remembered
from issues.queries.reading.process import Reading
from issues.views.kept import _copied

READERS = 8
PATIENCE = 20


def test_who_wants_the_same_waits_and_who_wants_another_does_not() -> None:
    turns, inside, go_on = Turns(), Event(), Event()
    order: list[str] = []

    def first() -> None:
        with turns.at("page"):
            inside.set()
            assert go_on.wait(PATIENCE)
            order.append("first")

    def second() -> None:
        with turns.at("page"):
            order.append("second")

    with ThreadPoolExecutor(2) as pool:
        making = pool.submit(first)
        assert inside.wait(PATIENCE)
        waiting = pool.submit(second)
        with turns.at("another page"):
            order.append("another")
        go_on.set()
        making.result(PATIENCE), waiting.result(PATIENCE)
    assert order == ["another", "first", "second"]
    assert len(turns) == 0


def test_what_fails_keeps_nobody_waiting() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.at("page"):
        1 / 0  # noqa: B018
    with turns.at("page"):
        assert len(turns) == 1
    assert len(turns) == 0


def test_a_page_that_many_ask_for_at_once_is_made_once() -> None:
    cache.clear()
    together, made = Barrier(READERS), []

    def answer() -> HttpResponse:
        made.append(True)
        assert not Event().wait(0.05), "so that the others come meanwhile"
        return HttpResponse("the page")

    def read(number: int) -> bytes:
        packed = {"Accept-Encoding": "gzip"} if number % 2 else {}
        request = RequestFactory().get("/lenna/", headers=packed)
        together.wait(PATIENCE)
        found: Any = _copied(request, "sign", answer)
        return bytes(found.content)

    with ThreadPoolExecutor(READERS) as pool:
        read_by = list(pool.map(read, range(READERS)))
    assert made == [True]
    assert read_by.count(b"the page") == READERS / 2
    assert len(set(read_by)) == 2


def test_a_page_that_cannot_be_kept_is_made_for_each() -> None:
    cache.clear()
    made: list[int] = []

    def answer() -> HttpResponse:
        made.append(1)
        return HttpResponse("gone", status=410)

    for _ in range(2):
        assert _copied(RequestFactory().get("/lenna/"), "sign", answer).status_code == 410
    assert len(made) == 2


def test_a_process_that_many_read_at_once_is_read_once() -> None:
    remembered.forget_readings()
    process = Process(pk=1)
    process.sign = "sign"  # type: ignore[attr-defined]
    together, made = Barrier(READERS), []

    class Slow(Reading):
        def begin_folding(self) -> None:
            made.append(True)
            assert not Event().wait(0.05), "so that the others come meanwhile"

    def read(_: int) -> Any:
        together.wait(PATIENCE)
        return remembered.remembered(process)

    slow = patch.object(remembered, "read", lambda *asked: Slow(process, {}, {}, (), ()))
    with slow, ThreadPoolExecutor(READERS) as pool:
        assert len(list(pool.map(read, range(READERS)))) == READERS
    remembered.forget_readings()
    assert made == [True]
