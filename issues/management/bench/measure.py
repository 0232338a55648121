"""One run: the worlds, one size after the other in one database, and what is timed in each."""

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from platform import machine, python_version, system
from time import perf_counter
from typing import Any

import django
import simple_history
from django.db import connection

from issues.management.bench import importing, results
from issues.management.bench.by_hand import standing
from issues.management.bench.data import DEEP, make_deep, make_world, measured, settle
from issues.management.bench.lists import admin_pages, forms, searches
from issues.management.bench.load import PEOPLE, SECONDS, p95_under_load
from issues.management.bench.memory import PAGES, memory_after
from issues.management.bench.over_http import asking, over_http
from issues.management.bench.pages import addresses, first_readers, next_readers
from issues.management.bench.readers import READERS, p95_of_readers
from issues.management.bench.readings import consistent, others, readings
from issues.management.bench.results import CLOCK, MATRIX, PROCESSOR, Line, Run
from issues.management.bench.timing import Case, timed
from issues.management.bench.writes import writes
from issues.models import Process
from issues.user import User
from tracker.interpreter import collect_rarely

IMPORTED = 10_000
Tell = Callable[[str], object]


def measure(
    sizes: Sequence[int],
    tell: Tell,
    keep: Callable[[Run], object],
    *,
    at_once: bool = True,
    long: bool = False,
) -> None:
    """Make a world of each size, the smallest first, and time everything in it; then a deep process.

    Garbage is looked for as a server does it. What is done by many ``at_once``, to a file, and for ``long``
    is measured at last, because it leaves traces. What was measured so far is there to ``keep`` after each
    part, should a later one fail. The database has to be migrated and without a record.
    """
    # What an installation tells of each request is told here, too, but not to whoever waits for the figures.
    logging.disable(logging.INFO)
    collect_rarely()
    run = _begun(sizes)
    editor = User.objects.create_superuser("bench", password=None)
    for size in run.sizes:
        tell(f"{size:,} positions …")
        start = perf_counter()
        make_world(size)
        settle()
        run.made[size] = perf_counter() - start
        tell(f"  made in {run.made[size]:,.0f} s")
        _measure_size(run, size, editor, tell, keep)
    tell(f"A process of {DEEP} …")
    deep = make_deep()
    settle()
    _add(run, results.DEEP, run.largest, _deep(deep, editor), yard=partial(standing, deep.pk))
    keep(run)
    aside: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {}
    if long:
        aside["memory"] = f"{PAGES:,} pages, one after the other", memory_after
    if at_once:
        aside["readers"] = f"{READERS} readers", partial(p95_of_readers, editor)
        aside["load"] = f"{PEOPLE} people at once", _load
        aside["file"] = "a file", _file
    for name, (words, act) in aside.items():
        tell(f"{words} …")
        run.beside[name] = act()
        keep(run)


def _measure_size(run: Run, size: int, editor: User, tell: Tell, keep: Callable[[Run], object]) -> None:
    process = measured()
    yard, found = partial(standing, process.pk), addresses(process, editor)
    groups: tuple[tuple[str, Callable[[], list[Case]], str], ...] = (
        (results.READING, lambda: [*readings(process), *others(process)], PROCESSOR),
        (results.FIRST, lambda: first_readers(found), PROCESSOR),
        (results.NEXT, lambda: next_readers(found), PROCESSOR),
        (results.SEARCH, lambda: searches(process), PROCESSOR),
        (results.FORMS, lambda: forms(process, editor), PROCESSOR),
        (results.ADMIN, lambda: admin_pages(process, editor), PROCESSOR),
        (results.COMPUTED, _computed, PROCESSOR),
        (results.WRITES, lambda: writes(process, editor), CLOCK),
    )
    for group, cases, by in groups:
        tell(f"  {group}")
        _add(run, group, size, cases(), yard=yard, by=by)
        keep(run)
    tell(f"  {results.HTTP}")
    with asking() as server:
        _add(run, results.HTTP, size, over_http(server, found), yard=server.health, by=CLOCK)
    keep(run)


def _add(
    run: Run, group: str, size: int, cases: Iterable[Case], *, yard: Callable[[], object], by: str = PROCESSOR
) -> None:
    for case in cases:
        line = run.line(group, case.name)
        if line is None:
            line = Line(group, case.name, case.beside, case.note, by)
            run.lines.append(line)
        line.at[size] = timed(case, yard)


def _deep(deep: Process, editor: User) -> list[Case]:
    """The readings of the deep process, and some of its pages for the first who reads them and the next."""
    found = addresses(deep, editor)
    some = {name: found[name] for name in (MATRIX, "summit page", "issue page")}
    return [*readings(deep), *first_readers(some), *next_readers(some)]


def _computed() -> list[Case]:
    return [
        Case("consistent bundles of 59,049 (10 issues × 3)", lambda: consistent([3] * 10)),
        Case("consistent bundles of 1,000,000 (6 issues × 10)", lambda: consistent([10] * 6)),
    ]


def _load() -> dict[str, Any]:
    under = p95_under_load()
    return {"people": PEOPLE, "seconds": SECONDS, "cell": under["autosave"], "row": under["plain"]}


def _file() -> dict[str, Any]:
    waited = asdict(importing.waits())
    before, peak = importing.peak_of()
    memory = {"before": before, "peak": peak, "large": importing.LARGE, "amid": importing.AMID}
    return {**asdict(importing.measure(IMPORTED)), **waited, **memory}


def _begun(sizes: Sequence[int]) -> Run:
    return Run(
        database=connection.vendor,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        machine=_machine(),
        versions={
            "database": ".".join(map(str, connection.get_database_version())),
            "Django": django.get_version(),
            "simple-history": simple_history.__version__,
            "Python": python_version(),
        },
        sizes=sorted(sizes),
    )


def _machine() -> str:
    """The processors, the memory, and what else goes on, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    what = f"{os.cpu_count()} processors{_model()}, {memory:.0f} GB, {system()} {machine()}"
    return f"{what}, load {load:.1f} when it began"


def _model() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    return f" ({names[0]})" if names else ""
