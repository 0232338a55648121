"""The table of the statements that each position rests on, and how a statement is told in any table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from issues.exports.tables.column import Asked, Column, Kind, Narrowed, Table, known_day
from issues.exports.tables.moves import IDS, WHERE, changes_of, source_date
from issues.models import Evidence
from issues.queries.pages.named_changes import NamedChange

K = Kind.KNOWN_DAY


@dataclass(frozen=True, slots=True)
class Cited:
    """A position with one of the statements that it rests on, or that dispute it."""

    item: NamedChange
    evidence: Evidence


def _cited(asked: Asked) -> Iterator[Cited]:
    for item in changes_of(asked):
        for evidence in item.position.evidence.all():
            yield Cited(item, evidence)


def _words(name: str, says: str, value: Any, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, says, lambda cited: value(cited.evidence.statement), kind)


STATEMENT: tuple[tuple[Any, ...], ...] = (
    ("statement", "the short id of the statement in its source", lambda s: s.ref),
    ("quote", "the words as printed", lambda s: s.quote),
    (
        "original_quote",
        "the words of the original, where they are known to differ",
        lambda s: s.original_quote,
    ),
    ("language", "the language of the words", lambda s: s.language),
    ("translation", "the words in English", lambda s: s.translation),
    ("said_by", "whose words they are, or who signed them", lambda s: s.said_by),
    (
        "reported_by",
        "who reports them, where that is another",
        lambda s: str(s.reported_by_person or s.reported_by_actor or ""),
    ),
    (
        "said_on",
        "when it was said, as exactly as it is known",
        lambda s: known_day(s.said_on, s.said_on_precision),
        K,
    ),
    ("locator", "the place in the source", lambda s: s.locator),
    ("source_key", "the short id of the source", lambda s: s.source.key),
    ("publisher", "who published the source", lambda s: s.source.publisher),
    ("source", "the title of the source", lambda s: s.source.title),
    ("source_date", "when it was published, as exactly as it is known", source_date, K),
    ("source_kind", "how close the source is to the words", lambda s: s.source.kind),
    ("source_url", "the address of the source", lambda s: s.source.url),
    (
        "archive_url",
        "the archived copy that it was read from, else the newest of the source",
        lambda s: s.archive_url,
    ),
)

EVIDENCE = Table(
    "evidence",
    "every statement that supports or disputes a position, a row a statement",
    lambda asked: (
        *(
            Column(one.name, one.says, lambda cited, of=one.value: of(cited.item), one.kind)  # type: ignore[misc]
            for one in (IDS[0], *WHERE, *IDS[1:])
        ),
        Column("stance", "supports or disputes", lambda cited: cited.evidence.stance),
        *(_words(*given) for given in STATEMENT),
    ),
    _cited,
    Narrowed.BY_CHANGES,
    lambda cited: (cited.item.position.pk, cited.evidence.pk),
)
