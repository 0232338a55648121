"""XLSX workbooks: the values that are stored in their cells, never formulas.

openpyxl in its read-only mode, because it streams the rows, tells errors from empty cells and knows both
epochs (the figures are in an ADR). It raises whatever it meets, so that everything is caught here.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from issues.importing.reading.grid import Grid, ReadError, Warned, damaged, gather
from issues.importing.reading.limits import LAST_ROW, MOST_COLUMNS

# A formula whose value was never worked out: a program wrote the file and nobody opened it.
UNCOMPUTED = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
CHUNK = 2**20


def read_workbook(data: bytes, sheet: str = "") -> Grid:
    """The grid of one sheet, by name, or of the first. Raises ReadError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that no value depends on
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return _grid(book, data, sheet)
            finally:
                book.close()
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"This workbook cannot be read: it is damaged ({type(error).__name__}).") from error


def _grid(book: Any, data: bytes, sheet: str) -> Grid:
    sheets = {found.title: found for found in book.worksheets}
    if not sheets:
        raise ReadError("This workbook has no sheet with cells.")
    if sheet and sheet not in sheets:
        raise ReadError(f"There is no sheet “{sheet}”; there are: {', '.join(sheets)}.")
    chosen = sheets[sheet] if sheet else next(iter(sheets.values()))
    chosen.reset_dimensions()  # what a file says of its size may be wrong
    rows = gather(_rows(chosen))
    if not rows:
        raise ReadError(f"There is nothing in the sheet “{chosen.title}”.")
    grid = Grid(rows, sheet=chosen.title, sheets=tuple(sheets))
    grid.serials_since = 1904 if book.epoch == CALENDAR_MAC_1904 else 1900
    grid.warned = [*damaged(rows), *_uncomputed(data, chosen._worksheet_path)]
    return grid


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > LAST_ROW:
            raise ReadError("There are more rows than a spreadsheet has.", number)
        if len(cells) > MOST_COLUMNS:
            width = max((place for place, value in enumerate(cells, 1) if value is not None), default=0)
            if width > MOST_COLUMNS:
                raise ReadError(f"There are {width:,} columns; at most {MOST_COLUMNS} can be read.", number)
        yield number, [_text(value) for value in cells]


def _text(value: object) -> str:
    """A value as text: days in ISO 8601, numbers as short as they are exact."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").replace("\x00", "")


def _uncomputed(data: bytes, path: str) -> list[Warned]:
    """The cells of a sheet that hold a formula without its value: they read as empty."""
    found: list[Warned] = []
    rest = b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path.lstrip("/")) as opened:
        while chunk := opened.read(CHUNK):
            text = rest + chunk
            end = text.rfind(b"</c>") + 4
            part, rest = (text[:end], text[end:]) if end > 3 else (b"", text)
            if len(rest) > 4 * CHUNK:
                return found  # no cell is as long as that
            for match in UNCOMPUTED.finditer(part):
                place = 0
                for letter in match[1]:
                    place = place * 26 + letter - 64
                found.append(Warned(int(match[2]), place, "", "a formula whose value is not in the file"))
    return found
