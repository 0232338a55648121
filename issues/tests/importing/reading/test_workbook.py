"""XLSX workbooks: values, days of both epochs, errors, what is refused, and how quickly."""

import io
import time
import zipfile
from datetime import date, datetime
from random import Random

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from issues.importing.reading import ReadError, read
from issues.tests.importing.workbooks import archive, part, saved, workbook

SHEET = "xl/worksheets/sheet1.xml"


def test_values_are_texts_as_short_as_they_are_exact() -> None:
    data = workbook([1, 2.5, 0.1 + 0.2, 1e-7, True, None, " x ", date(2020, 11, 9), "a\r\nb", 0.28867513])

    assert read(data).rows[0].cells == (
        "1",
        "2.5",
        "0.3",
        "1e-07",
        "TRUE",
        "",
        " x ",
        "2020-11-09",
        "a\nb",
        "0.28867513",
    )


def test_a_time_of_day_stays_beside_its_day() -> None:
    assert read(workbook([datetime(2020, 11, 9, 13, 5)])).rows[0].cells == ("2020-11-09 13:05:00",)


@pytest.mark.parametrize("since", [1900, 1904])
def test_days_are_read_by_the_epoch_of_the_workbook(since: int) -> None:
    book = openpyxl.Workbook()
    if since == 1904:
        book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = date(2020, 11, 9)

    grid = read(saved(book))

    assert grid.rows[0].cells == ("2020-11-09",)
    assert grid.serials_since == since


def test_an_error_is_kept_and_warned_of_and_never_empty() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = "#DIV/0!"
    book.worksheets[0]["B2"].data_type = "e"

    grid = read(saved(book))

    assert [(row.number, row.cells) for row in grid.rows] == [(2, ("", "#DIV/0!"))]
    assert [(cell.row, cell.column, cell.value) for cell in grid.warned] == [(2, 2, "#DIV/0!")]


def test_a_formula_gives_its_value_and_one_without_a_value_is_warned_of() -> None:
    plain = workbook(["x", 5], ["y", 6])
    sheet = part(plain, SHEET)
    with_value = sheet.replace(b"<v>5</v>", b"<f>2+3</f><v>5</v>")
    without = with_value.replace(b"<v>6</v>", b"<f>A1+1</f><v></v>")

    grid = read(archive({SHEET: without}, plain))

    assert [row.cells for row in grid.rows] == [("x", "5"), ("y",)]
    assert [(cell.row, cell.column) for cell in grid.warned] == [(2, 2)]


def test_a_sheet_is_chosen_by_its_name_and_the_others_are_told() -> None:
    data = workbook(sheets={"Notes": [["hello"]], "Positions": [["a", "b"]]})

    assert read(data).rows[0].cells == ("hello",)
    chosen = read(data, sheet="Positions")
    assert (chosen.sheet, chosen.sheets, chosen.rows[0].cells) == (
        "Positions",
        ("Notes", "Positions"),
        ("a", "b"),
    )
    with pytest.raises(ReadError, match="There is no sheet “Other”; there are: Notes, Positions"):
        read(data, sheet="Other")


def test_a_sheet_without_cells_is_told() -> None:
    with pytest.raises(ReadError, match="There is nothing in the sheet “Sheet”"):
        read(workbook())


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    plain = workbook(["a", "b"], ["c", "d"])
    sheet = part(plain, SHEET).replace(b'ref="A1:B2"', b'ref="A1:A1"')

    assert [row.cells for row in read(archive({SHEET: sheet}, plain)).rows] == [("a", "b"), ("c", "d")]


def bomb() -> bytes:
    return archive({SHEET: b"<worksheet>" + b" " * (500 * 2**20)}, workbook(["x"]))


def slow_bomb() -> bytes:
    return archive({SHEET: b"<worksheet><sheetData>" + b"<row></row>" * (4 * 2**20)}, workbook(["x"]))


def many_parts() -> bytes:
    return archive({f"xl/media/{number}.bin": b"x" for number in range(3_000)}, workbook(["x"]))


def large_texts() -> bytes:
    return archive({"xl/sharedStrings.xml": Random(1).randbytes(90 * 2**20)}, workbook(["x"]))


def with_part(name: str, content: bytes = b"x") -> bytes:
    return archive({name: content}, workbook(["x"]))


def with_entity() -> bytes:
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return archive({SHEET: entity + part(workbook(["x"]), SHEET)}, workbook(["x"]))


def far_cell(place: str) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "x"
    book.worksheets[0][place] = "y"
    return saved(book)


REFUSED = {
    "bomb": (bomb, "Unpacked, this workbook would take"),
    "slow bomb": (slow_bomb, "times its size, which no table does"),
    "many parts": (many_parts, "at most 2,000"),
    "texts": (large_texts, "The file has 90 MB"),
    "entities": (with_entity, "declares entities"),
    "macros": (lambda: with_part("xl/vbaProject.bin"), "holds macros"),
    "macros by type": (
        lambda: with_part(
            "[Content_Types].xml", b"<Types>application/vnd.ms-excel.sheet.macroEnabled</Types>"
        ),
        "holds macros",
    ),
    "ods": (
        lambda: archive(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
        ),
        "OpenDocument",
    ),
    "xlsb": (lambda: with_part("xl/workbook.bin"), "binary Excel"),
    "archive": (lambda: archive({"a.csv": b"a,b"}), "an archive, not a workbook"),
    "xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5_000, "old Excel file"),
    "html as xls": (lambda: b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table>", "a web page or XML"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook/>', "a web page or XML"),
    "pdf": (lambda: b"%PDF-1.7 ...", "PDF"),
    "gzip": (lambda: b"\x1f\x8b\x08\x00", "compressed"),
    "too large": (lambda: b"a,b\n" * (13 * 2**20 + 1), "The file has 52 MB; at most 50"),
    "far column": (lambda: far_cell("XFD1"), "There are 16,384 columns"),
    "cut off": (lambda: workbook(["x"])[:-200], "damaged"),
    "not a part": (lambda: archive({"xl/workbook.xml": b"<oops"}, workbook(["x"])), "damaged"),
    "no workbook": (lambda: archive({}, workbook(["x"]), without=["xl/workbook.xml"]), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason_within_two_seconds(name: str) -> None:
    make, reason = REFUSED[name]
    data = make()
    started = time.perf_counter()

    with pytest.raises(ReadError, match=reason):
        read(data)

    assert time.perf_counter() - started < 2


def test_a_part_that_lies_about_its_size_is_read_no_further() -> None:
    data = workbook(["x"])
    held = bytearray(archive({SHEET: b"<worksheet>" + b" " * 2**20}, data))
    directory = zipfile.ZipFile(io.BytesIO(bytes(held)))
    at = held.rfind(SHEET.encode()) - 46 + 24  # its unpacked size in the directory at the end
    assert int.from_bytes(held[at : at + 4], "little") == directory.getinfo(SHEET).file_size
    held[at : at + 4] = (100).to_bytes(4, "little")

    with pytest.raises(ReadError, match="damaged"):
        read(bytes(held))


def test_a_cell_far_down_leaves_the_rows_between_out() -> None:
    rows = read(far_cell("B1048576")).rows

    assert [(row.number, row.cells) for row in rows] == [(1, ("x",)), (1_048_576, ("", "y"))]
