"""``manage.py bench FILE``: time queries, pages and writes at several sizes, and write a table."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from platform import python_version
from statistics import median
from time import perf_counter
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, reset_queries

from issues.management.bench import importing
from issues.management.bench.cases import Case, cases
from issues.management.bench.data import make_world
from issues.management.bench.load import PEOPLE, SECONDS, p95_under_load
from issues.user import User

SIZES = (1_000, 10_000, 100_000)
IMPORTED = 10_000


class Command(BaseCommand):
    """Measure on data that it makes, in a database of its own, all in one run on one machine."""

    help = "Time queries, pages and writes at 1,000, 10,000 and 100,000 positions (empties the database)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file of the table, and the sizes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make each world, time each case, write the table. Refuses a database that is not its own."""
        if "bench" not in str(settings.DATABASES["default"]["NAME"]):
            raise CommandError("bench empties its database: its name must contain “bench”.")
        settings.DEBUG = False  # which keeps each statement in words: no installation pays for that
        call_command("migrate", verbosity=0, interactive=False)
        results: dict[str, dict[int, tuple[float, int]]] = {}
        beside: dict[str, str] = {}
        for size in options["sizes"]:
            self.stdout.write(f"{size:,} positions …")
            call_command("flush", verbosity=0, interactive=False)
            User.objects.create_superuser("bench", password=None)
            make_world(size)
            for case in cases():
                results.setdefault(case.name, {})[size] = _timed(case)
                beside[case.name] = case.beside
        self.stdout.write(f"{PEOPLE} people at once …")
        load = p95_under_load()
        self.stdout.write(f"A file of {IMPORTED:,} positions …")
        brought = _brought(importing.measure(IMPORTED), importing.waits())
        self.stdout.write(f"The memory of a file of {importing.LARGE:,} positions …")
        brought += _remembered(*importing.peak_of())
        options["file"].write_text(_table(results, beside, options["sizes"]) + _loaded(load) + brought)
        self.stdout.write(self.style.SUCCESS(f"Written to {options['file']}."))


def _timed(case: Case) -> tuple[float, int]:
    """The median time in milliseconds over the repeats, and how many queries one run makes."""
    reset_queries()
    before = len(connection.queries_log)
    connection.force_debug_cursor = True
    case.run()
    queries = len(connection.queries_log) - before
    connection.force_debug_cursor = False
    return median(_once(case.run) for _ in range(case.repeats)) * 1000, queries


def _once(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def _table(
    results: dict[str, dict[int, tuple[float, int]]], beside: dict[str, str], sizes: tuple[int, ...]
) -> str:
    heads = "".join(f" {size:,} |" for size in sizes)
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {connection.vendor}, Django "
        f"{django.get_version()}, Python {python_version()}. Median milliseconds by number of positions "
        "stored, in processes of 25 issues × 8 actors × 20 summits. Trust ratios, not figures.",
        "",
        f"| what | queries |{heads} {sizes[-1]:,} ÷ {sizes[0]:,} |",
        "| --- | ---: |" + " ---: |" * (len(sizes) + 1),
    ]
    for name, by_size in results.items():
        times = [by_size[size][0] for size in sizes]
        label = f"&nbsp;&nbsp;instead: {name}" if beside[name] else name
        figures = "".join(f" {time:,.1f} |" for time in times)
        lines.append(f"| {label} | {by_size[sizes[-1]][1]} |{figures} {times[-1] / times[0]:.1f} |")
    return "\n".join(lines) + "\n"


def _loaded(load: dict[str, tuple[float, int]]) -> str:
    (saved, saves), (plain, writes) = load["autosave"], load["plain"]
    cell, beside = "commit a cell of the log sheet, with its history", "&nbsp;&nbsp;beside: write one row"
    return (
        f"\n{PEOPLE} people writing at once over HTTP, each into a field of their own, at the largest size, "
        f"on two processes of gunicorn, the two views in turns for {SECONDS:g} seconds:\n\n"
        "| what | answered | p95, ms | ratio |\n| --- | ---: | ---: | ---: |\n"
        f"| {cell} | {saves:,} | {saved:,.0f} | {saved / plain:.1f} |\n"
        f"| {beside} | {writes:,} | {plain:,.0f} | 1.0 |\n\nNo request failed.\n"
    )


def _remembered(before: float, peak: float) -> str:
    return (
        f"\nA process that reads, plans and stores a file of {importing.LARGE:,} positions takes "
        f"{peak:,.0f} MB at most (resident), {before:,.0f} of which are Django and its libraries.\n"
    )


def _brought(timed: importing.Timed, waits: importing.Waits) -> str:
    rows = (
        ("read, check and plan the file", timed.planned),
        ("store it, as one change set", timed.stored),
        ("&nbsp;&nbsp;beside: `bulk_create_with_history` of the same records alone", timed.alone),
        ("undo it, as one", timed.undone),
    )
    lines = "".join(
        f"| {what} | {took:,.1f} | {timed.positions / took:,.0f} | {timed.alone / took:.2f} |\n"
        for what, took in rows
    )
    return (
        f"\nA file of {timed.positions:,} new positions, each with a statement, evidence and their history, "
        "with the largest record beside it:\n\n"
        "| what | seconds | positions/s | times as fast as the library |\n| --- | ---: | ---: | ---: |\n"
        f"{lines}"
        f"\n{PEOPLE} people logging cells over HTTP meanwhile ({waits.answered:,} cells, none refused), "
        "the longest that any of them waited, in seconds: "
        f"{waits.idle:.2f} with nothing beside, {waits.storing:.2f} while {importing.AMID:,} positions "
        f"came in, {waits.undoing:.2f} while they were undone.\n"
    )
