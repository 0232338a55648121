"""Moving the record into a database of the other engine, with every key, time and version."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup.counting import count_on, last_given
from issues.backup.databases import FILLED_BY_MIGRATING, at, beside, is_empty, migrations_of, reading
from issues.backup.order import Group, in_order
from issues.backup.refused import Refused, in_words
from issues.backup.tables import Row, Sum, Table, count_of, last_key, rows_of, sum_of, tables
from issues.history import WHOLE, Revision

# A table, how many of its rows are there, and of how many.
Tell = Callable[[str, int, int], None]
# In the target while it is filled: of which state of the record it becomes a copy.
MARK = "redlines_copy"
_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
_OF_THESE = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.BooleanField)


@in_words()
def copy_to(url: str, tell: Tell) -> dict[str, Sum]:
    """Copy every row of every table into the migrated empty database at an address, and compare them.

    One that was broken off is gone on with. The record is read as of one moment; what is written meanwhile is
    not in the copy, and the next run refuses to go on. Raises Refused.
    """
    with reading(connection) as source, beside(at(url)) as target:
        _refuse_other_tables(source, target)
        found = tables(source)
        groups = in_order(found)
        _begin(target, _sign(source), [found[name] for group in groups for name in group.names])
        for group in groups:
            _copy(source, target, found, group, tell)
        count_on(target, found, last_given(source, found))
        compared = _compared(source, target, found, tell)
        with target.cursor() as cursor:
            cursor.execute(f"DROP TABLE {MARK}")
        return compared


def _refuse_other_tables(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    had = migrations_of(target)
    if not had or had != migrations_of(source):
        raise Refused(
            "The other database has not had the migrations of this one. Run manage.py migrate on both: "
            "DATABASE_URL=… manage.py migrate."
        )


def _sign(database: BaseDatabaseWrapper) -> str:
    """The sign of the record, which every recording changes."""
    signs: Any = models.QuerySet(Revision, using=database.alias).filter(of=WHOLE)
    return signs.values_list("sign", flat=True).first() or ""


def _begin(target: BaseDatabaseWrapper, sign: str, ordered: Sequence[Table]) -> None:
    """Mark the target as one that is being filled, and take out what migrating put there; or go on.

    Raises Refused where it holds anything else.
    """
    with transaction.atomic(using=target.alias), target.cursor() as cursor:
        if MARK in target.introspection.table_names(cursor):
            cursor.execute(f"SELECT sign FROM {MARK}")  # noqa: S608
            if cursor.fetchone() != (sign,):
                raise Refused(
                    "A copy into the other database was begun, and the record has changed since. "
                    "Make that database anew, migrate it, and let nobody write until it is copied."
                )
            return
        if not is_empty(target):
            raise Refused(
                "The other database is not empty. Copy into one that was migrated and nothing else."
            )
        for table in reversed(ordered):
            if table._meta.db_table in FILLED_BY_MIGRATING:
                cursor.execute(f"DELETE FROM {target.ops.quote_name(table._meta.db_table)}")  # noqa: S608
        cursor.execute(f"CREATE TABLE {MARK} (sign varchar(64) NOT NULL)")
        cursor.execute(f"INSERT INTO {MARK} (sign) VALUES (%s)", [sign])  # noqa: S608


def _copy(
    source: BaseDatabaseWrapper,
    target: BaseDatabaseWrapper,
    found: Mapping[str, Table],
    group: Group,
    tell: Tell,
) -> None:
    """Copy what of a group of tables is not there yet: keys rise, so that it is what lies beyond the last."""
    together: AbstractContextManager[Any] = (
        transaction.atomic(using=target.alias) if group.is_circle else nullcontext()
    )
    with together:
        for name in group.names:
            table = found[name]
            of, done = count_of(source, table), count_of(target, table)
            for rows in rows_of(source, table, last_key(target, table)):
                _insert(target, table, rows)
                done += len(rows)
                tell(name, done, of)


def _insert(target: BaseDatabaseWrapper, table: Table, rows: list[Row]) -> None:
    fields = table._meta.concrete_fields
    quote = target.ops.quote_name
    columns = [
        _prepared(field, values, target)
        for field, values in zip(fields, zip(*rows, strict=True), strict=True)
    ]
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(table._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    try:
        with transaction.atomic(using=target.alias), target.cursor() as cursor:
            cursor.executemany(statement, list(zip(*columns, strict=True)))
    except DatabaseError as error:
        key = fields.index(table._meta.pk)
        which = f"{table._meta.db_table}, keys {rows[0][key]} to {rows[-1][key]}"
        raise Refused(f"The other database refuses rows of {which}: {str(error).strip()}") from error


def _prepared(field: Any, values: Sequence[Any], target: BaseDatabaseWrapper) -> Sequence[Any]:
    """A column as the target stores it; most of them are what Python has."""
    if isinstance(field, _OF_THESE) and _AS_IT_IS.issuperset(map(type, values)):
        return values
    return [field.get_db_prep_save(value, connection=target) for value in values]


def _compared(
    source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, found: Mapping[str, Table], tell: Tell
) -> dict[str, Sum]:
    """What both hold, by table. Raises Refused with the names of those that differ."""
    sums, differ = {}, []
    for name, table in sorted(found.items()):
        sums[name] = sum_of(source, table)
        if sum_of(target, table) != sums[name]:
            differ.append(name)
        tell(f"{name}, compared", sums[name].rows, sums[name].rows)
    given, counted = last_given(source, found), last_given(target, found)
    differ += [f"the last key of {name}" for name in given if given[name] != counted[name]]
    if differ:
        raise Refused(f"The copy is not what was copied: {', '.join(differ)} differ. Make it anew.")
    return sums
