"""What the figures are held against: each bound beside what a run measured. No Django."""

from collections.abc import Callable
from dataclasses import dataclass

from issues.management.bench.results import (
    ADMIN,
    AGAIN,
    CHANGED,
    DEEP,
    FIRST,
    FORMS,
    HTTP,
    KNOWN,
    MATRIX,
    NEXT,
    READ,
    READING,
    REMEMBERED,
    SEARCH,
    SECOND,
    STANDS,
    Line,
    Run,
)

GROWS = (FIRST, FORMS, ADMIN)


@dataclass(frozen=True)
class Measured:
    """What a run measured, in the unit of its bound, and of what where it is the worst of several."""

    value: float
    of: str = ""


@dataclass(frozen=True)
class Bound:
    """What is promised: no more than ``most`` times, or ``unit``."""

    words: str
    most: float
    measure: Callable[[Run], Measured | None]
    unit: str = "×"


def _beside(group: str, name: str, other: str) -> Callable[[Run], Measured | None]:
    """One line of the largest size by another of its group, each in yardsticks of its own minutes."""

    def measure(run: Run) -> Measured | None:
        one, by, size = run.line(group, name), run.line(group, other), run.largest
        if one is None or by is None or size not in one.at or size not in by.at:
            return None
        return Measured(one.ratio(size) / by.ratio(size))

    return measure


def _in_yards(group: str, name: str) -> Callable[[Run], Measured | None]:
    def measure(run: Run) -> Measured | None:
        line = run.line(group, name)
        return Measured(line.ratio(run.largest)) if line and run.largest in line.at else None

    return measure


def _milliseconds(group: str, name: str) -> Callable[[Run], Measured | None]:
    def measure(run: Run) -> Measured | None:
        line = run.line(group, name)
        return Measured(line.cost(run.largest)) if line and run.largest in line.at else None

    return measure


def _slowest_over_http(end: str) -> Callable[[Run], Measured | None]:
    def measure(run: Run) -> Measured | None:
        lines = [one for one in run.group(HTTP) if one.name.endswith(f", {end}")]
        return _worst([(one.ratio(run.largest), one) for one in lines if run.largest in one.at])

    return measure


def _searched(run: Run) -> Measured | None:
    return _worst([(one.cost(run.largest), one) for one in _searches(run)])


def _searched_more(run: Run) -> Measured | None:
    return _worst(growths(run, _searches(run)))


def _grown(group: str) -> Callable[[Run], Measured | None]:
    return lambda run: _worst(growths(run, run.group(group)))


def _asked_more(run: Run) -> Measured | None:
    lines = [line for group in GROWS for line in run.group(group) if len(line.at) > 1]
    if not lines:
        return None
    more = [line for line in lines if len({figure.queries for figure in line.at.values()}) > 1]
    return Measured(len(more), more[0].name if more else "")


def _readers(run: Run) -> Measured | None:
    told = run.beside.get("readers")
    return Measured(told["beside"]["p95"] / told["alone"]["p95"]) if told else None


def _memory(run: Run) -> Measured | None:
    told = run.beside.get("memory")
    return Measured(told["last"] / told["first"]) if told else None


def _searches(run: Run) -> list[Line]:
    return [one for one in run.group(SEARCH) if one.name.startswith("search") and run.largest in one.at]


def growths(run: Run, lines: list[Line]) -> list[tuple[float, Line]]:
    """How many times its cost at the smallest size each line costs at the largest.

    In milliseconds, because a yardstick that asks the database has grown with it.
    """
    first, last = min(run.sizes), run.largest
    if first == last:
        return []
    return [(one.cost(last) / one.cost(first), one) for one in lines if first in one.at and last in one.at]


def _worst(found: list[tuple[float, Line]]) -> Measured | None:
    if not found:
        return None
    value, line = max(found, key=lambda one: one[0])
    return Measured(value, line.name)


BOUNDS = (
    Bound(f"the slowest page over HTTP, {AGAIN} (304) ÷ `/healthz`", 1.5, _slowest_over_http(AGAIN)),
    Bound(f"the slowest page over HTTP, {SECOND}, our copy ÷ `/healthz`", 3, _slowest_over_http(SECOND)),
    Bound(f"read and fold ÷ {STANDS}", 3, _in_yards(READING, READ)),
    Bound(f"read and fold ÷ {CHANGED}", 3, _beside(READING, READ, CHANGED)),
    Bound(f"the same from memory ÷ {STANDS}", 0.2, _in_yards(READING, REMEMBERED)),
    Bound("as known on a day ÷ as known today", 2, _beside(READING, KNOWN, READ)),
    Bound(f"matrix page, first reader ÷ {STANDS}", 12, _in_yards(FIRST, MATRIX)),
    Bound("deep process: matrix page, first reader", 1200, _milliseconds(DEEP, MATRIX), "ms"),
    Bound("deep process: matrix page, next reader", 10, _milliseconds(DEEP, f"{MATRIX}, {SECOND}"), "ms"),
    Bound(f"deep process: read and fold ÷ {STANDS}", 3, _in_yards(DEEP, READ)),
    Bound(f"deep process: read and fold ÷ {CHANGED}", 3, _beside(DEEP, READ, CHANGED)),
    Bound("the slowest search at the largest size", 60, _searched, "ms"),
    Bound("the search that grew most, largest ÷ smallest size", 3, _searched_more),
    *(
        Bound(f"what grew most of “{group}”, largest ÷ smallest size", 1.5, _grown(group))
        for group in (FIRST, NEXT, FORMS, ADMIN)
    ),
    Bound("p95 of 200 readers beside 20 writers ÷ alone", 2, _readers),
    Bound("memory of a process after 10,000 pages ÷ after 2,000", 1.05, _memory),
    Bound("pages, forms and lists that ask more queries at another size", 0, _asked_more, ""),
)
