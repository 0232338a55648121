"""What reading gives: cells as text in numbered rows, and the table that a person sees in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from issues.importing.reading.limits import MOST_COLUMNS, MOST_ROWS

# How many rows at the top may be titles before the head.
LOOK_FOR_HEAD = 30

# What UTF-8 looks like that was read as a code page: a lead byte, then what a second byte becomes there.
_SECOND = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MOJIBAKE = re.compile(f"â€|[ÃÂÐÑØÙ][{_SECOND}]|ï¿½|\ufffd")
ERRORS = frozenset(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
FORMULA = re.compile(r"=\s*[A-Za-z_(+\-\"$@]")


class ReadError(Exception):
    """A file that cannot be read; ``row`` is the row that is to blame, where one is."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message if row is None else f"Row {row}: {message}")
        self.row = row


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file, with its number as a spreadsheet counts: from 1, empty rows too."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A cell that looks damaged, and why."""

    row: int
    column: int
    value: str
    why: str


@dataclass
class Grid:
    """Everything that stands in one sheet; rows without any text are left out, but counted.

    ``serials_since`` is the epoch of a workbook, 1900 or 1904, for days that it holds as plain numbers.
    """

    rows: list[Row]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    serials_since: int = 1900
    encoding_is_guess: bool = False
    warned: list[Warned] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a grid the table is: its head row or rows, its first and last row, its columns.

    Rows and columns count from 1. Without a head it is guessed; ``first_row`` 0 is the one below the head,
    ``last_row`` and ``last_column`` 0 mean to the end. ``ignored`` are columns by number.
    """

    head: tuple[int, ...] = ()
    first_row: int = 0
    last_row: int = 0
    first_column: int = 1
    last_column: int = 0
    ignored: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and the rows below them, each cell by the place of its column."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def values(self, column: str) -> dict[str, int]:
        """The distinct values of a column, each with the number of its rows."""
        place = self.columns.index(column)
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.cells[place]] = found.get(row.cells[place], 0) + 1
        return found


def gather(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Row]:
    """The rows that have any text, each text kept once. Raises ReadError where there are too many."""
    texts: dict[str, str] = {}
    found: list[Row] = []
    for number, cells in rows:
        width = len(cells)
        while width and not cells[width - 1]:
            width -= 1
        if width > MOST_COLUMNS:
            raise ReadError(f"There are {width:,} columns; at most {MOST_COLUMNS} can be read.", number)
        if not width:
            continue
        if len(found) == MOST_ROWS:
            raise ReadError(f"There are more than {MOST_ROWS:,} rows; divide the file.", number)
        found.append(Row(number, tuple(texts.setdefault(text, text) for text in cells[:width])))
    return found


def damaged(rows: Iterable[Row]) -> list[Warned]:
    """The cells that look damaged: wrong encoding, errors of a spreadsheet, formulas instead of values."""
    found = []
    for row in rows:
        for place, text in enumerate(row.cells, 1):
            why = _damage(text)
            if why:
                found.append(Warned(row.number, place, text, why))
    return found


def _damage(text: str) -> str:
    if not text:
        return ""
    if text[0] == "#" and text.upper() in ERRORS:
        return "an error of the spreadsheet, not a value"
    if text[0] == "=" and FORMULA.match(text):
        return "a formula, not its value"
    if not text.isascii() and MOJIBAKE.search(text):
        return "letters that look wrongly decoded"
    return ""


def guess_head(grid: Grid) -> Layout:
    """The head, below any titles: the first row that is nearly as wide as the table, of texts that differ.

    A row above that names groups of columns, each once over several, belongs to the head.
    """
    looked = grid.rows[:LOOK_FOR_HEAD]
    filled = [sum(1 for text in row.cells if text.strip()) for row in looked]
    for place, row in enumerate(looked):
        names = [text for text in row.cells if text.strip()]
        if filled[place] * 3 >= max(filled) * 2 and not any(_is_data(text) for text in names):
            above = looked[place - 1] if place else None
            if above is not None and _groups(above, row):
                return Layout(head=(above.number, row.number))
            if place + 1 < len(looked) and _is_below(row, looked[place + 1]):
                return Layout(head=(row.number, looked[place + 1].number))
            return Layout(head=(row.number,))
    return Layout(head=(looked[0].number,)) if looked else Layout(head=(1,))


def _groups(above: Row, head: Row) -> bool:
    """Whether a row names groups of the columns below it: several names, with gaps between them."""
    names = [text for text in above.cells if text.strip()]
    below = [text for text in head.cells if text.strip()]
    return (
        above.number + 1 == head.number
        and len(names) > 1
        and len(names) < len(below)
        and len(set(below)) < len(below)
    )


def _is_below(row: Row, below: Row) -> bool:
    """Whether a row divides the groups of the row above: under each name that comes again, the same words.

    “Iran, Iran, Russia, Russia” over “position, salience, position, salience” are two head rows; a row of
    values below two columns that are both called “Source” is none.
    """
    width = min(len(row.cells), len(below.cells))
    pairs = zip(row.cells[:width], below.cells[:width], strict=True)
    groups = [(name, [text for _, text in of]) for name, of in groupby(pairs, key=lambda pair: pair[0])]
    parts = [texts for name, texts in groups if name.strip() and len(texts) > 1]
    names = [name for name, _ in groups if name.strip()]
    longest = max(parts, key=len, default=[])
    return (
        len(parts) > 1
        and len(set(names)) == len(names)
        and all(set(texts) <= set(longest) and len(set(texts)) == len(texts) for texts in parts)
        and not any(_is_data(text) for text in below.cells)
    )


def _is_data(text: str) -> bool:
    """Whether a text is a number, which heads are not, unless it is a year."""
    plain = text.strip().lstrip("-+").replace(".", "", 1).replace(",", "", 1)
    return plain.isdecimal() and not YEAR.fullmatch(text.strip())


def table(grid: Grid, layout: Layout) -> Table:
    """The table that a layout sees in a grid. Raises ReadError where it has no head or no such column.

    Of several head rows a name is made of all that stand above one another; a name above that is left
    empty goes on from the left. Columns that would share a name get a number behind it.
    """
    by_number = {row.number: row for row in grid.rows}
    if not layout.head:
        layout = replace(layout, head=guess_head(grid).head)
    missing = [number for number in layout.head if number not in by_number]
    if missing:
        raise ReadError("The names of the columns should be here, but the row is empty.", missing[0])
    last = layout.last_column or grid.width
    places = [
        place
        for place in range(max(layout.first_column, 1), min(last, grid.width) + 1)
        if place not in layout.ignored
    ]
    names = _names([by_number[number] for number in layout.head], places, grid.width)
    first = layout.first_row or max(layout.head) + 1
    rows = (
        _placed(row, places)
        for row in grid.rows
        if row.number >= first
        and (not layout.last_row or row.number <= layout.last_row)
        and row.number not in layout.head
    )
    kept = [row for row in rows if any(row.cells)]
    with_text = [
        i for i, name in enumerate(names) if name or any(row.cells[i] for row in kept)
    ]  # an empty column is none
    if not with_text:
        raise ReadError("There is no column with a name here.", layout.head[0])
    heads = distinct([names[i] or f"column {_letters(places[i])}" for i in with_text])
    if len(with_text) < len(places):
        kept = [Row(row.number, tuple(row.cells[i] for i in with_text)) for row in kept]
    return Table(tuple(heads), tuple(kept))


def _placed(row: Row, places: Sequence[int]) -> Row:
    """The cells of a row at these places: the row itself where it is the same, to be held once."""
    cells = tuple(_cell(row, place) for place in places)
    return row if cells == row.cells else Row(row.number, cells)


def _cell(row: Row, place: int) -> str:
    """A cell without blanks around it, and without the apostrophe that keeps a formula from being one."""
    text = row.cells[place - 1].strip() if place <= len(row.cells) else ""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _names(heads: Sequence[Row], places: Sequence[int], width: int) -> list[str]:
    parts: list[list[str]] = []
    for number, head in enumerate(heads):
        cells = [" ".join(_cell(head, place).split()) for place in range(1, width + 1)]
        if number < len(heads) - 1:  # merged cells hold their text in the first
            for i in range(1, width):
                cells[i] = cells[i] or cells[i - 1]
        parts.append(cells)
    joined = []
    for place in places:
        stacked = [cells[place - 1] for cells in parts if cells[place - 1]]
        joined.append(" / ".join(text for text, _ in groupby(stacked)))
    return joined


def distinct(names: Sequence[str]) -> list[str]:
    """Names of columns of which none is another's: the second of a name gets “(2)” behind it."""
    taken: set[str] = set()
    found = []
    for name in names:
        number, own = 1, name
        while own in taken:
            number += 1
            own = f"{name} ({number})"
        taken.add(own)
        found.append(own)
    return found


def _letters(place: int) -> str:
    """The letters by which a spreadsheet calls a column: A, Z, AA."""
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
