"""``manage.py restore FILE``: a backup put back into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from issues.backup.refused import Refused
from issues.backup.restore import restore


class Command(BaseCommand):
    """Put a backup back, all of it or nothing."""

    help = (
        "Put a backup into the database of the settings, and the files of its releases where they are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and whether what is there may go."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="replace everything that the database holds now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore it and say what is there now, and what comes next."""
        try:
            found = restore(options["file"], overwrite=options["overwrite"])
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            self.style.SUCCESS(
                f"Restored what was recorded by {found.made_at}: {found.rows:,} rows of {len(found.tables)} "
                f"tables, {len(found.files)} files of releases. Whoever was signed in signs in again."
            )
        )
        for name in found.lost:
            self.stderr.write(self.style.WARNING(f"The backup has no file of a release: {name}"))
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("It is of a release before this one: run manage.py migrate now.")
