"""``manage.py verify FILE``: whether a backup can be restored, and is what it was made of."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from issues.backup.databases import in_place_of_the_default
from issues.backup.refused import Refused
from issues.backup.restore import tried


class Command(BaseCommand):
    """Restore a backup into a scratch database, compare it, and judge it by the rules of the domain."""

    help = "Restore a backup into a scratch database, compare it with its manifest, and run check_data on it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and whether the rules are asked, too."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-rules",
            action="store_true",
            help="compare alone, which takes minutes less of a large one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was found; raise CommandError, and with it an exit code, where something is wrong."""
        try:
            with tried(options["file"]) as found:
                for line in found.differences:
                    self.stderr.write(line)
                if found.differences:
                    raise CommandError(f"{len(found.differences)} tables are not what was backed up.")
                if not options["without_rules"]:
                    with in_place_of_the_default(found.database):
                        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
                        call_command("check_data", stdout=self.stdout)
        except Refused as error:
            raise CommandError(str(error)) from error
        manifest = found.manifest
        for name in manifest.lost:
            self.stderr.write(self.style.WARNING(f"The backup has no file of a release: {name}"))
        self.stdout.write(
            self.style.SUCCESS(
                f"Restored and compared: {manifest.rows:,} rows of {len(manifest.tables)} tables and "
                f"{len(manifest.files)} files of releases are what was recorded by {manifest.made_at}."
            )
        )
