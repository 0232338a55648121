"""How a second file is joined, as a mapping says it, and a first proposal."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from issues.domain.spelling import folded
from issues.importing.reading import Layout, Table

SECOND = 2
REFUSE, BLANK = "refuse", "blank"
UNMATCHED = {
    REFUSE: "refuse the rows that find nothing there",
    BLANK: "leave its columns empty in rows that find nothing there",
}


@dataclass(frozen=True)
class Join:
    """A second table whose columns stand beside each row that has its key.

    ``on`` leads from columns of the first to columns of the second; ``columns`` are those that are taken,
    all where it is empty. ``file`` is the number or the name of the file; of a workbook, ``sheet`` may be
    another of the first file. ``keys`` say which key of the second a key of the first means, ``fold`` that
    case, accents, blanks and leading zeros of keys do not matter, ``unmatched`` what becomes of rows that
    find nothing.
    """

    on: Map[str, str] = field(default_factory=dict)
    file: int | str = SECOND
    columns: tuple[str, ...] = ()
    keys: Map[str, str] = field(default_factory=dict)
    fold: bool = False
    unmatched: str = REFUSE
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    layout: Layout = field(default_factory=Layout)


def propose_on(left: Table, right: Table) -> dict[str, str]:
    """The columns by which two tables seem to be joined; empty where none or several seem so.

    They are called alike, tell the rows of the second apart, and share a value at least.
    """
    called = {folded(column): column for column in right.columns}
    pairs = {column: called[folded(column)] for column in left.columns if folded(column) in called}
    fit = {one: other for one, other in pairs.items() if _is_key(left, right, one, other)}
    return fit if len(fit) == 1 else {}


def _is_key(left: Table, right: Table, one: str, other: str) -> bool:
    values = right.values(other)
    tells_apart = all(count == 1 for value, count in values.items() if value)
    return tells_apart and bool(left.values(one).keys() & values.keys() - {""})
