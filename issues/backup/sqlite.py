"""SQLite: a copy is a file of SQLite, of which no page is left from what was deleted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup.databases import LEFT_OUT, beside, like
from issues.backup.engine import Copy
from issues.backup.refused import Refused

# As long as any writer of ours waits.
PATIENCE = 20.0


@contextmanager
def copied(database: BaseDatabaseWrapper, room: Path) -> Iterator[Copy]:
    """Copy a database into a folder.

    ``VACUUM INTO`` reads as of one moment, and with a write-ahead log nobody waits for who reads. Pages that
    sqlite3's backup takes some at a time are begun anew whenever somebody writes: with ten it never ended.
    """
    file = room / "copy.sqlite3"
    try:
        with closing(_opened(database)) as source:
            source.execute("VACUUM INTO ?", [str(file)])
        with closing(sqlite3.connect(file, isolation_level=None)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            for table in LEFT_OUT & _names(copy):
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- names of our own
    except sqlite3.Error as error:
        raise Refused(f"The database cannot be copied: {error}.") from error
    with beside(like(database, NAME=str(file))) as seen:
        yield Copy(file, seen)


def put_back(file: Path, database: BaseDatabaseWrapper) -> None:
    """Replace all that is in a database by a copy, in one transaction of SQLite, which writers wait for."""
    try:
        with closing(sqlite3.connect(file)) as copy, closing(_opened(database)) as target:
            copy.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise Refused(f"The database cannot be written: {error}. What was there is there still.") from error


@contextmanager
def scratch(database: BaseDatabaseWrapper, room: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database in a folder."""
    with beside(like(database, NAME=str(room / "scratch.sqlite3"))) as other:
        yield other


def _opened(database: BaseDatabaseWrapper) -> sqlite3.Connection:
    """A connection of its own, in no transaction."""
    name = str(database.settings_dict["NAME"])
    return sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, uri=True)


def _names(opened: sqlite3.Connection) -> set[str]:
    return {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
