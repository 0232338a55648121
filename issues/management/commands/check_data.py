"""``manage.py check_data``: every breach of the domain's rules in what is stored."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from issues.actions.rules.check import Breach, breaches, unfinished
from issues.history import Record
from issues.models import RECORDS


class Command(BaseCommand):
    """Check every stored record against the same rules that pages, admin and imports obey."""

    help = "List every breach of the domain's rules in what is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take none: the whole database is checked."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a breach; raise CommandError if there is any."""
        checked = broken = 0
        for model in RECORDS:
            for record in model._default_manager.order_by("pk").iterator(chunk_size=1000):
                checked += 1
                for name, message in _all_breaches(record):
                    broken += 1
                    self.stdout.write(f"{model._meta.verbose_name} {record.natural_key()}: {name}: {message}")
        if broken:
            raise CommandError(f"{broken} breaches in {checked} records.")
        self.stdout.write(self.style.SUCCESS(f"{checked} records checked, no breach."))


def _all_breaches(record: Record) -> Iterator[Breach]:
    try:
        record.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield name, " ".join(messages)
        return
    yield from breaches(record)
    yield from unfinished(record)
