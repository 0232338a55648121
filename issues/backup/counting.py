"""The last key that each table gave, which is beyond those that it has where rows were deleted.

No key is given twice: the history of a deleted record would become that of another one.
"""

from collections.abc import Mapping

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup.databases import SQLITE
from issues.backup.tables import Table


def last_given(database: BaseDatabaseWrapper, tables: Mapping[str, Table]) -> dict[str, int]:
    """By table, for those that count their keys; 0 for none yet."""
    counts = (models.AutoField, models.BigAutoField, models.SmallAutoField)
    counted = sorted(name for name, table in tables.items() if isinstance(table._meta.pk, counts))
    with database.cursor() as cursor:
        if database.vendor == SQLITE:
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            return {name: given.get(name, 0) for name in counted}
        found = {}
        for name in counted:
            sequence = _sequence(database, tables[name])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
            (found[name],) = cursor.fetchone()
        return found


def count_on(database: BaseDatabaseWrapper, tables: Mapping[str, Table], given: Mapping[str, int]) -> None:
    """Have each table count on from the last key that was given elsewhere."""
    with database.cursor() as cursor:
        for name, last in given.items():
            if database.vendor == SQLITE:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                if last:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last])
            else:
                sequence = _sequence(database, tables[name])
                cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])


def _sequence(database: BaseDatabaseWrapper, table: Table) -> str:
    """The quoted name of what counts the keys of a table of PostgreSQL."""
    with database.cursor() as cursor:
        name = database.ops.quote_name(table._meta.db_table)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [name, table._meta.pk.column])
        return str(cursor.fetchone()[0])
