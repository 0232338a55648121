"""The rows of a table, as a release has them and as they are now, by their id."""

import csv
import zlib
from io import TextIOWrapper
from typing import IO
from zipfile import BadZipFile, ZipFile

from issues.exports.package.resources import Resource
from issues.models.release import Release, kept

Rows = dict[str, dict[str, str]]


class Lost(Exception):
    """The file of a release is not where it was kept, or is damaged."""


def opened_file(release: Release) -> IO[bytes]:
    """The file of a release, open. Raises Lost."""
    try:
        found: IO[bytes] = kept().open(release.file_name)
        return found
    except OSError as error:
        raise Lost(f"The file of release {release.number} is missing here.") from error


def rows_of_release(release: Release, path: str) -> Rows:
    """The rows of a table of a release; none where it has no such table. Raises Lost."""
    try:
        with opened_file(release) as file, ZipFile(file) as opened:
            if path not in opened.namelist():
                return {}
            with opened.open(path) as table:
                rows = csv.DictReader(TextIOWrapper(table, encoding="utf-8", newline=""))
                return {row["id"]: row for row in rows}
    except (BadZipFile, zlib.error, OSError) as error:
        raise Lost(f"The file of release {release.number} is damaged here.") from error


def rows_now(table: Resource) -> Rows:
    """The rows of a table as it would be packed now."""
    return {row["id"]: row for row in csv.DictReader(table.lines())}
