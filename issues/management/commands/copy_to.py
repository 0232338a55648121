"""``manage.py copy_to URL``: the whole record into a database of the other engine."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.backup.move import copy_to
from issues.backup.refused import Refused

EVERY = 2.0


class Command(BaseCommand):
    """Copy, and compare; one that was broken off is gone on with."""

    help = (
        "Copy every row into a migrated empty database, from SQLite to PostgreSQL or back, and compare both."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("url", help="the address of the other database, as DATABASE_URL is written")

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy, telling on the standard error how far it is; raise CommandError where it cannot be done."""
        self.told = monotonic()
        try:
            sums = copy_to(options["url"], self._tell)
        except Refused as error:
            raise CommandError(str(error)) from error
        rows = sum(one.rows for one in sums.values())
        self.stdout.write(
            self.style.SUCCESS(
                f"Copied and compared: {rows:,} rows of {len(sums)} tables are the same in both. The files "
                "of releases stay where they are. Whoever was signed in signs in again."
            )
        )

    def _tell(self, name: str, done: int, of: int) -> None:
        if monotonic() - self.told >= EVERY:
            self.told = monotonic()
            self.stderr.write(f"{name}: {done:,} of {of:,} rows")
