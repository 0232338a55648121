"""``manage.py bench_table TABLE RESULTS …``: the page of benchmarks, out of what runs measured."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from issues.management.bench.results import load
from issues.management.bench.table import table


class Command(BaseCommand):
    """One table of the runs on all databases."""

    help = "Write the page of benchmarks out of the results of runs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The page to write, and the results."""
        parser.add_argument("page", type=Path)
        parser.add_argument("results", type=Path, nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the results and write the page."""
        options["page"].write_text(table([load(path) for path in options["results"]]), encoding="utf-8")
        self.stdout.write(self.style.SUCCESS(f"Written to {options['page']}."))
