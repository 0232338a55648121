"""Separated text: its encoding, its delimiter, its records."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

import charset_normalizer

from issues.importing.reading.grid import Grid, ReadError, damaged, gather
from issues.importing.reading.limits import LONGEST_CELL, MOST_COLUMNS
from issues.importing.reading.references import read_references, reader_of

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# What may be chosen, and of which one is found where a file is not Unicode: of those alike the first.
ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp1252",
    "cp1254",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp1257",
    "iso8859-2",
    "iso8859-5",
    "iso8859-15",
    "koi8-r",
    "koi8-u",
    "cp850",
    "cp866",
    "mac-roman",
    "mac-cyrillic",
    "shift-jis",
    "euc-kr",
    "big5",
    "gb18030",
)
_CODE_PAGES = [codecs.lookup(name).name.replace("-", "_") for name in ENCODINGS[2:]]
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 64 * 1024
# How Excel writes the delimiter into the first row.
DECLARED = re.compile(r'"?sep=([,;\t])"?\r?\n', re.IGNORECASE)
# One line with its end; a file in memory, which csv could read as well, holds each letter in four bytes.
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Ends the last record wherever it stands but in an open quotation.
SENTINEL = "\x1f"


def read_text(data: bytes, encoding: str, delimiter: str) -> Grid:
    """The grid of separated text. Raises ReadError."""
    found, is_guess = (encoding, False) if encoding else _encoding(data)
    text = _decoded(data, found, strict=bool(encoding))
    if "\x00" in text:
        raise ReadError("This is no text: it holds NUL characters.", _row_of(text, text.index("\x00")))
    references = reader_of(text)
    if references is not None:
        return read_references(text, references, found)
    if delimiter not in ("", *DELIMITERS):
        raise ReadError("The delimiter is a comma, a semicolon or a tab.")
    declared = DECLARED.match(text)
    chosen = delimiter or (declared[1] if declared else _delimiter(text))
    rows = [row for row in gather(_records(text, chosen)) if row.number > 1 or not declared]
    if not rows:
        raise ReadError("There is nothing in this file.")
    grid = Grid(rows, encoding=found, delimiter=chosen, encoding_is_guess=is_guess)
    grid.warned = damaged(rows)
    return grid


def _encoding(data: bytes) -> tuple[str, bool]:
    """The encoding, and whether it is only the likeliest."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return name, False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\x00" not in data:
            return "utf-8", False
    sample = data[:LOOKED_AT]
    nul = [sample[0::2].count(0), sample[1::2].count(0)]
    if max(nul) * 4 > len(sample):  # UTF-16 of letters that are mostly Latin has every other byte zero
        return ("utf-16-le" if nul[1] > nul[0] else "utf-16-be"), True
    return ("utf-8" if _is_nearly_utf8(data) else _code_page(data)), True


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether nearly all of it is UTF-8: a few damaged letters do not make it another encoding."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for letter in text if letter > "\x7f") - bad
    return good >= 5 * bad


def _code_page(data: bytes) -> str:
    """The code page that reads these letters most like a language; of text that is short, the commonest."""
    beyond = [line for line in data.splitlines() if not line.isascii()]  # plain lines tell nothing
    sample = b"\n".join(beyond)[:LOOKED_AT]
    matches = charset_normalizer.from_bytes(sample, cp_isolation=_CODE_PAGES)
    names = {codecs.lookup(name).name: name for name in ENCODINGS}
    read = [(match, codecs.lookup(page).name) for match in matches for page in match.could_be_from_charset]
    ranked = [
        (_unlikely(str(match), names[page], match), names[page]) for match, page in read if page in names
    ]
    return min(ranked)[1] if ranked else "cp1252"


def _unlikely(text: str, page: str, match: charset_normalizer.CharsetMatch) -> tuple[float, ...]:
    """How unlikely a page is: what the library calls chaos, then what it does not look at.

    It knows letters that follow each other in a language, but not that a fraction or a degree sign within a
    word is none, nor which pages are rare today, nor Icelandic letters without Iceland, which are Turkish.
    """
    icelandic = page == "cp1252" and re.search("[ðþý]", text) is not None and "æ" not in text
    within_words = len(re.findall(r"(?<=[^\W\d_])[^\w\s'’.,:;/&+-](?=[^\W\d_])", text))
    legacy = page.startswith(("cp8", "mac")) and bool(match.chaos < 0.1)
    return round(match.chaos, 1), within_words, legacy, icelandic, -match.coherence, ENCODINGS.index(page)


def _decoded(data: bytes, encoding: str, *, strict: bool) -> str:
    """The text, without its mark at the beginning. What was chosen by a person must fit to the last byte."""
    if encoding in ("utf-16-le", "utf-16-be", "utf-32"):
        codec = encoding
    elif encoding in ENCODINGS:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
    else:
        raise ReadError(f"“{encoding}” is none of the encodings that can be read.")
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if strict:
            row = data[: error.start].count(b"\n") + 1
            raise ReadError(f"This is not {encoding}: “{error.reason}”. Choose another.", row) from error
        return data.decode(codec, "replace").removeprefix("\ufeff")
    except UnicodeError as error:  # UTF-16 that ends within a letter
        raise ReadError(f"This is not {encoding}. Choose another.") from error


def _delimiter(text: str) -> str:
    """The delimiter that divides most of the first records into equally many cells."""

    def fit(delimiter: str) -> tuple[float, int]:
        try:
            records = [
                len(cells)
                for _, cells in islice(_records(text[:LOOKED_AT], delimiter, cut=True), 50)
                if cells
            ]
        except ReadError:
            return 0.0, 0
        if not records:
            return 0.0, 0
        width, times = max(Counter(records).items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (times / len(records) if width > 1 else 0.0), width

    return max(DELIMITERS, key=fit)


def _records(text: str, delimiter: str, *, cut: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers. Raises ReadError for a quotation mark that is never closed.

    ``cut`` says that the text may end anywhere.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = chain((line[0] for line in LINE.finditer(text)), ("\n", SENTINEL))
    reader = csv.reader(lines, delimiter=delimiter)
    number, held = 0, None
    try:
        for cells in reader:
            if held is not None:
                yield number, held
            number += 1
            if len(cells) > 30 * MOST_COLUMNS:
                raise ReadError(f"There are {len(cells):,} columns; at most {MOST_COLUMNS} fit.", number)
            held = [
                cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell for cell in cells
            ]
    except csv.Error as error:
        if not cut:
            raise ReadError(_in_words(error), number + 1) from error
        return
    if held != [SENTINEL] and not cut:
        raise ReadError("A quotation mark is opened here and never closed.", number)


def _in_words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"A cell is longer than {LONGEST_CELL:,} characters; a quotation mark may be missing."
    return f"This row cannot be read ({error})."


def _row_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
