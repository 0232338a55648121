"""Many records at once, each with its row of the history: some statements for hundreds of records.

Django writes rows one value after the other through a dozen calls; with histories written in the same way
that took nine tenths of the time for which an import of 10,000 positions held the database. Here a column
is prepared at once, and a row of the history is copied by the database from the record beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from issues.history.among import among
from issues.history.change_set import ChangeSet
from issues.history.portions import portions

AT_ONCE = 500
# SQLite takes 32,766 since it returns keys (3.35), PostgreSQL more.
MOST_PARAMETERS = 30_000
# What a column holds is taken as it is where all of it is of these types; the rest is asked of the field.
_AS_IT_IS: tuple[tuple[tuple[Any, ...], frozenset[type]], ...] = (
    ((models.CharField, models.TextField), frozenset({str, type(None)})),
    ((models.IntegerField, models.ForeignKey), frozenset({int, type(None)})),
    ((models.FloatField,), frozenset({float, type(None)})),
)


def can_insert(records: Sequence[Any]) -> bool:
    """Whether :func:`insert` can store these: the database gives each its key, and says it."""
    return connection.features.can_return_rows_from_bulk_insert and all(one.pk is None for one in records)


def insert(model: type[models.Model], records: Sequence[Any]) -> None:
    """Store new records without their history, and give each its key."""
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    into, columns = _quoted(meta.db_table), ", ".join(_quoted(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    alias = connection.alias  # of a connection of this thread, which takes its time to be found
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for some in portions(records, min(AT_ONCE, MOST_PARAMETERS // len(fields))):
            for one in some:
                if one._state.fields_cache:  # records beside it, of which one may not be stored
                    one._prepare_related_fields_for_save(operation_name="bulk_create")
            values = zip(*(_column(field, some) for field in fields), strict=True)
            cursor.execute(
                f"INSERT INTO {into} ({columns}) VALUES {', '.join([row] * len(some))} "  # noqa: S608
                f"RETURNING {_quoted(meta.pk.column)}",
                [value for of_row in values for value in of_row],
            )
            for one, (key,) in zip(some, cursor.fetchall(), strict=True):
                one.pk, one._state.adding, one._state.db = key, False, alias


def update(model: type[models.Model], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Change stored records without their history: by key, new values by column. Each goes one version on."""
    meta = model._meta
    fields: dict[str, Any] = {field.attname: field for field in meta.concrete_fields}
    alike: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    for key, values in changes.items():
        prepared = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
        alike[tuple(values)].append([*prepared, key])
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for names, rows in alike.items():
            new = "".join(f"{_quoted(fields[name].column)} = %s, " for name in names)
            cursor.executemany(
                f"UPDATE {_quoted(meta.db_table)} SET {new}version = version + 1 "  # noqa: S608
                f"WHERE {_quoted(meta.pk.column)} = %s",
                rows,
            )


def delete(model: type[models.Model], keys: Iterable[int]) -> None:
    """Remove stored records, and nothing that hangs on them, without their history."""
    models.QuerySet(model).filter(pk__in=among(keys))._raw_delete(connection.alias)


def write_history(model: type[models.Model], keys: Iterable[int], how: str, change_set: ChangeSet) -> None:
    """Write a row of the history of each of these records, as they are stored now: "+", "~" or "-"."""
    rows: Any = model.history.model  # type: ignore[attr-defined]
    columns = ", ".join(_quoted(field.column) for field in model._meta.concrete_fields)
    key = _quoted(model._meta.pk.column)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    meant = among(keys)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(rows._meta.db_table)} "  # noqa: S608
            f"({columns}, history_date, history_type, change_set_id) "
            f"SELECT {columns}, %s, %s, %s FROM {_quoted(model._meta.db_table)} "
            f"WHERE {key} IN ({meant.sql}) ORDER BY {key}",
            [now, how, change_set.pk, *meant.params],
        )


def _column(field: Any, records: Sequence[Any]) -> list[Any]:
    """What a field of new records is stored as."""
    if type(field).pre_save is models.Field.pre_save:
        name = field.attname  # in the dictionary of a record that was made, not read: asking it costs more
        values = [one.__dict__[name] for one in records]
    else:
        values = [field.pre_save(one, add=True) for one in records]
    types = set(map(type, values))
    if any(isinstance(field, kinds) and types <= plain for kinds, plain in _AS_IT_IS):
        return values
    if any(value.__hash__ is None for value in values):
        return [field.get_db_prep_save(value, connection) for value in values]
    prepared = {value: field.get_db_prep_save(value, connection) for value in set(values)}  # few of many
    return [prepared[value] for value in values]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
