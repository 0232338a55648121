"""Files and pastes, whatever they are, as grids of text; anything else is refused with its place.

No Django: :func:`read` is given bytes, and gives a :class:`Grid` or raises :class:`ReadError`.
"""

from issues.importing.reading.grid import (
    Grid,
    Layout,
    ReadError,
    Row,
    Table,
    Warned,
    distinct,
    guess_head,
    table,
)
from issues.importing.reading.kinds import FileKind, kind_of
from issues.importing.reading.limits import MOST_BYTES
from issues.importing.reading.text import DELIMITERS, ENCODINGS, read_text
from issues.importing.reading.workbook import read_workbook

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "MOST_BYTES",
    "FileKind",
    "Grid",
    "Layout",
    "ReadError",
    "Row",
    "Table",
    "Warned",
    "distinct",
    "guess_head",
    "read",
    "table",
]


def read(data: bytes, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Grid:
    """The grid of a file: CSV, other separated text, or XLSX, told by its contents and not by its name.

    What is left empty is found out: the encoding, the delimiter, and the first sheet of a workbook.
    Raises ReadError, with its row where it has one, for whatever cannot be read or is too large.
    """
    if kind_of(data) == FileKind.WORKBOOK:
        return read_workbook(data, sheet)
    return read_text(data, encoding, delimiter)
