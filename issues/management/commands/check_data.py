"""``manage.py check_data``: every breach of the domain's rules in what is stored."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import ForeignKey

from issues.actions.rules.check import ASKED, Breach, standing_breaches, unfinished
from issues.actions.rules.occasion import held_to_come
from issues.history import Record
from issues.models import DRAFTS, RECORDS, Process, Summit
from issues.queries.history.behind import behind
from issues.queries.history.unrecorded import unrecorded
from issues.queries.search.entries import SEARCHED, differing
from issues.queries.upkeep.marks import MARKED, wrongly_marked

AT_ONCE = 1_000
FOUND_OTHERWISE = "It is found by other words than it says: run rebuild_search."
LIKE_OTHERS = "Its duplicates are looked for by what it does not say: run rebuild_search."


class Command(BaseCommand):
    """Check every stored record against the same rules that pages, admin and imports obey."""

    help = "List every breach of the domain's rules in what is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take none: the whole database is checked."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a breach; raise CommandError if there is any."""
        checked = breached = 0
        for model in RECORDS:
            for record in _stored(model):
                checked += 1
                for name, message in _all_breaches(record):
                    breached += 1
                    self._tell(model, record.natural_key(), name, message)
        for kind, key, name, message in _derived():
            breached += 1
            self._tell(kind, key, name, message)
        if breached:
            raise CommandError(f"{breached} breaches in {checked} records.")
        self.stdout.write(self.style.SUCCESS(f"{checked} records checked, no breach."))

    def _tell(self, model: type[Record], key: object, name: str, message: str) -> None:
        self.stdout.write(f"{model._meta.verbose_name} {key}: {name}: {message}")


def _derived() -> Iterator[tuple[type[Record], object, str, str]]:
    """What follows from the records and is not as they are: the kind, the key, of what, what is wrong."""
    recorded: tuple[type[Record], ...] = (*RECORDS, *DRAFTS)
    for kind in recorded:
        yield from ((kind, key, "history", message) for key, message in unrecorded(kind))
    yield from ((Process, slug, "revision", message) for slug, message in behind())
    for kind in SEARCHED:
        yield from ((kind, pk, "search", FOUND_OTHERWISE) for pk in differing(kind))
    for kind in MARKED:
        yield from ((kind, pk, "duplicates", LIKE_OTHERS) for pk in wrongly_marked(kind))


def _stored(model: type[Record]) -> Iterator[Any]:
    """The records of a kind with all that the rules ask of them: a bounded number of queries a batch."""
    relations = [field.name for field in model._meta.fields if isinstance(field, ForeignKey)]
    records = model._default_manager.select_related(*relations).prefetch_related(*ASKED.get(model, ()))
    yield from records.order_by("pk").iterator(chunk_size=AT_ONCE)


def _all_breaches(record: Record) -> Iterator[Breach]:
    try:
        record.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield name, " ".join(messages)
        return
    yield from standing_breaches(record)
    if isinstance(record, Summit):
        yield from held_to_come(record)
    yield from unfinished(record)
