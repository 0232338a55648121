"""A file opened: its grid, the table in it, the mapping, and the plan, as command and page show them."""

from dataclasses import dataclass, replace

from issues.importing.item import Plan
from issues.importing.mapping import Mapping, propose, statements
from issues.importing.plan import plan
from issues.importing.reading import Grid, Layout, Table, guess_head, read, table
from issues.importing.stored import Stored


@dataclass
class Opened:
    """A file as a mapping reads it; ``mapping`` says the head and the columns that were found, too."""

    grid: Grid
    table: Table
    mapping: Mapping


def opened(data: bytes, mapping: Mapping, stored: Stored) -> Opened:
    """Read a file by a mapping; one that says no columns is proposed. Raises ReadError."""
    grid = read(data, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet)
    layout = mapping.layout if mapping.layout.head else replace(mapping.layout, head=guess_head(grid).head)
    found = table(grid, layout)
    if not mapping.columns and not mapping.cells:
        proposed = propose(found, _names(stored))
        dates = {**proposed.dates, **mapping.dates}
        mapping = replace(
            mapping, across=proposed.across, columns=proposed.columns, cells=proposed.cells, dates=dates
        )
    return Opened(grid, found, replace(mapping, layout=layout))


def planned(file: Opened, stored: Stored) -> Plan:
    """What an opened file would do. Raises MappingError where its mapping does not fit it."""
    return plan(statements(file.table, file.mapping), file.mapping, stored)


def for_next(mapping: Mapping) -> Mapping:
    """A mapping as it serves the next file of the same kind, which may be written and laid out otherwise."""
    return replace(mapping, encoding="", delimiter="", sheet="", layout=Layout())


def _names(stored: Stored) -> dict[str, list[str]]:
    return {
        kind: [
            name
            for one in stored.directories[kind].by_slug.values()
            for name in (one.slug, one.name, *one.spellings)
        ]
        for kind in ("issue", "actor", "summit")
    }
