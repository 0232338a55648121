"""A portion of the rows of a table, from a row on: in the order of their keys, which no edit changes.

A query begins where it should and reads no more than the portion. What is folded is worked out for the
whole process first, and so bounded by it; the words are read for the portion alone.
"""

from dataclasses import replace
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from issues.exports.tables import Asked, Narrowed, RowKey, Table


def portion(table: Table, asked: Asked, after: RowKey, limit: int) -> tuple[list[Any], RowKey | None]:
    """The rows after a key, and the key of the last of them where more follow."""
    if table.portion is not None:
        read = table.portion(asked, after, limit + 1)
        rows = list(islice((row for row in read if table.row_key(row) > after), limit + 1))
    elif table.narrowed == Narrowed.BY_CHANGES:
        rows = _of_changes(table, asked, after, limit + 1)
    else:
        rows = _of_records(table, asked, after, limit + 1)
    return rows[:limit], table.row_key(rows[limit - 1]) if len(rows) > limit else None


def _of_records(table: Table, asked: Asked, after: RowKey, limit: int) -> list[Any]:
    records = table.records(asked)
    if isinstance(records, QuerySet):
        found = records.filter(pk__gt=after[0]) if after else records
        rows = list(found.order_by("pk")[:limit])
        table.beside(asked, rows)
        return rows
    ordered = sorted(records, key=table.row_key)
    return [row for row in ordered if table.row_key(row) > after][:limit]


def _of_changes(table: Table, asked: Asked, after: RowKey, limit: int) -> list[Any]:
    """The rows of as many changes as fill the portion: one may have several, or none."""
    waiting = sorted(
        (change for change in asked.changes if (change.entry.id,) >= after[:1]),
        key=lambda change: change.entry.id,
    )
    found: list[Any] = []
    for start in range(0, len(waiting), limit):
        read = table.rows(replace(asked, changes=waiting[start : start + limit]))
        found += [row for row in sorted(read, key=table.row_key) if table.row_key(row) > after]
        if len(found) >= limit:
            break
    return found[:limit]
