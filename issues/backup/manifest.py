"""What a backup says of itself: by which release of which migrations it was made, and what is in it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from issues import __version__
from issues.backup.databases import NAMES, migrations_of
from issues.backup.refused import Damaged
from issues.backup.tables import Sum, sum_of, tables

FORMAT = 1
DIGEST = 32  # bytes


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
    """What was written. Raises Damaged, also for what has another shape or names another engine."""
    try:
        said: dict[str, Any] = json.loads(text)
        if said["format"] != FORMAT:
            raise Damaged(f"This backup is written in format {said['format']}, which is not known here.")
        found = Manifest(
            **{
                **said,
                "migrations": [(_text(app), _text(name)) for app, name in _several(said["migrations"])],
                "tables": {name: _sum(**one) for name, one in said["tables"].items()},
                "database": _part(**said["database"]),
                "files": [_part(**one) for one in _several(said["files"])],
                "lost": [_text(name) for name in _several(said["lost"])],
            }
        )
        datetime.fromisoformat(found.made_at)
        _text(found.product)
        NAMES[found.engine]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged("Its manifest cannot be read.") from error
    return found


def _part(path: str, size: int, sha256: str) -> Part:
    return Part(_text(path), _number(size), _digest(sha256))


def _sum(rows: int, digest: str) -> Sum:
    return Sum(_number(rows), _digest(digest))


def _text(said: Any) -> str:
    if type(said) is not str:
        raise TypeError
    return said


def _number(said: Any) -> int:
    if type(said) is not int or said < 0:
        raise TypeError
    return said


def _digest(said: Any) -> str:
    if len(bytes.fromhex(said)) != DIGEST:
        raise ValueError
    return str(said)


def _several(said: Any) -> list[Any]:
    if type(said) is not list:
        raise TypeError
    return said


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
