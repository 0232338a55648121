"""A file opened: its grid, the table in it, the mapping, and the plan, as command and page show them."""

from dataclasses import dataclass, replace

from issues.importing.item import Plan
from issues.importing.mapping import (
    SECOND,
    Join,
    Joined,
    Mapping,
    MappingError,
    join,
    propose,
    propose_on,
    statements,
)
from issues.importing.mapping.tables import SOURCES
from issues.importing.plan import plan
from issues.importing.reading import Grid, Layout, ReadError, Table, guess_head, read, table
from issues.importing.reading.references import COLUMNS as REFERENCES
from issues.importing.stored import Stored
from issues.importing.tables.plan import plan_table
from issues.importing.tables.read import propose_columns
from issues.importing.tables.records import records

FIRST = 1


@dataclass(frozen=True)
class Beside:
    """A second file that was given beside the first."""

    name: str
    data: bytes


@dataclass
class Opened:
    """A file as a mapping reads it; ``mapping`` says the head and the columns that were found, too.

    ``first`` is the table of the file itself, ``table`` the same with what a second one adds. ``second``
    is the table of the second and ``joined`` how they fit; ``wrong`` is what keeps them from being joined.
    """

    grid: Grid
    first: Table
    table: Table
    mapping: Mapping
    second_name: str = ""
    second: Table | None = None
    joined: Joined | None = None
    wrong: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What a person has to know of the join."""
        return self.joined.lines(self.second_name) if self.joined else []


def opened(data: bytes, mapping: Mapping, stored: Stored, beside: Beside | None = None) -> Opened:
    """Read a file by a mapping, and a second one; what says no columns is proposed. Raises ReadError."""
    grid = read(data, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet)
    layout = mapping.layout if mapping.layout.head else replace(mapping.layout, head=guess_head(grid).head)
    found = table(grid, layout)
    file = Opened(grid, found, found, replace(mapping, layout=layout))
    if beside is not None or mapping.join is not None:
        _join(file, data, beside)
    if grid.rows[0].cells == REFERENCES and not file.mapping.columns:
        file.mapping = replace(file.mapping, table=SOURCES)
    mapping = file.mapping
    if mapping.table and not mapping.columns:
        file.mapping = replace(mapping, columns=propose_columns(file.table, mapping.table))
    elif not mapping.columns and not mapping.cells:
        proposed = propose(file.table, _names(stored))
        columns = dict(proposed.columns)
        if mapping.signatories:  # who signed says the actors
            columns.pop("actor", None)
            columns = {name: column for name, column in columns.items() if column != mapping.signatories}
        file.mapping = replace(
            mapping,
            across=proposed.across,
            columns=columns,
            cells=proposed.cells,
            dates={**proposed.dates, **mapping.dates},
            values={**proposed.values, **mapping.values},
        )
    return file


def _join(file: Opened, data: bytes, beside: Beside | None) -> None:
    """Join the second file to the first, or say why it cannot be."""
    how = file.mapping.join or Join()
    if how.file == FIRST:
        beside = Beside(f"sheet “{how.sheet}”" if how.sheet else "the first file", data)
    elif beside is None:
        file.wrong = ("join.file: there is no second file: give it beside the first.",)
        return
    elif how.file not in (SECOND, str(SECOND), beside.name):
        file.wrong = (f"join.file: the second file is “{beside.name}”, not “{how.file}”; 2 means any.",)
        return
    file.second_name = beside.name
    try:
        grid = read(beside.data, encoding=how.encoding, delimiter=how.delimiter, sheet=how.sheet)
        layout = how.layout if how.layout.head else replace(how.layout, head=guess_head(grid).head)
        file.second = table(grid, layout)
    except ReadError as error:
        raise ReadError(f"{beside.name}: {error}") from error
    how = replace(how, layout=layout, on=how.on or propose_on(file.first, file.second))
    file.mapping = replace(file.mapping, join=how)
    try:
        file.joined = join(file.first, file.second, how, file.mapping.signatories)
        file.table = file.joined.table
    except MappingError as error:
        file.wrong = tuple(error.problems)


def planned(file: Opened, stored: Stored) -> Plan:
    """What an opened file would do. Raises MappingError where its mapping does not fit it."""
    if file.wrong:
        raise MappingError(list(file.wrong))
    if file.mapping.table:
        there = records(stored.process, file.mapping.table)
        made = plan_table(file.table, file.mapping, stored, there, file.joined)
        made.notes = [*file.notes, *made.notes]
        return made
    made = plan(statements(file.table, file.mapping, file.joined), file.mapping, stored)
    made.notes = [*file.notes, *made.notes]
    return made


def for_next(mapping: Mapping) -> Mapping:
    """A mapping as it serves the next file of the same kind, which may be written and laid out otherwise."""
    how = mapping.join
    if how is not None and how.file != FIRST:
        how = replace(how, file=SECOND, encoding="", delimiter="", sheet="", layout=Layout())
    return replace(mapping, encoding="", delimiter="", sheet="", layout=Layout(), join=how)


def _names(stored: Stored) -> dict[str, list[str]]:
    return {
        kind: [
            name
            for one in stored.directories[kind].by_slug.values()
            for name in (one.slug, one.name, *one.spellings)
        ]
        for kind in ("issue", "actor", "summit")
    }
