"""What a package says of itself: for programs a descriptor; for people README, codebook and citation."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from issues.exports.package.archive import Stored
from issues.exports.package.resources import Resource
from issues.queries.package.columns import KINDS, columns, table_name
from issues.queries.package.layout import CHECKSUMS, DATA, LAYOUT
from issues.queries.package.whole import Whole

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NO_LICENCE = "No licence was given for this record: ask whoever published it before you publish it again."
QUOTED = "Quotations are the words of their speakers and publishers, and are cited as such."


@dataclass(frozen=True)
class Told:
    """What is told of a package beside its content: its last change, its number and day as a release."""

    changed_at: datetime | None = None
    number: str = ""
    released_on: date | None = None
    doi: str = ""


def title(whole: Whole) -> str:
    """What the package is called."""
    known = f", as known on {_moment(whole.known)}" if whole.known else ""
    return f"{whole.process.name}: the record of a negotiation{known}"


def descriptor(whole: Whole, tables: Sequence[Resource], stored: Iterable[Stored], told: Told) -> str:
    """The descriptor (Data Package 2)."""
    files = {one.path: one for one in stored}
    slug = whole.process.slug
    plain = re.fullmatch(r"[a-z0-9._-]+", slug)
    found: dict[str, Any] = {
        "$schema": PROFILE,
        "name": slug if plain else f"process-{whole.process.uuid}",
        "id": f"urn:uuid:{whole.process.uuid}",
        "title": title(whole),
        "description": whole.process.summary or whole.process.name,
        "version": told.number,
        "created": told.changed_at.isoformat() if told.changed_at else "",
        "licenses": [{"name": settings.DATA_LICENCE}] if settings.DATA_LICENCE else [],
        "contributors": [
            {"title": name, "roles": ["contributor"]} for _, name in sorted(whole.names.items())
        ],
        "resources": [_resource(table, files[table.path]) for table in tables],
    }
    ours = {
        "layout": LAYOUT,
        "process": slug,
        "known": whole.known.isoformat() if whole.known else None,
        "everything": whole.everything,
        "left_out": _left_out(whole),
    }
    return _json({name: value for name, value in found.items() if value} | {"redlines": ours})


def _resource(table: Resource, file: Stored) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": table.path,
        "description": table.says,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.digest}",
        "schema": {**table.schema, "missingValues": [""]},
    }


def _left_out(whole: Whole) -> dict[str, int]:
    """How many references are empty because they lead to a record of another process."""
    return {
        f"{table_name(kind)}.{column}": number
        for (kind, column), number in sorted(whole.left_out.items(), key=lambda pair: str(pair[0]))
    }


def checksums(stored: Iterable[Stored]) -> str:
    """The digests of all files, as ``sha256sum --check`` reads them."""
    return "".join(f"{one.digest}  {one.path}\n" for one in stored)


def licence() -> str:
    """Under what licence the data are."""
    named = settings.DATA_LICENCE
    return f"{f'The data are under the licence {named}.' if named else NO_LICENCE}\n\n{QUOTED}\n"


def citation(whole: Whole, told: Told) -> str:
    """How to cite it, in the Citation File Format 1.2; JSON strings are YAML."""
    people = [name for _, name in sorted(whole.names.items())] if whole.is_named else []
    authors = people or [f"The contributors to “{whole.process.name}”"]
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them.",
        "type: dataset",
        f"title: {_quoted(title(whole))}",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in authors),
    ]
    day = told.released_on or (told.changed_at.date() if told.changed_at else None)
    given = {
        "version": told.number,
        "date-released": day.isoformat() if day else "",
        "doi": told.doi,
        "license": settings.DATA_LICENCE,
        "abstract": whole.process.summary,
    }
    lines += [f"{name}: {_quoted(value)}" for name, value in given.items() if value]
    return "\n".join(lines) + "\n"


def readme(whole: Whole, tables: Sequence[Resource], told: Told) -> str:
    """What is in the package and how to read it."""
    process = whole.process.name
    lines = [f"# {title(whole)}", ""]
    lines += [f"Release {told.number}.", ""] if told.number else []
    lines += [whole.process.summary, ""] if whole.process.summary else []
    lines += [
        f"Everything that is recorded of “{process}”: a table a kind of record in `{DATA}/`, tied by keys,",
        "and two that are worked out of them. `codebook.md` says what each column means, `datapackage.json`",
        f"says it to programs, `{CHECKSUMS}` has the digests (`sha256sum --check {CHECKSUMS}`).",
        "",
        *_as_known(whole),
        "## How to read it",
        "",
        "Files are CSV in UTF-8. What is not on record is empty, never zero. yes and no are words.",
        "A day has its precision beside it; `…_reduced` tells it as exactly as it is known (2023-07). A text",
        "that a spreadsheet would take for a formula has an apostrophe before it that is not of it.",
        "",
        "```python",
        "import pandas as pd",
        'flags = {"true_values": ["yes"], "false_values": ["no"],',
        '         "keep_default_na": False, "na_values": [""]}',
        'positions = pd.read_csv("data/positions.csv", **flags)',
        'evidence = pd.read_csv("data/evidence.csv", **flags)',
        'said = positions.merge(evidence, left_on="id", right_on="position_id", suffixes=("", "_evidence"))',
        "```",
        "",
        "```r",
        'positions <- readr::read_csv("data/positions.csv", na = "")',
        'evidence <- readr::read_csv("data/evidence.csv", na = "")',
        'said <- merge(positions, evidence, by.x = "id", by.y = "position_id")',
        "```",
        "",
        "## Tables",
        "",
        *(f"- `{table.name}`: {table.says}" for table in tables),
        "",
        "## Whose it is",
        "",
        licence(),
    ]
    missing = _left_out(whole)
    if missing:
        told_of = ", ".join(f"{name} ({number})" for name, number in missing.items())
        lines += [f"Left empty, because they lead to records of another process: {told_of}.", ""]
    if whole.everything:
        lines += [
            "It names our people and has every number that they gave: keep it to yourselves.",
            "",
        ]
    else:
        lines += [
            "Drafts are in no package. The numbers that single people gave to endings are in it where the",
            "process publishes names, once the question is answered.",
            "",
        ]
    return "\n".join(lines)


def _as_known(whole: Whole) -> list[str]:
    if whole.known is None:
        return []
    return [
        f"The record is told as it was known on {_moment(whole.known)}: each table of records as its rows",
        "stood then, names among them. `standing` and `changes` are worked out of the positions, evidence",
        "and options of then, of those actors, issues and summits alone that were on record, by their names",
        "of then; the days of summits and the weights beside them are as the pages tell them.",
        "",
    ]


def codebook(tables: Sequence[Resource], whole: Whole) -> str:
    """What each column of each table means."""
    labels = _labels()
    lines = [f"# Codebook: {title(whole)}", ""]
    for table in tables:
        lines += [f"## {table.name}", "", table.says, ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        for field in table.schema["fields"]:
            values = labels.get((table.name, field["name"]), "")
            says = f"{field['description']}{values}".replace("|", "\\|").replace("\n", " ")
            lines.append(f"| `{field['name']}` | {field['type']} | {says} |")
        lines.append("")
    return "\n".join(lines)


def _labels() -> dict[tuple[str, str], str]:
    """What the values of a column mean, where it holds one of some."""
    return {
        (table_name(kind), column.name): " Values: "
        + "; ".join(f"`{value}` {label}" for value, label in column.field.flatchoices if value)
        + "."
        for kind in KINDS
        for column in columns(kind)
        if column.field is not None and column.field.choices
    }


def _moment(known: datetime | None) -> str:
    return f"{known:%Y-%m-%d %H:%M:%S} UTC" if known else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
