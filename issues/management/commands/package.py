"""``manage.py package SLUG FILE``: the whole record of a process as one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.exports.package import Contents, package
from issues.models import Process


class Command(BaseCommand):
    """Write the Data Package of a process, as everybody may read it."""

    help = "Write the whole record of a process as a Data Package."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which process, and where to."""
        parser.add_argument("process", help="the slug of the process")
        parser.add_argument("file", type=Path, help="where the archive is written")
        parser.add_argument(
            "--with-history",
            action="store_true",
            help="with every version, our people by name and all their numbers: to move, not to publish",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or say why not."""
        process = Process.objects.filter(slug=options["process"]).first()
        if process is None:
            raise CommandError(f"There is no process “{options['process']}”.")
        contents = Contents.of(process, with_history=options["with_history"])
        try:
            with options["file"].open("wb") as opened:
                for some in package(contents):
                    opened.write(some)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {options['file']}, {options['file'].stat().st_size:,} bytes.")
