"""Making a backup while people work."""

from pathlib import Path
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from issues.backup import archive, postgresql, sqlite
from issues.backup.databases import POSTGRESQL, SQLITE, migrations_of
from issues.backup.engine import Engine
from issues.backup.manifest import Manifest, described
from issues.backup.refused import Refused, in_words
from issues.backup.room import room, settle
from issues.backup.tables import tables
from issues.models.release import Release

ENGINES: dict[str, Engine] = {SQLITE: sqlite, POSTGRESQL: postgresql}


@in_words()
def backup(target: Path, *, overwrite: bool = False) -> Manifest:
    """Write all that is recorded into one file: the database and the files of its releases.

    It is of one moment. The file has its name once it is whole. Raises Refused; then there is none, and one
    that was there is there still.
    """
    _refuse_another(target, overwrite)
    made_at = timezone.now().isoformat(timespec="seconds")
    with room(target.parent) as place, ENGINES[connection.vendor].copied(connection, place) as copy:
        if not migrations_of(copy.seen):
            raise Refused("Nothing was ever recorded in this database. Is DATABASE_URL the right one?")
        made = place / "whole.zip"
        manifest = archive.pack(made, copy.file, _files(copy.seen), described(copy.seen), made_at)
        _refuse_another(target, overwrite)
        settle(made, target)
    return manifest


def _files(seen: BaseDatabaseWrapper) -> list[str]:
    """The names of the files of releases that a database knows of."""
    known = tables(seen).get(Release._meta.db_table)
    if known is None:
        return []
    rows: models.QuerySet[Any] = models.QuerySet(known, using=seen.alias).order_by("pk")
    return list(rows.values_list("file_name", flat=True))


def _refuse_another(target: Path, overwrite: bool) -> None:
    if target.exists() and not overwrite:
        raise Refused(f"{target} is there already. Name another file, or add --overwrite.")
