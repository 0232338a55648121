"""``manage.py rebuild_search``: by what every record is found, and likely duplicates are, written anew."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from issues.actions.record.marks import mark_anew
from issues.actions.record.search_entries import rebuild, tidy
from issues.queries.search.entries import SEARCHED, Kind
from issues.queries.upkeep.marks import MARKED

EVERY = 2.0


class Command(BaseCommand):
    """Safe while people work: some thousand records at a time."""

    help = (
        "Write anew the words by which search finds every record, and forget those of records that are gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take none: all of them are written."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them, telling on the standard error how far it is."""
        self.told, self.done = monotonic(), dict[Kind, int]()
        for kind in SEARCHED:
            rebuild(kind, self._tell)
        tidy()
        for kind in MARKED:
            mark_anew(kind)
        self.stdout.write(
            self.style.SUCCESS(f"The words of {sum(self.done.values()):,} records are written anew.")
        )

    def _tell(self, kind: Kind, done: int, of: int) -> None:
        self.done[kind] = done
        if monotonic() - self.told >= EVERY:
            self.told = monotonic()
            self.stderr.write(f"{kind._meta.verbose_name}: {done:,} of {of:,}")
