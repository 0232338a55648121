"""The tables of what everything rests on: statements, sources, events and outcomes."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from issues.exports.tables.column import Asked, Column, Kind, Narrowed, Table, known_day, now_table, slug_of
from issues.exports.tables.evidence import STATEMENT
from issues.models import Event, Outcome, Signatory, Statement, Summit
from issues.queries.pages.sources import statements_in
from issues.queries.reading.beside import set_beside
from issues.queries.reading.signatories import signatories

N, W, Y, D, K = Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.DAY, Kind.KNOWN_DAY


def _reporter(record: Any) -> str | None:
    who = record.according_to_person or record.according_to_actor
    return str(who) if who else None


def _statements(asked: Asked) -> QuerySet[Statement]:
    signed = Exists(Signatory.objects.filter(statement=OuterRef("pk")))
    statements = statements_in(asked.process).annotate(is_joint=signed)
    return statements.order_by("source__key", "ref")


def _beside(asked: Asked, statements: list[Any]) -> None:
    """Few actors, people and sources stand beside many statements; an occasion where it is of the process.

    Few statements are joint: who signed them is read for those alone.
    """
    prefetch_related_objects([one for one in statements if one.is_joint], signatories("signatories"))
    for one in statements:
        if not one.is_joint:
            one.signers = []
    for name in ("speaker", "organ", "reported_by_actor", "reported_by_person", "source", "snapshot"):
        set_beside(statements, name)
    set_beside(statements, "occasion", Summit.objects.filter(process=asked.process))


STATEMENTS = Table(
    "statements",
    "every statement that bears on the process, with its source",
    lambda asked: (
        *(Column(given[0], given[1], given[2], *given[3:]) for given in STATEMENT),
        Column(
            "occasion", "the occasion of this process on which it was said", lambda s: slug_of(s.occasion)
        ),
        Column("note", "what is reported, or how it was read", lambda s: s.note),
    ),
    _statements,
    beside=_beside,
)


SOURCES = Table(
    "sources",
    "every document that the process rests on",
    lambda asked: (
        Column("key", "the short id of the source", lambda s: s.key),
        Column("title", "its title", lambda s: s.title),
        Column("publisher", "who published it", lambda s: s.publisher),
        Column("author", "who wrote it", lambda s: s.author),
        Column("kind", "how close it is to the words", lambda s: s.kind),
        Column("url", "its address", lambda s: s.url),
        Column(
            "other_urls",
            "where else it stands or stood, divided by blanks",
            lambda s: " ".join(s.other_urls.splitlines()),
        ),
        Column("archive_url", "its archived copy", lambda s: s.archive_url),
        Column(
            "date",
            "when it was published, as exactly as it is known",
            lambda s: known_day(s.published_on, s.published_on_precision),
            K,
        ),
        Column("accessed_on", "when it was read", lambda s: s.accessed_on, D),
        Column("language", "its language", lambda s: s.language),
        Column(
            "cited_via",
            "the source that reports it, where it was not seen itself",
            lambda s: s.cited_via and s.cited_via.key,
        ),
        Column("note", "what else is known of it", lambda s: s.note),
    ),
    lambda asked: asked.sources,
    Narrowed.BY_SOURCES,
)


EVENTS = now_table(
    "events",
    "what happened between the summits",
    lambda asked: (
        Event.objects.filter(process=asked.process)
        .prefetch_related("event_issues__issue")
        .order_by("date", "ref")
    ),
    Column("ref", "its short id", lambda e: e.ref),
    Column("date", "its day, as exactly as it is known", lambda e: known_day(e.date, e.date_precision), K),
    Column("title", "what happened", lambda e: e.title),
    Column("text", "the same at length", lambda e: e.text),
    Column(
        "issues",
        "the issues that it touches",
        lambda e: "; ".join(link.issue.slug for link in e.event_issues.all()),
    ),
)


OUTCOMES = now_table(
    "outcomes",
    "what came of a summit, by whose account",
    lambda asked: (
        Outcome.objects.filter(summit__process=asked.process)
        .select_related("summit", "issue", "according_to_actor", "according_to_person")
        .order_by("summit__starts_on", "summit__sequence", "ref")
    ),
    Column("summit", "the summit in addresses", lambda o: o.summit.slug),
    Column("ref", "its short id", lambda o: o.ref),
    Column("issue", "the issue in addresses", lambda o: slug_of(o.issue)),
    Column("status", "agreed, reported, failed", lambda o: o.status),
    Column("text", "what came of it", lambda o: o.text),
    Column("placement", "where the agreed text lies, 0 to 100", lambda o: o.placement, N),
    Column("according_to", "by whose account", _reporter),
)
