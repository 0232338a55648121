"""A file of new positions brought in and undone, beside simple-history's own writing in bulk alone."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter, sleep
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from issues.actions.importing.carry_out import File, carry_out
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Record, RecordQuerySet, Way, recording
from issues.importing.mapping import Mapping
from issues.importing.opened import opened, planned
from issues.importing.stored import stored
from issues.management.bench.data import measured
from issues.management.bench.load import writing
from issues.models import Actor, Evidence, Issue, Position, Process, Source, Statement, Summit

HEADS = "issue,actor,summit,option,quote,source_url,source_title"
MAPPING = Mapping(make={"source": {"kind": "news"}})
BATCH = 500


AMID = 5_000
# Of how many rows the memory is measured.
LARGE = 100_000
IDLE = 3.0


@dataclass(frozen=True)
class Waits:
    """The longest that anybody waited for a cell, in seconds, and how many cells were answered."""

    idle: float
    storing: float
    undoing: float
    answered: int


@dataclass(frozen=True)
class Timed:
    """Seconds that each step took, for so many positions, each with its own statement and evidence."""

    positions: int
    planned: float
    stored: float
    undone: float
    alone: float


def measure(positions: int) -> Timed:
    """Bring in a file of so many positions, undo it, and write the same records by the library alone."""
    process = measured()
    data = file_of(process, positions)
    took: dict[str, float] = {}
    made: dict[str, Any] = {}

    def plan() -> None:
        now = stored(process)
        made["plan"] = planned(opened(data, MAPPING, now), now)

    def store() -> None:
        file = File("bench.csv", "0" * 64, {})
        made["change_set"] = carry_out(made["plan"], process=process, file=file, by=None, reason="Measured.")

    def take_back() -> None:
        undo(made["change_set"], by=None, reason="Measured.", kind=Way.COMMAND)

    for name, step in (("planned", plan), ("stored", store), ("undone", take_back)):
        took[name] = seconds_of(step)
    return Timed(positions, alone=alone(process, positions), **took)


def waits(positions: int = AMID) -> Waits:
    """How long 20 people wait for their cells while a file comes in and is undone, in a process beside.

    Raises RuntimeError where a cell is refused.
    """
    process = measured()
    data = file_of(process, positions)
    now = stored(process)
    plan = planned(opened(data, MAPPING, now), now)
    done: dict[str, ChangeSet] = {}

    def store() -> None:
        file = File("bench.csv", "0" * 64, {})
        done["import"] = carry_out(plan, process=process, file=file, by=None, reason="Measured.")

    def take_back() -> None:
        undo(done["import"], by=None, reason="Measured.", kind=Way.COMMAND)

    with writing() as people:
        people.longest_while(lambda: sleep(IDLE))  # what a server does at first is no waiting for others
        idle, before = people.longest_while(lambda: sleep(IDLE))
        # The plan is of the record as it was before they wrote; their drafts are no part of it.
        storing, during = people.longest_while(store)
        undoing, after = people.longest_while(take_back)
    return Waits(idle, storing, undoing, before + during + after)


def peak_of(positions: int = LARGE) -> tuple[float, float]:
    """The most memory that a process took which brought a file in, and before it read it, in MB.

    In a process of its own, which does nothing else: what a process has had once it does not give back.
    """
    process = measured()
    with NamedTemporaryFile(suffix=".csv") as held:
        held.write(file_of(process, positions))
        held.flush()
        connection.close()
        told = subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, "-c", IN_A_CHILD, held.name, str(process.pk)],
            check=True,
            capture_output=True,
            text=True,
        )
    before, peak = map(float, told.stdout.split())
    return before, peak


# Run by a child: read, plan and store the file at a path, and say the memory before and at most.
# Linux says it of the program itself; what ``resource`` says holds what the parent had, too.
IN_A_CHILD = """
import re, sys
import django
django.setup()
from django.conf import settings
settings.DEBUG = False
from issues.management.bench.importing import bring_in
def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024
before = peak()
bring_in(sys.argv[1], int(sys.argv[2]))
print(before, peak())
"""


def bring_in(path: str, key: int) -> None:
    """Read, plan and store the file at a path."""
    process = Process.objects.get(pk=key)
    now = stored(process)
    plan = planned(opened(Path(path).read_bytes(), MAPPING, now), now)
    del now  # as a worker does
    file = File("bench.csv", "0" * 64, {})
    carry_out(plan, process=process, file=file, by=None, reason="Measured.")


def seconds_of(step: Callable[[], object]) -> float:
    """How long one run takes."""
    start = perf_counter()
    step()
    return perf_counter() - start


def file_of(process: Process, positions: int) -> bytes:
    """A file of positions that are not on record, at summits of their own, each with a quotation."""
    rows = [HEADS]
    for number, (summit, actor, issue) in enumerate(_cells(process, positions)):
        where = f"https://news.example/{summit.slug}/{actor.slug}"
        rows.append(
            f"{issue.slug},{actor.slug},{summit.slug},Option {number % 5 * 25},"
            f"Words as long as a quotation usually is {number}.,{where},Communiqué of {summit.slug}"
        )
    return "\n".join(rows).encode()


def _cells(process: Process, positions: int) -> list[tuple[Summit, Actor, Issue]]:
    """Where nothing stands yet: at new summits, as many as are needed."""
    actors = list(Actor.objects.filter(participations__process=process))
    issues = list(Issue.objects.filter(process=process))
    last = Summit.objects.filter(process=process).order_by("-starts_on")[0].starts_on
    there = Summit.objects.filter(process=process).count()
    summits = [
        Summit(
            process=process,
            slug=f"more-{there + n}",
            name=f"More {there + n}",
            starts_on=last + timedelta(days=n),
        )
        for n in range(1, 2 + positions // (len(actors) * len(issues)))
    ]
    with recording(by=None, reason="Made for the benchmark.", kind=Way.COMMAND):
        Summit.objects.bulk_create(summits)
    return [(s, a, i) for s in summits for a in actors for i in issues][:positions]


def alone(process: Process, positions: int) -> float:
    """Seconds in which the library's ``bulk_create_with_history`` writes the same records, ready made."""
    cells = _cells(process, positions)
    with recording(by=None, reason="Made for the benchmark.", kind=Way.COMMAND):
        of = Source(key="alone", title="Communiqué", publisher="news.example", kind="news")
        Source.objects.bulk_create([of])
    by_place = {(o.issue_id, o.value): o for i in {i for *_, i in cells} for o in i.options.all()}
    change_set = ChangeSet.objects.create(reason="Measured.", kind=Way.COMMAND)
    stated = [
        Position(issue=i, actor=a, summit=s, option=by_place[i.pk, n % 5 * 25.0])
        for n, (s, a, i) in enumerate(cells)
    ]
    words = [
        Statement(source=of, ref=f"s{n}", quote=f"Words as long as a quotation usually is {n}.", organ=a)
        for n, (_, a, _) in enumerate(cells)
    ]
    with patch.object(RecordQuerySet, "bulk_create", QuerySet.bulk_create), transaction.atomic():
        start = perf_counter()
        _write(Position, stated, change_set)
        _write(Statement, words, change_set)
        resting = [Evidence(position=p, statement=w) for p, w in zip(stated, words, strict=True)]
        _write(Evidence, resting, change_set)
        took = perf_counter() - start
        transaction.set_rollback(True)
    return took


def _write(model: type[Record], records: list[Any], change_set: ChangeSet) -> None:
    kept = {"change_set": change_set}
    bulk_create_with_history(records, model, batch_size=BATCH, custom_historical_attrs=kept)
