"""What a table of the record is: named columns, each with its meaning, and the rows that are asked for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from issues.domain.change import Change
from issues.domain.span import reduced
from issues.history import ChangeSet
from issues.models import Process, Source, Summit
from issues.queries.reading.people import NOBODY, People
from issues.queries.reading.process import Reading
from issues.user import User

AT_ONCE = 2_000
RowKey = tuple[int, ...]


class Kind(StrEnum):
    """What the values of a column are. A day that is known to the month is written 2023-07."""

    TEXT = "string"
    NUMBER = "number"
    WHOLE = "integer"
    YES_NO = "boolean"
    DAY = "date"
    KNOWN_DAY = "known day"
    TIME = "datetime"


class Narrowed(StrEnum):
    """By what parameters an address may narrow a table."""

    BY_CHANGES = "the filters of the changes, and known"
    AS_OF = "summit and known"
    BY_SOURCES = "the filters of the sources, and known"
    BY_EDITS = "the filters of the edits: way, person, since, until and q"
    NOT = "nothing"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in every file, what it says in one sentence, and its value for a row."""

    name: str
    says: str
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT


@dataclass
class Asked:
    """What an address asks of a process; each table takes of it what it is narrowed by.

    ``reading`` is the process as known, ``summit`` the one as of which it is asked for, ``changes`` are those
    that a filter leaves, ``sources`` and ``change_sets`` likewise, None for all edits. ``reader``
    is who asks, ``people`` how ours are told to them.
    """

    process: Process
    reading: Reading
    summit: Summit | None = None
    changes: list[Change] = field(default_factory=list)
    sources: QuerySet[Source] = field(default_factory=Source.objects.none)
    change_sets: QuerySet[ChangeSet] | None = None
    people: People = NOBODY
    reader: User | AnonymousUser = field(default_factory=AnonymousUser)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a process. ``records`` are its rows, ``columns`` says what they hold.

    ``row_key`` tells a row apart from all others, for as long as it is on record: portions of rows follow it.
    ``beside`` sets what stands beside a portion of its rows, where that is quicker than reading it with them.
    ``portion`` gives rows after a key, as many as are asked for or some more, in the order of the keys, where
    that is less than reading them all.
    """

    name: str
    says: str
    columns: Callable[[Asked], tuple[Column, ...]]
    records: Callable[[Asked], Iterable[Any]]
    narrowed: Narrowed = Narrowed.NOT
    row_key: Callable[[Any], RowKey] = lambda record: (record.pk,)
    portion: Callable[[Asked, RowKey, int], Iterable[Any]] | None = None
    beside: Callable[[Asked, list[Any]], None] = lambda asked, rows: None

    @property
    def takes_known(self) -> bool:
        """Whether it may be asked for as known at a time; the others tell of now."""
        return self.narrowed not in (Narrowed.NOT, Narrowed.BY_EDITS)

    def rows(self, asked: Asked) -> Iterator[Any]:
        """The rows while they are read, those of a query in portions."""
        records = self.records(asked)
        if not isinstance(records, QuerySet):
            yield from records
            return
        read = records.iterator(chunk_size=AT_ONCE)
        while portion := list(islice(read, AT_ONCE)):
            self.beside(asked, portion)
            yield from portion


def as_sentence(says: str) -> str:
    """What a column or a table says, as a sentence of its own."""
    return f"{says[:1].upper()}{says[1:]}."


# How a day is written that is known to the month or the year alone, or to the day.
REDUCED_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"


def known_day(day: date | None, precision: str) -> str | None:
    """A day as exactly as it is known, in the reduced form of ISO 8601: 2023-07-15, 2023-07 or 2023."""
    return reduced(day, precision) if day else None


def now_table(name: str, says: str, records: Callable[[Asked], Iterable[Any]], *columns: Column) -> Table:
    """A table of the record as it is now, which nothing narrows."""
    return Table(name, says, lambda asked: columns, records)


def slug_of(record: Any) -> str | None:
    """A record in addresses, if there is one."""
    return record.slug if record else None
