"""The rows of a world that was built once, to put back for a fraction of what building it takes."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from issues.user import User

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Snapshot:
    """What the tables of our application, and those of users, hold; as the driver reads and writes it."""

    rows: Rows
    # What lets keys be counted on from those of the rows, where the database counts apart from them.
    counting: str

    @classmethod
    def taken(cls) -> "Snapshot":
        """What they hold now."""
        models = (
            User,
            User.groups.through,
            *apps.get_app_config("issues").get_models(include_auto_created=True),
        )
        rows: Rows = {}
        filled = []
        with connection.cursor() as cursor:
            for model in models:
                table = connection.ops.quote_name(model._meta.db_table)  # type: ignore[attr-defined]
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 -- names of our own tables
                if found := cursor.fetchall():
                    rows[table] = [column[0] for column in cursor.description], found
                    filled.append(model)
        return cls(rows, "\n".join(connection.ops.sequence_reset_sql(no_style(), filled)))

    def put_back(self) -> None:
        """Store the rows under the keys that they had, in tables that are empty of them."""
        with connection.cursor() as cursor:
            for table, (columns, rows) in self.rows.items():
                names = ", ".join(map(connection.ops.quote_name, columns))
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608
            if self.counting:
                cursor.execute(self.counting)
