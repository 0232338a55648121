"""Sources as reference managers write them (RIS, BibTeX, CSL-JSON), read as a table of sources.

An entry is a row; the head is row 1, as if the file were a spreadsheet. What an entry does not say is empty.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from issues.importing.reading.grid import Grid, ReadError, Row, damaged
from issues.importing.reading.limits import MOST_ROWS

COLUMNS = (
    *("key", "title", "author", "publisher", "url", "archive_url", "date", "accessed", "language"),
    *("kind", "type", "keywords", "note"),
)
RIS = re.compile(r"\ufeff?\s*(?:1\.\s+)?TY  - ", re.ASCII)
BIBTEX = re.compile(r"\ufeff?(?:\s|%[^\n]*\n)*@\w+\s*\{", re.ASCII)
JSON = re.compile(r"\ufeff?\s*(?:\[\s*\{|\{\s*\")", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PUBLISHERS = ("journaltitle", "journal", "publisher", "institution", "organization", "howpublished")
DOI = "https://doi.org/"
# What our own files say of a source as a keyword, and above its note.
KIND = "kind: "
ARCHIVED = "archived: "
CITATION_KEY = "Citation Key: "  # as Zotero writes it
Entry = dict[str, str]
# What the library knows of LaTeX, and the braces by name.
_MACROS = get_default_latex_context_db()
_MACROS.add_context_category(
    "braces",
    prepend=True,
    macros=[MacroTextSpec("textbraceleft", "{"), MacroTextSpec("textbraceright", "}")],
)


def reader_of(text: str) -> Callable[[str], list[Entry]] | None:
    """What reads a text as sources; None for what is no bibliography."""
    if RIS.match(text):
        return _ris
    if BIBTEX.match(text):
        return _bibtex
    return _csl if JSON.match(text) else None


def read_references(text: str, entries_of: Callable[[str], list[Entry]], encoding: str) -> Grid:
    """A table of the sources of a bibliography. Raises ReadError, with its row where it has one."""
    entries = entries_of(text)
    if not entries:
        raise ReadError("There are no sources in this file.")
    if len(entries) > MOST_ROWS:
        raise ReadError(f"There are more than {MOST_ROWS:,} sources; divide the file.")
    rows = [Row(1, COLUMNS)]
    for number, entry in enumerate(entries, 2):
        entry["kind"] = next(
            (word[len(KIND) :] for word in entry["keywords"].split("; ") if word.startswith(KIND)), ""
        )
        rows.append(Row(number, tuple(" ".join(entry.get(name, "").split()) for name in COLUMNS)))
    grid = Grid(rows, encoding=encoding)
    grid.warned = damaged(rows)
    return grid


def _ris(text: str) -> list[Entry]:
    try:
        found = rispy.loads(text.removeprefix("\ufeff"), skip_unknown_tags=True)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise ReadError(f"This RIS file cannot be read: {error}") from error
    return [
        {
            "key": _text(item, "id"),
            "title": _text(item, "title", "primary_title", "translated_title"),
            "author": _people(item.get("authors") or item.get("first_authors") or ()),
            "publisher": _text(
                item, "secondary_title", "journal_name", "alternate_title3", "alternate_title2", "publisher"
            ),
            "url": _text(item, "urls", "url") or _doi(_text(item, "doi")),
            "archive_url": _text(item, "file_attachments1", "link_pdf") if _is_web(item) else "",
            "date": _day(_text(item, "date", "year", "publication_year")),
            "accessed": _day(_text(item, "access_date")),
            "language": _text(item, "language"),
            "type": _text(item, "type_of_reference"),
            "keywords": "; ".join(item.get("keywords") or ()),
            "note": _text(item, "notes"),
        }
        for item in found
    ]


def _is_web(item: dict[str, Any]) -> bool:
    return _text(item, "file_attachments1", "link_pdf").startswith(("http://", "https://"))


def _bibtex(text: str) -> list[Entry]:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        library = parse_string(text)
    except Exception as error:  # it may raise whatever its parts raise
        raise ReadError(f"This BibTeX file cannot be read: {error}") from error
    for failed in library.failed_blocks:
        raise ReadError(f"This entry cannot be read: {failed.error}", (failed.start_line or 0) + 1)
    return [
        _bibtex_entry(item.key, item.entry_type, {field.key.lower(): field.value for field in item.fields})
        for item in library.entries
    ]


def _bibtex_entry(key: str, kind: str, item: dict[str, Any]) -> Entry:
    month = str(item.get("month", "")).strip().lower()
    if month[:3] in MONTHS:
        month = str(MONTHS.index(month[:3]) + 1)
    month = month.zfill(2) if month.isdigit() else ""
    day = str(item.get("day", "")).strip()
    parts = [_text(item, "year"), month, day.zfill(2) if day.isdigit() and month else ""]
    return {
        "key": key,
        "title": _plain(_text(item, "title")),
        "author": "; ".join(_plain(name) for name in _authors(_text(item, "author"))),
        "publisher": _plain(_text(item, *PUBLISHERS)),
        "url": _text(item, "url") or _doi(_text(item, "doi")),
        "date": _day(_text(item, "date") or "-".join(part for part in parts if part)),
        "accessed": _day(_text(item, "urldate")),
        "language": _text(item, "langid", "language"),
        "type": kind,
        "keywords": "; ".join(part.strip() for part in _text(item, "keywords").split(",") if part.strip()),
        "archive_url": _attached(_text(item, "file")),
        "note": _plain(_text(item, "note", "annotation")),
    }


def _authors(text: str) -> list[str]:
    """The names between which BibTeX has an “and” outside of braces."""
    found, depth = [""], 0
    for word in re.split(r"(\s+)", text):
        if word == "and" and not depth:
            found.append("")
            continue
        depth += word.count("{") - word.count("}")
        found[-1] += word
    return found


def _attached(file: str) -> str:
    """The web address of what is attached, without the backslashes before its signs; else nothing."""
    return re.sub(r"\\([^A-Za-z0-9.])", r"\1", file) if file.startswith("http") else ""


def _plain(markup: str) -> str:
    """A text of BibTeX without its markup; what cannot be read as such stays as it is."""
    try:
        # The library draws the circumflex as an accent that stands alone.
        return str(LatexNodes2Text(latex_context=_MACROS).latex_to_text(markup)).replace("ˆ", "^").strip()
    except (ValueError, IndexError, KeyError, RecursionError):
        return markup


def _csl(text: str) -> list[Entry]:
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"This JSON cannot be read: {error}") from error
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list):
        raise ReadError("This JSON holds no list of sources.")
    for number, item in enumerate(items, 2):
        if not isinstance(item, dict) or not {"title", "type"} & item.keys():
            raise ReadError("This is no source of CSL-JSON: it has neither a title nor a type.", number)
    return [_csl_entry(item) for item in items]


def _csl_entry(item: dict[str, Any]) -> Entry:
    above, note = _above(_text(item, "note"))
    return {
        "key": above.get(CITATION_KEY) or _text(item, "citation-key", "id"),
        "title": _text(item, "title"),
        "author": _people(_names(item.get("author"))),
        "publisher": _text(item, "container-title", "publisher"),
        "url": _text(item, "URL") or _doi(_text(item, "DOI")),
        "archive_url": _text(item, "archive_location") or above.get(ARCHIVED, ""),
        "date": _csl_day(item.get("issued")),
        "accessed": _csl_day(item.get("accessed")),
        "language": _text(item, "language"),
        "type": _text(item, "type"),
        "keywords": _text(item, "keyword").replace(",", ";") or (KIND + above[KIND] if KIND in above else ""),
        "note": note,
    }


def _above(note: str) -> tuple[dict[str, str], str]:
    """What our own files say above a note, each once, and the note beneath."""
    above: dict[str, str] = {}
    lines = note.split("\n")
    for name in (CITATION_KEY, KIND, ARCHIVED):
        if lines and lines[0].startswith(name):
            above[name] = lines.pop(0).removeprefix(name)
    return above, "\n".join(lines)


def _names(people: Any) -> Iterable[str]:
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict):
            parts = [_text(person, "family"), _text(person, "given")]
            yield _text(person, "literal") or ", ".join(part for part in parts if part)


def _csl_day(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    parts = said.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return _day("-".join(str(part) for part in parts[0][:3]))
    return _day(_text(said, "raw", "literal"))


def _people(names: Iterable[Any]) -> str:
    return "; ".join(str(name) for name in names if name)


def _text(item: dict[str, Any], *names: str) -> str:
    """The first of these that says anything."""
    for name in names:
        value = item.get(name)
        if isinstance(value, list):
            value = next((one for one in value if one), "")
        if value is not None and not isinstance(value, dict) and str(value).strip():
            return str(value).strip()
    return ""


def _doi(text: str) -> str:
    return text if not text or text.startswith("http") else DOI + text.removeprefix("doi:").strip()


def _day(text: str) -> str:
    """A day as exactly as it is said: ``2023/07/15/Saturday`` is 2023-07-15, ``2023//`` is 2023.

    What is no such day stays as it is, to be refused with its words.
    """
    parts = [part.strip() for part in re.split(r"[/\-T]", text)[:3]]
    while parts and not parts[-1].isdigit():
        parts.pop()
    if not parts or not all(part.isdigit() and part.isascii() for part in parts) or len(parts[0]) != 4:
        return text
    return "-".join(part.zfill(2) for part in parts)
