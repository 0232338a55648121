"""Runs that were never made, to write tables of and to compare."""

from typing import Any

from issues.management.bench.results import PROCESSOR, READING, Figure, Line, Run

SMALL, LARGE = 10_000, 100_000


def figure(cost: float, yard: float = 10.0, queries: int | None = 5) -> Figure:
    """A figure that took as long of the processors; by the clock all of it took twice as long."""
    return Figure(2 * cost, cost, 2 * yard, yard, queries)


def line(name: str, *costs: float, group: str = READING, yard: float = 10.0, **other: Any) -> Line:
    """A line with its cost at each size, the smallest first."""
    at = {size: figure(cost, yard) for size, cost in zip((SMALL, LARGE), costs, strict=False)}
    return Line(group, name, **{"beside": "", "note": "", "by": PROCESSOR, "at": at, **other})


def run(*lines: Line, database: str = "sqlite", sizes: tuple[int, ...] = (SMALL, LARGE)) -> Run:
    """A run with these lines."""
    versions = {"database": "3.50", "Django": "5.2"}
    made = dict.fromkeys(sizes, 2.0)
    return Run(database, "2030-01-02", "2 processors, 8 GB", versions, list(sizes), made, list(lines))
