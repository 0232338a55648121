"""What a backup says of itself: by which release of which migrations it was made, and what is in it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from issues import __version__
from issues.backup.databases import migrations_of
from issues.backup.refused import Damaged
from issues.backup.tables import Sum, sum_of, tables

FORMAT = 1


@dataclass(frozen=True)
class Part:
    """A file within a backup: its size in bytes and its digest (SHA-256, hexadecimal)."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. ``files`` are those of releases, ``lost`` those that were not there."""

    product: str
    engine: str
    made_at: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Sum]
    database: Part
    files: list[Part]
    lost: list[str]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows it has in all."""
        return sum(one.rows for one in self.tables.values())

    def as_json(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read(text: bytes) -> Manifest:
    """What was written. Raises Damaged."""
    try:
        said: dict[str, Any] = json.loads(text)
        if said["format"] != FORMAT:
            raise Damaged(f"This backup is written in format {said['format']}, which is not known here.")
        return Manifest(
            **{
                **said,
                "migrations": [(app, name) for app, name in said["migrations"]],
                "tables": {name: Sum(**one) for name, one in said["tables"].items()},
                "database": Part(**said["database"]),
                "files": [Part(**one) for one in said["files"]],
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("Its manifest cannot be read.") from error


def described(database: BaseDatabaseWrapper) -> dict[str, Any]:
    """What a manifest says of a database."""
    return {
        "product": __version__,
        "engine": database.vendor,
        "migrations": sorted(migrations_of(database)),
        "tables": {name: sum_of(database, table) for name, table in sorted(tables(database).items())},
    }


def differences(manifest: Manifest, database: BaseDatabaseWrapper) -> list[str]:
    """Where a database is not what a manifest says, a sentence a table."""
    is_there = {name: sum_of(database, table) for name, table in tables(database).items()}
    return [
        f"{name}: {_told(manifest.tables.get(name))} in the backup, {_told(is_there.get(name))} restored."
        for name in sorted({*is_there, *manifest.tables})
        if is_there.get(name) != manifest.tables.get(name)
    ]


def _told(found: Sum | None) -> str:
    return f"{found.rows:,} rows ({found.digest[:12]}…)" if found else "no such table"
