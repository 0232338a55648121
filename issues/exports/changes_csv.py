"""The change feed as CSV: a row a change, written while it is read, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from issues.domain.change import Change
from issues.domain.others import Distance
from issues.domain.span import reduced
from issues.models import Actor, Position
from issues.queries.pages.measured import names
from issues.queries.pages.named_changes import NamedChange, named_changes
from issues.queries.reading.process import Reading
from issues.templatetags.changes import sentence

ROWS_AT_ONCE = 500
BOM = "\ufeff"
# What makes a spreadsheet read a text as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "date",
    "date_precision",
    "summit",
    "at_table",
    "actor",
    "issue",
    "kind",
    "placement_before",
    "placement",
    "delta",
    "direction",
    "order_known",
    "distance_before",
    "distance",
    "measured_against",
    "nearer_to",
    "further_from",
    "agreed_jointly",
    "signed_with",
    "gap_before",
    "gap",
    "red_line_change",
    "red_line",
    "accepts_from",
    "accepts_to",
    "option",
    "summary",
    "condition",
    "basis",
    "confidence",
    "disputed",
    "reviewed",
    "corrected",
    "note",
    "statements",
    "quote",
    "language",
    "translation",
    "speaker",
    "publisher",
    "source",
    "source_date",
    "locator",
    "source_url",
    "sentence",
)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(reading: Reading, changes: Sequence[Change]) -> Iterator[str]:
    """The lines of the file, with a byte-order mark for spreadsheets; words are read in portions."""
    writer = csv.writer(_Echo())
    yield BOM + str(writer.writerow(COLUMNS))
    for start in range(0, len(changes), ROWS_AT_ONCE):
        for item in named_changes(reading, changes[start : start + ROWS_AT_ONCE]):
            yield str(writer.writerow([safe(value) for value in row(item)]))


def safe(value: Any) -> Any:
    """A value as it may stand in a cell: a text that looks like a formula gets a leading apostrophe."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return "" if value is None else value


def row(item: NamedChange) -> list[Any]:
    """One change, in the order of the columns."""
    change, summit, position = item.change, item.summit, item.position
    before, distances = change.before.placement, change.distances or (None, None)
    return [
        reduced(summit.starts_on, summit.starts_on_precision),
        summit.starts_on_precision,
        summit.name,
        item.at_table,
        str(item.actor),
        item.issue.name,
        change.kind.value,
        before.value if before else None,
        change.entry.placement,
        change.delta if change.order_known else None,
        change.direction.value if change.direction else None,
        change.order_known,
        *distances,
        _places(change.against, item.actors),
        _places(() if change.distances else change.nearer, item.actors),
        _places(() if change.distances else change.further, item.actors),
        change.agreed_jointly,
        "; ".join(map(str, names(change.co_signatories, item.actors))),
        round(item.gap.before, 4) if item.gap else None,
        round(item.gap.after, 4) if item.gap else None,
        change.red_line.value,
        *_coding(position),
        *_words(position),
        sentence(item),
    ]


def _places(distances: Iterable[Distance], actors: Mapping[int, Actor]) -> str:
    """Where each party stood before: “Armenia 25; Azerbaijan 100”."""
    return "; ".join(f"{actors[item.party]} {item.placement:.4g}" for item in distances)


def _coding(position: Position) -> list[Any]:
    return [
        position.red_line,
        position.accepts_from,
        position.accepts_to,
        position.option.label if position.option else None,
        position.summary,
        position.condition,
        position.basis,
        position.confidence,
        position.disputed,
        position.reviewed_by_id is not None,
        bool(position.corrections),
        position.note,
    ]


def _words(position: Position) -> list[Any]:
    """How many statements it rests on, and the first of them, as the page shows it."""
    evidence = list(position.evidence.all())
    if not evidence:
        return [0, *[None] * 9]
    statement = evidence[0].statement
    source = statement.source
    return [
        len(evidence),
        statement.quote,
        statement.language,
        statement.translation,
        statement.said_by if statement.joint else str(statement.speaker or statement.attribution),
        source.publisher,
        source.title,
        reduced(source.published_on, source.published_on_precision) if source.published_on else None,
        statement.locator,
        source.url,
    ]
