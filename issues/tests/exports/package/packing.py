"""Packages in tests: made, opened, and checked by the validator of the field."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from issues.exports.package import Contents, package
from issues.models import Process


def packed(process: Process, **how: Any) -> bytes:
    """The package of a process."""
    return b"".join(package(Contents.of(process, **how)))


def files(data: bytes) -> dict[str, bytes]:
    """What is in a package, by path."""
    with ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rows(data: bytes, table: str) -> list[dict[str, str]]:
    """The rows of a table of a package."""
    text = files(data)[f"data/{table}.csv"].decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def unpack(data: bytes, where: Path) -> Path:
    """The folder in which the files of a package were written."""
    for name, content in files(data).items():
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return where
