"""The tables of the record and what is in them, the same for every engine."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from issues.backup.databases import LEFT_OUT

Row = tuple[Any, ...]
Table = type[models.Model]
AT_ONCE = 2_000
# Files that were brought in are kept in rows, and each may be large.
LARGE_AT_ONCE = 4
# Digests are added up in so many bits.
_ROUND = 1 << 256
_CANONICAL: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: lambda value: value // timedelta(microseconds=1),
    Decimal: lambda value: format(value.normalize(), "f"),
    UUID: lambda value: value.hex,
    bytes: lambda value: sha256(value).hexdigest(),
    memoryview: lambda value: sha256(value).hexdigest(),
}


@dataclass(frozen=True)
class Sum:
    """What is in a table: how many rows, and a sum of their digests (hexadecimal), in whatever order."""

    rows: int
    digest: str


def tables(database: BaseDatabaseWrapper) -> dict[str, Table]:
    """The tables of the record by name, as the migrations that this database has had left them.

    Django's migrations tell what stood in them then, so that a backup of before can be read, too.
    """
    loader = MigrationLoader(database)
    had = [node for node in loader.applied_migrations or () if node in loader.graph.nodes]
    found = loader.project_state(had).apps.get_models(include_auto_created=True)
    stored = (model for model in found if model._meta.managed and not model._meta.proxy)
    return {one._meta.db_table: one for one in stored if one._meta.db_table not in LEFT_OUT}


def rows_of(database: BaseDatabaseWrapper, table: Table, after: Any = None) -> Iterator[list[Row]]:
    """The rows of a table in portions, by key, from a key on: values as Python has them on either engine."""
    fields = table._meta.concrete_fields
    key = fields.index(table._meta.pk)
    at_once = LARGE_AT_ONCE if any(isinstance(one, models.BinaryField) for one in fields) else AT_ONCE
    rows: models.QuerySet[Any] = models.QuerySet(table, using=database.alias).order_by("pk")
    values = rows.values_list(*(field.attname for field in fields))
    while some := list((values if after is None else values.filter(pk__gt=after))[:at_once]):
        yield some
        after = some[-1][key]


def last_key(database: BaseDatabaseWrapper, table: Table) -> Any:
    """The greatest key of a table; None where it is empty."""
    return models.QuerySet(table, using=database.alias).order_by("-pk").values_list("pk", flat=True).first()


def count_of(database: BaseDatabaseWrapper, table: Table) -> int:
    """How many rows a table has."""
    return models.QuerySet(table, using=database.alias).count()


def sum_of(database: BaseDatabaseWrapper, table: Table) -> Sum:
    """What is in a table."""
    fields = table._meta.concrete_fields
    documents = [n for n, field in enumerate(fields) if isinstance(field, models.JSONField)]
    count = total = 0
    for some in rows_of(database, table):
        for row in some:
            if documents:
                row = tuple(_numbers(v) if n in documents else v for n, v in enumerate(row))
            total += int.from_bytes(sha256(canonical(row)).digest())
        count += len(some)
    return Sum(count, f"{total % _ROUND:064x}")


def canonical(row: Row) -> bytes:
    """A row in the one form that is compared: JSON, times in UTC to the microsecond, other values as text."""
    return json.dumps(
        row, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False
    ).encode()


def _plain(value: Any) -> Any:
    if type(value) not in _CANONICAL:
        raise TypeError(f"Nothing says how {type(value).__name__} is compared.")
    return _CANONICAL[type(value)](value)


def _numbers(document: Any) -> Any:
    """A document of JSON, which knows one kind of number: PostgreSQL gives 1e16 back without its exponent."""
    if isinstance(document, dict):
        return {name: _numbers(value) for name, value in document.items()}
    if isinstance(document, list):
        return [_numbers(value) for value in document]
    if isinstance(document, float) and document.is_integer():
        return int(document)
    return document
