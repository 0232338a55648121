"""What changed since a release: the rows that are new, changed or gone, table by table, by id."""

from collections.abc import Iterator
from dataclasses import dataclass

from issues.exports.files import BOM
from issues.exports.package import Contents
from issues.exports.package.resources import Lines
from issues.exports.releases.rows import rows_now, rows_of_release
from issues.models import Process, User
from issues.models.release import Release
from issues.queries.package.columns import ACT, columns

NEW, CHANGED, REMOVED = "new", "changed", "removed"
HEAD = ("table", "id", "what", "column", "before", "after")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is not what it was: new, removed, or changed in one column."""

    table: str
    id: str
    what: str
    column: str = ""
    before: str = ""
    after: str = ""


def changes_since(release: Release, process: Process) -> Iterator[RowChange]:
    """Every row of a table of records that differs from the release. Reads the record table by table.

    The numbers of our people and of acts are not compared: each package counts them anew.
    """
    contents = Contents.of(process)
    for table in contents.tables:
        if table.kind is None:
            continue
        counted_anew = {one.name for one in columns(table.kind) if one.refers is User or one.name == ACT}
        before, now = rows_of_release(release, table.path), rows_now(table)
        for key in sorted({*before, *now}, key=int):
            if key not in now:
                yield RowChange(table.name, key, REMOVED)
            elif key not in before:
                yield RowChange(table.name, key, NEW)
            else:
                for column, after in now[key].items():
                    was = before[key].get(column, "")
                    if was != after and column not in counted_anew:
                        yield RowChange(table.name, key, CHANGED, column, was, after)


def changes_lines(release: Release, process: Process, *, bom: bool = False) -> Iterator[str]:
    """The same as the lines of a CSV file."""
    write = Lines().of
    yield BOM * bom + write(HEAD)
    for one in changes_since(release, process):
        yield write([one.table, one.id, one.what, one.column, one.before, one.after])


def counted(changes: list[RowChange]) -> list[tuple[str, int, int, int]]:
    """By table how many rows are new, changed and removed."""
    found: dict[str, dict[str, set[str]]] = {}
    for one in changes:
        found.setdefault(one.table, {NEW: set(), CHANGED: set(), REMOVED: set()})[one.what].add(one.id)
    return [(name, len(of[NEW]), len(of[CHANGED]), len(of[REMOVED])) for name, of in found.items()]
