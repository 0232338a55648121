"""Databases beside that of the settings: a copy, a scratch database, the other end of a move."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from uuid import uuid4

import environ
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from issues.backup.refused import Refused

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NAMES = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
BACKENDS = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
# Of the options of ours what says where the database is and how it is spoken to, not how many share it.
SHARING = ("pool", "transaction_mode", "init_command", "isolation_level")
# What `migrate` puts into an empty database.
FILLED_BY_MIGRATING = frozenset(
    {
        "django_migrations",
        "django_content_type",
        "django_site",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
    }
)
# Who is signed in is no part of the record: a session that was ended since must not open again. The second
# lists the browsers of each account by the keys of their sessions.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession"})
# The index of search on SQLite: tables that are kept by the one that they are of, and are never empty.
_INDEX = "issues_searchgrams"


@contextmanager
def beside(settings: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Another database, by its settings, while it is needed."""
    alias = f"beside-{uuid4().hex}"
    connections.settings[alias] = settings
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def like(database: BaseDatabaseWrapper, **changes: Any) -> dict[str, Any]:
    """The settings of a database, changed; nothing of how it is shared among requests."""
    settings = deepcopy(database.settings_dict)
    for option in SHARING:
        settings["OPTIONS"].pop(option, None)
    options = {**settings["OPTIONS"], **changes.pop("OPTIONS", {})}
    return {**settings, **changes, "OPTIONS": options, "CONN_MAX_AGE": None}


def at(url: str) -> dict[str, Any]:
    """The settings of the database at an address as DATABASE_URL has it. Raises Refused."""
    if environ.Env.DB_SCHEMES.get(url.partition(":")[0]) not in BACKENDS:
        raise Refused(
            "Write the address as DATABASE_URL: sqlite:////path/to/file or postgres://user@host/name."
        )
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError as error:
        raise Refused(f"This is no address of a database: {error}.") from error
    return dict(connections.configure_settings({DEFAULT_DB_ALIAS: {}, "other": config})["other"])


@contextmanager
def reading(database: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """A database as it is at one moment, whoever writes meanwhile, and nobody waits for it."""
    options: dict[str, Any] = {}
    if database.vendor == POSTGRESQL:
        from django.db.backends.postgresql.psycopg_any import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    with beside(like(database, OPTIONS=options)) as other, transaction.atomic(using=other.alias):
        if database.vendor == POSTGRESQL:
            with other.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        yield other


@contextmanager
def in_place_of_the_default(other: BaseDatabaseWrapper) -> Iterator[None]:
    """Have everything that asks the database of the settings ask another one."""
    own = connections[DEFAULT_DB_ALIAS]
    ContentType.objects.clear_cache()
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        ContentType.objects.clear_cache()


def migrations_of(database: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The migrations that a database has had."""
    return set(MigrationRecorder(database).applied_migrations())


def is_empty(database: BaseDatabaseWrapper) -> bool:
    """Whether nothing was ever recorded in a database, migrated or not."""
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            if table in FILLED_BY_MIGRATING or table in LEFT_OUT or table.startswith(_INDEX):
                continue
            cursor.execute(f"SELECT 1 FROM {database.ops.quote_name(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                return False
    return True
