"""``manage.py bench_check BEFORE AFTER``: whether anything got slower from one run to another."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.management.bench.compare import FLOOR, SLOWER, compare
from issues.management.bench.results import load


class Command(BaseCommand):
    """Fails where a line takes 1.5 times as many yardsticks as it did."""

    help = f"Fail where a line of a run got {SLOWER} times as slow, by its yardstick, as in another."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The results of two runs on one kind of database."""
        parser.add_argument("before", type=Path)
        parser.add_argument("after", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell each line that got slower. Raises CommandError where one did, or nothing can be compared."""
        try:
            before, after = load(options["before"]), load(options["after"])
            found = compare(before, after)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CommandError(f"These cannot be compared: {error}") from error
        for name in found.gone:
            self.stdout.write(f"Not measured any more, or at another size: {name}")
        for one in found.slower:
            self.stdout.write(
                f"{one.times:.1f} × as slow: {one.line.group}: {one.line.name}, {one.size:,} positions "
                f"({one.before:.2f} yardsticks before, {one.after:.2f} after)"
            )
        if found.slower:
            raise CommandError(f"{len(found.slower)} of {found.figures} figures got slower.")
        self.stdout.write(
            self.style.SUCCESS(
                f"None of {found.figures} figures got {SLOWER} × as slow, or by more than {FLOOR:g} ms."
            )
        )
