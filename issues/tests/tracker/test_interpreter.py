"""How CPython is made to run us."""

import gc
from collections.abc import Iterator
from itertools import count, islice
from resource import RUSAGE_SELF, getrusage
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from tracker import wsgi
from tracker.interpreter import collect_rarely, each_with_room, with_room

CALLS = 1_000
# So deep that the memory of the frames ends somewhere on the way, a piece being of 16 KB.
DEPTHS = range(300)


def large(*these: int) -> int:
    """A call whose frame is larger than one step deeper into the stack."""
    return len(these)


LARGE = large.__code__.replace(co_stacksize=100)


def mapped(depth: int) -> int:
    """How often memory was mapped while many calls were made so deep in the stack."""
    if depth:
        return mapped(depth - 1)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        large(1)
    return getrusage(RUSAGE_SELF).ru_minflt - before


@pytest.fixture(autouse=True)
def large_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the call take a hundred words."""
    monkeypatch.setattr(large, "__code__", LARGE)


def test_a_function_is_called_as_it_was() -> None:
    def told(*args: int, **named: str) -> tuple[tuple[int, ...], dict[str, str]]:
        return args, named

    assert with_room(told)(1, 2, name="x") == ((1, 2), {"name": "x"})
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 // 0)()


def test_with_room_no_depth_has_memory_mapped_with_each_call() -> None:
    assert max(with_room(mapped)(depth) for depth in DEPTHS) < CALLS / 2


def test_without_room_some_depth_has() -> None:
    """Should a Python come in which none has, all of it can go."""
    assert max(mapped(depth) for depth in DEPTHS) >= CALLS


def test_what_is_streamed_is_made_with_room_piece_by_piece() -> None:
    pieces = each_with_room(mapped(depth) for depth in DEPTHS)
    assert max(pieces) < CALLS / 2
    assert list(each_with_room([])) == []
    assert list(islice(each_with_room(count()), 3)) == [0, 1, 2]


@pytest.mark.django_db  # closing an answer looks after connections
def test_a_stream_that_is_closed_ends_what_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []

    def pieces() -> Iterator[bytes]:
        try:
            yield b"a"
            yield b"b"
        finally:
            ended.append(True)

    monkeypatch.setattr(wsgi, "_answer", lambda *asked: StreamingHttpResponse(pieces()))
    answer: Any = wsgi.application({}, None)
    assert next(iter(answer)) == b"a"
    answer.close()
    assert ended == [True]


def test_what_is_not_streamed_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = HttpResponse("all of it")
    monkeypatch.setattr(wsgi, "_answer", lambda *asked: whole)
    assert wsgi.application({}, None) is whole


def test_garbage_is_looked_for_less_often() -> None:
    before = gc.get_threshold()
    try:
        collect_rarely()
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
