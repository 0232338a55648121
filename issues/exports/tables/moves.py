"""The tables of what was said: changes and positions."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from issues.domain.others import Distance
from issues.exports.tables.column import Asked, Column, Kind, Narrowed, Table, known_day
from issues.models import Statement
from issues.queries.pages.change_measure import names
from issues.queries.pages.named_changes import NamedChange, named_changes
from issues.templatetags.changes import sentence

ROWS_AT_ONCE = 500


def changes_of(asked: Asked) -> Iterator[NamedChange]:
    """The changes with their words, which are read in portions."""
    for start in range(0, len(asked.changes), ROWS_AT_ONCE):
        yield from named_changes(asked.reading, asked.changes[start : start + ROWS_AT_ONCE])


def _first_words(name: str, says: str, value: Callable[[Statement], Any], kind: Kind = Kind.TEXT) -> Column:
    """A column of the first statement of a position, as the page shows it; empty where it rests on none."""
    return Column(name, says, lambda item: _of_first(item, value), kind)


def _of_first(item: NamedChange, value: Callable[[Statement], Any]) -> Any:
    cited = item.position.evidence.all()
    return value(cited[0].statement) if cited else None


def _places(item: NamedChange, distances: Iterable[Distance]) -> str:
    """Where each party stood before: “Armenia 25; Azerbaijan 100”."""
    return "; ".join(f"{item.actors[one.party]} {one.placement:.4g}" for one in distances)


def _speaker(words: Statement) -> str:
    return words.said_by if words.joint else str(words.speaker or words.attribution)


def source_date(words: Statement) -> str | None:
    """When the source of a statement was published, as exactly as it is known."""
    return known_day(words.source.published_on, words.source.published_on_precision)


N, W, Y, D, K = Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.DAY, Kind.KNOWN_DAY

WHERE: tuple[Column, ...] = (
    Column(
        "date",
        "the day of the occasion, as exactly as it is known",
        lambda i: known_day(i.summit.starts_on, i.summit.starts_on_precision),
        K,
    ),
    Column(
        "date_precision",
        "how exactly the day is known: day, month or year",
        lambda i: i.summit.starts_on_precision,
    ),
    Column("summit", "the summit or occasion", lambda i: i.summit.name),
    Column(
        "at_table", "whether it was said at the meeting itself, and not beside it", lambda i: i.at_table, Y
    ),
    Column("actor", "who holds it", lambda i: str(i.actor)),
    Column("issue", "on what", lambda i: i.issue.name),
)
IDS: tuple[Column, ...] = (
    Column("position_id", "the number of the position in this installation", lambda i: i.position.pk, W),
    Column("summit_slug", "the summit in addresses", lambda i: i.summit.slug),
    Column("actor_slug", "the actor in addresses", lambda i: i.actor.slug),
    Column("issue_slug", "the issue in addresses", lambda i: i.issue.slug),
    Column(
        "first_day",
        "the first day that the day may be, for tools that need one",
        lambda i: i.summit.span.first,
        D,
    ),
)
CODING: tuple[Column, ...] = (
    Column(
        "red_line",
        "what is said of a red line: declared, derived by the coder, dropped, not addressed",
        lambda i: i.position.red_line,
    ),
    Column(
        "accepts_from", "the lowest placement that the red line accepts", lambda i: i.position.accepts_from, N
    ),
    Column(
        "accepts_to", "the highest placement that the red line accepts", lambda i: i.position.accepts_to, N
    ),
    Column(
        "option",
        "the option that is chosen",
        lambda i: i.position.option.label if i.position.option else None,
    ),
    Column("summary", "the position in one sentence of the coder’s", lambda i: i.position.summary),
    Column("condition", "what it is conditional on", lambda i: i.position.condition),
    Column(
        "basis",
        "stated by the actor, reported by another, or inferred by the coder",
        lambda i: i.position.basis,
    ),
    Column("confidence", "how sure the coder is", lambda i: i.position.confidence),
    Column("disputed", "whether coders or sources disagree", lambda i: i.position.disputed, Y),
    Column(
        "reviewed",
        "whether a second coder has reviewed it",
        lambda i: i.position.reviewed_by_id is not None,
        Y,
    ),
    Column("corrected", "whether its placement was corrected", lambda i: bool(i.position.corrections), Y),
    Column("note", "the reason of the coding", lambda i: i.position.note),
)
FIRST_WORDS: tuple[Column, ...] = (
    Column("statements", "how many statements bear on it", lambda i: len(i.position.evidence.all()), W),
    _first_words("quote", "the words of the first of them, as printed", lambda s: s.quote),
    _first_words("language", "the language of the words", lambda s: s.language),
    _first_words("translation", "the words in English", lambda s: s.translation),
    _first_words("speaker", "who said them, or signed them jointly", _speaker),
    _first_words("publisher", "who published the source", lambda s: s.source.publisher),
    _first_words("source", "the title of the source", lambda s: s.source.title),
    _first_words("source_date", "when it was published, as exactly as it is known", source_date, K),
    _first_words("locator", "the place in the source", lambda s: s.locator),
    _first_words("source_url", "the address of the source", lambda s: s.source.url),
)

MEASURED: tuple[Column, ...] = (
    Column(
        "kind",
        "what it does to what stood before: new, moved, placed, reaffirmed, restated, withdrawn",
        lambda i: i.change.kind.value,
    ),
    Column(
        "placement_before", "where the actor stood before, on 0 to 100", lambda i: i.change.before.value, N
    ),
    Column("placement", "where it places itself, on 0 to 100", lambda i: i.change.entry.placement, N),
    Column(
        "delta",
        "the move in points, where the order is known",
        lambda i: i.change.delta if i.change.order_known else None,
        N,
    ),
    Column(
        "direction",
        "hardened, softened or mixed, of a party",
        lambda i: i.change.direction.value if i.change.direction else None,
    ),
    Column("order_known", "whether it is known what came before", lambda i: i.change.order_known, Y),
    Column(
        "distance_before",
        "points from the median of the other parties, before",
        lambda i: i.change.distances and i.change.distances[0],
        N,
    ),
    Column(
        "distance",
        "points from the median of the other parties, after",
        lambda i: i.change.distances and i.change.distances[1],
        N,
    ),
    Column(
        "measured_against",
        "where the other parties stood before the table",
        lambda i: _places(i, i.change.against),
    ),
    Column(
        "nearer_to",
        "whom one that is no party came nearer to",
        lambda i: _places(i, () if i.change.distances else i.change.nearer),
    ),
    Column(
        "further_from",
        "from whom one that is no party went further",
        lambda i: _places(i, () if i.change.distances else i.change.further),
    ),
    Column(
        "agreed_jointly",
        "whether all others that are measured signed the same text",
        lambda i: i.change.agreed_jointly,
        Y,
    ),
    Column(
        "signed_with",
        "the parties that signed the same text",
        lambda i: "; ".join(map(str, names(i.change.co_signatories, i.actors))),
    ),
    Column(
        "gap_before",
        "the parties’ mean distance on the issue before the table, where several moved",
        lambda i: round(i.gap.before, 4) if i.gap else None,
        N,
    ),
    Column("gap", "the same after the table", lambda i: round(i.gap.after, 4) if i.gap else None, N),
    Column("red_line_change", "what it does to the red line that stood", lambda i: i.change.red_line.value),
)
SENTENCE = Column("sentence", "the change in words", sentence)
ARCHIVE = _first_words(
    "archive_url",
    "the archived copy that they were read from, else the newest of the source",
    lambda s: s.archive_url,
)

CHANGES = Table(
    "changes",
    "every position against what stood before it, a row a position, the newest summit first",
    lambda asked: (*WHERE, *MEASURED, *CODING, *FIRST_WORDS, SENTENCE, *IDS, ARCHIVE),
    changes_of,
    Narrowed.BY_CHANGES,
    lambda i: (i.position.pk,),
)
POSITIONS = Table(
    "positions",
    "every position with its coding, a row a position, the newest summit first",
    lambda asked: (
        *IDS[:1],
        *WHERE,
        Column("state", "stated, withdrawn or silent", lambda i: i.position.state),
        Column(
            "placement",
            "where it lies on the scale of the issue, 0 to 100",
            lambda i: i.change.entry.placement,
            N,
        ),
        Column(
            "salience", "how much the issue matters to the actor, 0 to 100", lambda i: i.position.salience, N
        ),
        *CODING,
        *FIRST_WORDS,
        ARCHIVE,
        Column(
            "linked_issues",
            "other issues that it is tied to",
            lambda i: "; ".join(link.issue.slug for link in i.position.links.all()),
        ),
        *IDS[1:],
    ),
    changes_of,
    Narrowed.BY_CHANGES,
    lambda i: (i.position.pk,),
)
