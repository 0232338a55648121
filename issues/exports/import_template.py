"""A workbook to fill and send back: the importer's columns, with a process's own names to choose."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from issues.importing.mapping.columns import CHOICES, DATES, FIELDS
from issues.queries.reading.process import Reading

# The columns of the first sheet: those that one fills of a statement; the others may be added by name.
COLUMNS = (
    *("issue", "actor", "summit", "option", "value", "summary", "red_line", "accepts_from", "accepts_to"),
    *("salience", "confidence", "note", "quote", "language", "translation", "speaker", "said_on", "locator"),
    *("source_url", "source_title", "source_publisher", "source_date", "source_kind"),
)
# As far as cells offer a choice; rows below it are read as well.
ROWS = 1_000
WIDE = {"summary", "quote", "translation", "note", "source_url", "source_title"}
HOW = (
    "One row a statement: who said what on which issue, at which summit or occasion, and where it stands.",
    "Say the position as an option, by its label, or as a number on 0 to 100; leave the other empty.",
    "Days are as exact as they are known: 2023-07-15, 2023-07, 2023.",
    "Rows of one actor, issue and summit are statements of one position.",
    "Then upload the file on the page that this one came from. Nothing is stored before you have seen what it"
    " would change.",
)


def import_template(reading: Reading) -> bytes:
    """The workbook, as XLSX: positions to fill, the names of the process on other sheets, and how to."""
    book = Workbook()
    lists = {
        "issue": _sheet(book, "issues", ["issue"], [[issue.name] for issue in reading.issues.values()]),
        "actor": _sheet(book, "actors", ["actor"], [[str(actor)] for actor in reading.actors.values()]),
        "summit": _sheet(book, "summits", ["summit"], [[item.name] for item in reading.summits.values()]),
    }
    _sheet(
        book,
        "options",
        ["issue", "option", "value"],
        [
            [issue.name, option.label, option.value]
            for issue in reading.issues.values()
            for option in issue.options.all()
        ],
    )
    how: list[list[object]] = [[line] for line in (*HOW, "")]
    how += [[name, FIELDS[name]] for name in COLUMNS]
    _sheet(book, "how to", ["how to fill the first sheet"], how)
    _positions(book.worksheets[0], lists)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _positions(sheet: Worksheet, lists: dict[str, str]) -> None:
    sheet.title = "positions"
    _head(sheet, COLUMNS)
    for place, name in enumerate(COLUMNS, 1):
        letter = get_column_letter(place)
        column = sheet.column_dimensions[letter]
        column.width = 40 if name in WIDE else 18
        if name in DATES:  # as text, or a spreadsheet makes a day of what is a month
            for row in range(2, ROWS + 2):
                sheet.cell(row, place).number_format = "@"
        choice = lists.get(name) or (f'"{",".join(CHOICES[name])}"' if name in CHOICES else "")
        if choice:
            offered = DataValidation(type="list", formula1=choice, allow_blank=True, errorStyle="warning")
            offered.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.add_data_validation(offered)


def _sheet(book: Workbook, title: str, head: list[str], rows: list[list[object]]) -> str:
    """Write a sheet. Returns the range of its first column, as a list to choose from."""
    sheet = book.create_sheet(title)
    _head(sheet, head)
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 60
    return f"'{title}'!$A$2:$A${max(len(rows), 1) + 1}"


def _head(sheet: Worksheet, names: list[str] | tuple[str, ...]) -> None:
    for place, name in enumerate(names, 1):
        sheet.cell(1, place, name).font = Font(bold=True)
    sheet.freeze_panes = "A2"
