"""Timing a case: medians, each run in turns with a yardstick, so that both have the machine as it is then."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.core.cache import cache
from django.db import connection

from issues.actions.importing.look import forget_looks
from issues.management.bench.results import Figure
from issues.queries.reading.remembered import forget_readings
from tracker.interpreter import with_room

# About so many seconds are given to a case, which is run within these bounds.
SECONDS = 1.0
FEWEST, MOST = 3, 25
COUNTED = -1


@dataclass(frozen=True)
class Case:
    """Something to run many times.

    ``beside`` names the line that it is an alternative to, ``note`` what it leaves out or what is not timed.
    ``prepare`` is done before each run, untimed. ``queries`` is given where Django does not see them, None
    where nobody does.
    """

    name: str
    run: Callable[[], object]
    beside: str = ""
    note: str = ""
    prepare: Callable[[], object] = lambda: None
    queries: int | None = COUNTED


@dataclass(frozen=True)
class _Took:
    """Seconds by the clock and of the processors; None where those of the database are not known."""

    clock: float
    processor: float | None


def forget_all() -> None:
    """Empty what a server process keeps: pages, readings, plans of files, and who tried too often."""
    forget_looks()
    forget_readings()
    cache.clear()


def timed(case: Case, yardstick: Callable[[], object]) -> Figure:
    """Run a case once, for what a process does but once, and then for a while in turns with the yardstick.

    Both with the room on the stack that a request has.
    """
    run, yardstick = with_room(case.run), with_room(yardstick)
    case.prepare()
    first = _took(run).clock
    gc.collect()
    own, yards, asked = [], [], 0
    for _ in range(max(FEWEST, min(MOST, round(SECONDS / first)))):
        case.prepare()
        yards.append(_took(yardstick))
        with _counted() as seen:
            own.append(_took(run))
        asked = len(seen)
    queries = asked if case.queries == COUNTED else case.queries
    return Figure(*_medians(own), *_medians(yards), queries)


def _medians(took: list[_Took]) -> tuple[float, float | None]:
    known = [one.processor for one in took if one.processor is not None]
    processor = round(median(known) * 1000, 3) if len(known) == len(took) else None
    return round(median(one.clock for one in took) * 1000, 3), processor


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements that are made meanwhile; Django's own log forgets the first of very many."""
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


def _took(run: Callable[[], object]) -> _Took:
    clock, own, served = perf_counter(), process_time(), _of_database()
    run()
    clock, own, after = perf_counter() - clock, process_time() - own, _of_database()
    return _Took(clock, own + after - served if served is not None and after is not None else None)


def _of_database() -> float | None:
    """Seconds that the process of the database which serves our connection has had of a processor.

    SQLite has none. Linux tells it of PostgreSQL's, where that runs on this machine.
    """
    if connection.vendor == "sqlite":
        return 0.0
    connection.ensure_connection()
    served = Path(f"/proc/{connection.connection.info.backend_pid}")
    try:
        if (served / "comm").read_text().strip() != "postgres":
            return None
        return int((served / "schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return None
