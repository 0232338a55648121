"""Workbooks for tests, as bytes; what no program would write is put into the archive by hand."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl


def workbook(*rows: Iterable[Any], sheets: Mapping[str, Iterable[Iterable[Any]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, of_sheet in (sheets or {"Sheet": rows}).items():
        sheet = book.create_sheet(title)
        for row in of_sheet:
            sheet.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def archive(parts: Mapping[str, bytes], base: bytes = b"", without: Iterable[str] = ()) -> bytes:
    """An archive of these parts beside those of another."""
    held = io.BytesIO()
    gone = {*parts, *without}
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in old.namelist():
                    if name not in gone:
                        made.writestr(name, old.read(name))
        for name, content in parts.items():
            made.writestr(name, content)
    return held.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name)
