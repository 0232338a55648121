"""``manage.py backup FILE``: all that is recorded in one file, while people work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from issues.backup.make import backup
from issues.backup.refused import Refused
from issues.backup.retention import Kept, name_of, to_remove


class Command(BaseCommand):
    """Write a backup; of those in a folder, keep some."""

    help = "Write the database and the files of releases into one file, while people work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and of a folder how many are kept."""
        parser.add_argument("file", type=Path, help="the file; or a folder, where it is named by its time")
        parser.add_argument("--overwrite", action="store_true", help="replace a file that is there")
        for each in ("hourly", "daily", "weekly"):
            words = f"of a folder: keep the last {each} backups, so many, and remove what nothing keeps"
            parser.add_argument(f"--keep-{each}", type=int, default=0, metavar="N", help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what is in it; raise CommandError where it cannot be done."""
        kept = Kept(options["keep_hourly"], options["keep_daily"], options["keep_weekly"])
        folder = options["file"] if options["file"].is_dir() else None
        if any(kept) and folder is None:
            raise CommandError("What is kept is said of a folder, and this is none.")
        if min(kept) < 0:
            raise CommandError("So many backups cannot be kept.")
        file = folder / name_of(timezone.now()) if folder else options["file"]
        try:
            made = backup(file, overwrite=options["overwrite"])
        except Refused as error:
            raise CommandError(str(error)) from error
        for name in made.lost:
            self.stderr.write(self.style.WARNING(f"The file of a release is missing: {name}"))
        self.stdout.write(
            f"Wrote {file}, {file.stat().st_size:,} bytes: {made.rows:,} rows of {len(made.tables)} tables, "
            f"{len(made.files)} files of releases."
        )
        for old in to_remove(folder, kept) if folder and any(kept) else ():
            old.unlink()
            self.stdout.write(f"Removed {old}.")
        if made.lost:
            raise CommandError(f"{len(made.lost)} files of releases are missing; the rest was written.")
