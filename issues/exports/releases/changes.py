"""What changed since a release: the rows that are new, changed or gone, table by table, by id."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from issues.exports.files import BOM, Lines
from issues.exports.package import Contents
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


@dataclass(frozen=True, slots=True)
class Summary:
    """By table how many rows are new, changed and removed; the first changes, and how many more there are."""

    tables: list[tuple[str, int, int, int]]
    first: list[RowChange]
    more: int


def summary(changes: Iterable[RowChange], most: int) -> Summary:
    """The changes counted while they are read; no more than so many are kept."""
    counts: dict[str, Counter[str]] = {}
    first: list[RowChange] = []
    row: tuple[str, str] | None = None
    more = 0
    for one in changes:
        if (one.table, one.id) != row:  # a row that changed in several columns is one
            counts.setdefault(one.table, Counter())[one.what] += 1
        row = (one.table, one.id)
        if len(first) < most:
            first.append(one)
        else:
            more += 1
    tables = [(name, of[NEW], of[CHANGED], of[REMOVED]) for name, of in counts.items()]
    return Summary(tables, first, more)
