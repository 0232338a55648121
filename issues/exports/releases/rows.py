"""The rows of a table, as a release has them and as they are now, by their id."""

import csv
from io import TextIOWrapper
from zipfile import ZipFile

from issues.exports.package.resources import Resource
from issues.models.release import Release, kept

Rows = dict[str, dict[str, str]]


def rows_of_release(release: Release, path: str) -> Rows:
    """The rows of a table of a release; none where it has no such table."""
    with kept().open(release.file_name) as file, ZipFile(file) as opened:
        if path not in opened.namelist():
            return {}
        with opened.open(path) as table:
            rows = csv.DictReader(TextIOWrapper(table, encoding="utf-8", newline=""))
            return {row["id"]: row for row in rows}


def rows_now(table: Resource) -> Rows:
    """The rows of a table as it would be packed now."""
    return {row["id"]: row for row in csv.DictReader(table.lines())}
