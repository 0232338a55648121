"""A table as a file: CSV, JSON or XLSX, written while it is read, and its description beside it."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.utils import timezone

from issues.domain.characters import FORBIDDEN, REPLACED
from issues.domain.formula import defused
from issues.exports.tables import Asked, Column, Kind, Table
from issues.exports.tables.column import REDUCED_DAY

BOM = "\ufeff"
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575  # beneath the head
# What a column holds, in the words of CSV on the Web; a day that is known to the month is no xsd:date.
DATATYPES = {
    Kind.TEXT: "string",
    Kind.NUMBER: "number",
    Kind.WHOLE: "integer",
    Kind.YES_NO: {"base": "boolean", "format": "yes|no"},
    Kind.DAY: "date",
    Kind.TIME: "dateTime",
    Kind.KNOWN_DAY: {"base": "string", "format": REDUCED_DAY},
}


class Lines:
    """Rows as the lines of a CSV file (RFC 4180)."""

    def __init__(self) -> None:
        self._writer = csv.writer(self)

    def write(self, line: str) -> str:
        """Hand back what is written."""
        return line

    def of(self, cells: Iterable[Any]) -> str:
        """One line."""
        return str(self._writer.writerow(cells))


def safe(value: Any) -> Any:
    """A value as it may stand in a cell; what a spreadsheet would take for a formula is defused."""
    if type(value) is str:  # most are, and the text of an enumeration is written as any other value
        return defused(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value.isoformat() if isinstance(value, date) else value


def csv_lines(table: Table, asked: Asked, *, bom: bool = False) -> Iterator[str]:
    """The lines of the file, in UTF-8; with a byte-order mark for a spreadsheet that needs it."""
    columns = table.columns(asked)
    write = Lines().of
    yield BOM * bom + write(column.name for column in columns)
    for row in table.rows(asked):
        yield write([safe(column.value(row)) for column in columns])


def json_lines(table: Table, asked: Asked, address: str) -> Iterator[str]:
    """One JSON object: a header that says what this is, and the rows as objects."""
    columns = table.columns(asked)
    yield f'{{"header": {_json(header(table, asked, address))},\n"rows": ['
    between = "\n"
    for row in table.rows(asked):
        yield between + _json({column.name: plain(column.value(row)) for column in columns})
        between = ",\n"
    yield "\n]}\n"


def workbook(table: Table, asked: Asked, address: str) -> Iterator[bytes]:
    """A workbook with the table and a sheet that says what it is; written row by row to a temporary file.

    What a workbook cannot hold is replaced, cut or left out, and counted on the second sheet.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with TemporaryFile() as held:
        with xlsxwriter.Workbook(held, options) as book:
            lost, left_out = _fill(book, table, asked)
            told = {"characters replaced or cut": lost}
            if left_out:
                told["rows left out: a sheet holds no more, the CSV file does"] = left_out
            _tell(book, header(table, asked, address) | told, table, asked)
        held.seek(0)
        while portion := held.read(64 * 1024):
            yield portion


def _fill(book: xlsxwriter.Workbook, table: Table, asked: Asked) -> tuple[int, int]:
    """Write the rows. Returns how many characters and how many rows could not be kept."""
    columns = table.columns(asked)
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [column.name for column in columns], book.add_format({"bold": True}))
    lost = left_out = 0
    for number, row in enumerate(table.rows(asked), 1):
        if number > MOST_ROWS:
            left_out += 1
            continue
        for place, column in enumerate(columns):
            value, changed = _cell(column.value(row))
            lost += changed
            if value is not None:
                sheet.write(number, place, value)
    return lost, left_out


def _tell(book: xlsxwriter.Workbook, told: dict[str, Any], table: Table, asked: Asked) -> None:
    sheet = book.add_worksheet("about")
    for number, (name, value) in enumerate(told.items()):
        sheet.write_row(number, 0, [name, "" if value is None else str(value)])
    for number, column in enumerate(table.columns(asked), len(told) + 1):
        sheet.write_row(number, 0, [column.name, column.says])


def header(table: Table, asked: Asked, address: str) -> dict[str, Any]:
    """What a file is: of which process, as of which summit, as known when, and when it was written."""
    known = asked.reading.known
    return {
        "process": asked.process.slug,
        "title": f"{asked.process.name}: {table.name}",
        "table": table.name,
        "description": table.says,
        "as_of": asked.summit.slug if asked.summit else None,
        "known_on": known.isoformat() if known else None,
        "address": address,
        "written_at": timezone.now().isoformat(timespec="seconds"),
    }


def metadata(table: Table, asked: Asked, file: str) -> dict[str, Any]:
    """The description of the CSV, in the vocabulary of CSV on the Web (W3C)."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "dc:title": f"{asked.process.name}: {table.name}",
        "dc:description": table.says,
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {"columns": [_described(column) for column in table.columns(asked)]},
    }


def _described(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.says,
        "datatype": DATATYPES[column.kind],
    }


def _cell(value: Any) -> tuple[Any, int]:
    """A value as a workbook holds it, and how much of it that is not."""
    value = plain(value)
    if isinstance(value, bool):
        return ("yes" if value else "no"), 0
    if not isinstance(value, str):
        return value, 0
    text, replaced = FORBIDDEN.subn(REPLACED, value)
    return text[:LONGEST_CELL] or None, replaced + max(len(text) - LONGEST_CELL, 0)


def plain(value: Any) -> Any:
    """A value as JSON holds it; what says nothing is null."""
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
