"""Putting a backup back, and trying whether it could be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from issues import __version__
from issues.backup import archive
from issues.backup.databases import NAMES, is_empty
from issues.backup.make import ENGINES
from issues.backup.manifest import Manifest, differences
from issues.backup.refused import Refused, in_words
from issues.backup.room import room
from issues.writers import turn


@dataclass(frozen=True)
class Tried:
    """A backup that was restored into a scratch database, and where that is not what its manifest says."""

    manifest: Manifest
    database: BaseDatabaseWrapper
    differences: list[str]


@in_words()
def restore(file: Path, *, overwrite: bool = False) -> Manifest:
    """Put a backup into the database of the settings, which is empty, and its files where they are kept.

    All or nothing: raises Refused, and what was there is there still. With ``overwrite`` the database need
    not be empty, and nothing of what it holds is kept; the files of other releases stay.
    """
    with archive.opened(file) as opened, room() as place:
        _refuse_what_does_not_fit(opened.manifest)
        if not overwrite and not is_empty(connection):
            raise Refused("The database is not empty. Add --overwrite to replace everything that is in it.")
        database = opened.take_out(place)
        opened.bring_files()
        connection.close()  # it may have read what is about to be replaced
        with turn():
            ENGINES[connection.vendor].put_back(database, connection)
        return opened.manifest


@contextmanager
def tried(file: Path) -> Iterator[Tried]:
    """A backup in a scratch database, which is removed afterwards. Raises Refused where it cannot be."""
    with in_words(), archive.opened(file) as opened, room() as place:
        _refuse_what_does_not_fit(opened.manifest)
        database = opened.take_out(place)
        engine = ENGINES[connection.vendor]
        with engine.scratch(connection, place) as scratch:
            engine.put_back(database, scratch)
            yield Tried(opened.manifest, scratch, differences(opened.manifest, scratch))


def _refuse_what_does_not_fit(manifest: Manifest) -> None:
    """Raises Refused for a backup of another engine, or of a release that is newer than this one."""
    if manifest.engine != connection.vendor:
        of, ours = NAMES.get(manifest.engine, manifest.engine), NAMES[connection.vendor]
        raise Refused(
            f"This is a backup of {of}, and the database of the settings is one of {ours}. Restore it into "
            "one of its own kind, and go on from there with manage.py copy_to."
        )
    known = MigrationLoader(None).disk_migrations
    unknown = set(manifest.migrations).difference(known, *(one.replaces for one in known.values()))
    if unknown:
        app, name = min(unknown)
        raise Refused(
            f"This backup is of Redlines {manifest.product}, and this is {__version__}, which does not know "
            f"its migration {app}.{name}. Install that release, then restore."
        )
