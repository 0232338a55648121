"""Short ids that nobody likes to invent: made of what is known, and new among their neighbours."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from issues.domain.slug import slug_of
from issues.history import Record
from issues.models import Event, Outcome, Process, Source, Statement, Summit

LONGEST = 36


def source_key(publisher: str, published_on: date | None) -> str:
    """A new key for a source: its publisher and its date."""
    stem = source_stem(publisher, published_on)
    return free(stem, _begin_with(Source.objects.all(), "key", stem))


def source_stem(publisher: str, published_on: date | None) -> str:
    """What the key of a source is made of, before a number makes it new."""
    return _stem(f"{publisher} {published_on or ''}", "source")


def statement_ref(source: Source) -> str:
    """A new short id for a statement in its source: s1, s2 and so on."""
    return _numbered("s", Statement.objects.filter(source=source).values_list("ref", flat=True))


def event_ref(process: Process, title: str) -> str:
    """A new short id for an event in its process, made of its title."""
    stem = _stem(title, "event")
    return free(stem, _begin_with(Event.objects.filter(process=process), "ref", stem))


def outcome_ref(summit: Summit) -> str:
    """A new short id for an outcome of a summit: o1, o2 and so on."""
    return _numbered("o", Outcome.objects.filter(summit=summit).values_list("ref", flat=True))


def free(stem: str, taken: Iterable[str]) -> str:
    """The stem, with the first number behind it that makes it new."""
    known = set(taken)
    if stem not in known:
        return stem
    return next(name for number in range(2, len(known) + 3) if (name := f"{stem}-{number}") not in known)


def _stem(words: str, otherwise: str) -> str:
    return slug_of(words, LONGEST) or otherwise


def _begin_with(records: QuerySet[Record], field: str, stem: str) -> list[str]:
    return list(records.filter(**{f"{field}__startswith": stem}).values_list(field, flat=True))


def _numbered(letter: str, taken: Iterable[str]) -> str:
    known = set(taken)
    return next(name for number in range(1, len(known) + 2) if (name := f"{letter}{number}") not in known)
