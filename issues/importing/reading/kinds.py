"""What a file is, told by its first bytes; what cannot be read is refused with what to do instead."""

import io
import zipfile
import zlib
from enum import Enum

from issues.importing.reading.grid import ReadError
from issues.importing.reading.limits import (
    LARGE,
    MOST_BYTES,
    MOST_OF_A_PART,
    MOST_PARTS,
    MOST_TIMES,
    MOST_UNPACKED,
)

SAVE_AS = "Save it as XLSX or CSV."


class FileKind(Enum):
    """What can be read."""

    TEXT = "separated text"
    WORKBOOK = "XLSX workbook"


# By how a file begins, why it is refused.
REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", f"This is an old Excel file (.xls), or one with a password. {SAVE_AS}"),
    (b"\x09\x08", f"This is a very old Excel file (.xls). {SAVE_AS}"),
    (b"%PDF", "This is a PDF; a table in it has to be copied into a spreadsheet first."),
    (b"{\\rtf", f"This is a text document (RTF). {SAVE_AS}"),
    (b"\x1f\x8b", "This is a compressed file; unpack it first."),
    (b"7z\xbc\xaf", "This is a compressed file; unpack it first."),
    (b"Rar!", "This is a compressed file; unpack it first."),
    (b"BZh", "This is a compressed file; unpack it first."),
    (b"\xfd7zXZ", "This is a compressed file; unpack it first."),
    (b"\x89PNG", "This is a picture."),
    (b"\xff\xd8\xff", "This is a picture."),
    (b"GIF8", "This is a picture."),
    (b"SQLite format 3", f"This is a database. {SAVE_AS}"),
    (b"PAR1", f"This is a Parquet file. {SAVE_AS}"),
)
MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<!doctype")


def kind_of(data: bytes) -> FileKind:
    """What the file is. Raises ReadError for what cannot be read, and for what is too large."""
    if len(data) > MOST_BYTES:
        raise ReadError(too_large(len(data)))
    for begin, why in REFUSED:
        if data.startswith(begin):
            raise ReadError(why)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(MARKUP):
        raise ReadError(f"This is a web page or XML, whatever its name says. {SAVE_AS}")
    if data.startswith(b"PK"):
        _check_archive(data)
        return FileKind.WORKBOOK
    return FileKind.TEXT


def too_large(size: int) -> str:
    """Why a file of this size is refused."""
    return f"The file has {size / 2**20:,.0f} MB; at most {MOST_BYTES // 2**20} can be read. Divide it."


def _check_archive(data: bytes) -> None:
    """Raise ReadError unless an archive is a workbook that can be unpacked without harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename.lower() for part in parts}
            _refuse_other(archive, names)
            _refuse_bomb(parts)
            _refuse_entities(archive, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise ReadError("This workbook is damaged and cannot be unpacked.") from error
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        raise ReadError("This workbook is damaged and cannot be unpacked.") from error


def _refuse_other(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names) or any(
        "macrosheets/" in name for name in names
    ):
        raise ReadError(f"This workbook holds macros. {SAVE_AS}")
    if "mimetype" in names or "content.xml" in names:
        raise ReadError(f"This is an OpenDocument file (ODS), whose dates and errors do not read. {SAVE_AS}")
    if "xl/workbook.bin" in names:
        raise ReadError(f"This is a binary Excel file (.xlsb). {SAVE_AS}")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ReadError("This is an archive, not a workbook; unpack it first.")
    types = next(part for part in archive.infolist() if part.filename.lower() == "[content_types].xml")
    if types.file_size < MOST_OF_A_PART and b"macroenabled" in archive.read(types).lower():
        raise ReadError(f"This workbook holds macros. {SAVE_AS}")


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise ReadError(f"This workbook has {len(parts):,} parts; at most {MOST_PARTS:,} can be read.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise ReadError(f"Unpacked, this workbook would take {unpacked / 2**20:,.0f} MB. Divide it.")
    for part in parts:
        if part.file_size > LARGE and part.file_size > MOST_TIMES * part.compress_size:
            times = part.file_size // max(part.compress_size, 1)
            raise ReadError(f"{part.filename} unpacks to {times:,} times its size, which no table does.")
        if part.file_size > MOST_OF_A_PART and "worksheets/" not in part.filename.lower():
            raise ReadError(f"{part.filename} would take {part.file_size / 2**20:,.0f} MB. Divide the file.")


def _refuse_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse declarations of entities, which no spreadsheet program writes: they stand before all else."""
    signs = [sign.encode(code) for sign in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le")]
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as opened:
                begin = opened.read(64 * 1024)
            if any(sign in begin for sign in signs) or b"<!\x00D\x00" in begin:
                raise ReadError(f"{part.filename} declares entities, which is refused.")
