"""``manage.py check_links [--process SLUG]``: which sources no longer answer, and which copies there are."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.actions.upkeep.check_links import PAUSE, check_links
from issues.models import Process
from issues.queries.upkeep.links import addresses, sources_at


class Command(BaseCommand):
    """For a weekly timer. Only addresses of the open web are asked."""

    help = "Ask the address of each source whether it still answers, and list the dead with their copies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of which process, and how politely."""
        parser.add_argument("--process", help="the slug of the process; all where it is left out")
        parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two of one host")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask them, and say which are dead."""
        process = None
        if options["process"]:
            process = Process.objects.filter(slug=options["process"]).first()
            if process is None:
                raise CommandError(f"There is no process “{options['process']}”.")
        count = dead = 0
        for check in check_links(addresses(process), pause=options["pause"]):
            count += 1
            if not check.is_dead:
                continue
            dead += 1
            for source in sources_at(check.address):
                copy = f"archived copy: {source.archive_url}" if source.archive_url else "no archived copy"
                self.stdout.write(f"{source.key}: {check.address} {check.told}; {copy}")
        told = f"{count} address{'' if count == 1 else 'es'} asked, {dead} dead."
        self.stdout.write(self.style.WARNING(told) if dead else self.style.SUCCESS(told))
