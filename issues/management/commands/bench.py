"""``manage.py bench FILE``: time reading, pages, lists, forms and writes at several sizes."""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from issues.management.bench.measure import measure
from issues.management.bench.results import write

SIZES = (10_000, 100_000)
LARGE = 1_000_000


class Command(BaseCommand):
    """Measure on data that it makes, in a database of its own, all in one run on one machine."""

    help = "Time reading, pages, lists, forms and writes at several sizes, as JSON (empties the database)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file of the results, and the sizes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="in positions")
        parser.add_argument(
            "--large",
            action="store_true",
            help=f"measure {LARGE:,} positions and the memory of the server, too",
        )
        parser.add_argument(
            "--alone", action="store_true", help="leave out many people at once, and the import of files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make each world and time what is in it. Refuses a database that is not its own."""
        if "bench" not in Path(str(connection.settings_dict["NAME"])).name:
            raise CommandError("bench empties its database: its name must contain “bench”.")
        if settings.DEBUG or not settings.PUBLIC_READ:
            raise CommandError("bench measures an open installation: DEBUG=false and PUBLIC_READ=true.")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("flush", verbosity=0, interactive=False)
        sizes = [*options["sizes"], *([LARGE] if options["large"] else [])]
        keep = partial(write, path=options["file"])
        measure(sizes, self._tell, keep, at_once=not options["alone"], long=options["large"])
        self.stdout.write(self.style.SUCCESS(f"Written to {options['file']}."))

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
