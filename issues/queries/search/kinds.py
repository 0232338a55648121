"""The kinds of records that are searched: which rows, which texts, of which days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from issues.history import Record
from issues.models import (
    Actor,
    Issue,
    Outcome,
    Person,
    Place,
    Position,
    Source,
    Statement,
    Summit,
)
from issues.queries.search.index import Among, among_rows, among_those_of
from issues.queries.search.people import Links, other_pages
from issues.queries.search.rows import (
    NAMES_OF_SOURCE,
    Processes,
    actors_of,
    issues_of,
    outcomes_of,
    people_of,
    places_of,
    positions_of,
    sources_of,
    statements_of,
    summits_of,
    with_signatories,
)
from issues.queries.search.where import (
    Found,
    speakers,
    where_actors,
    where_outcomes,
    where_people,
    where_places,
    where_plain,
    where_sources,
    where_statements,
)

# The first and the last day of what is searched, each None for any.
Days = tuple[date | None, date | None]
ANY_DAY: Days = (None, None)


@dataclass(frozen=True)
class Kind:
    """A kind of record to search.

    ``rows`` are those that may be read; ``texts`` the fields in which the words are marked, the first of
    which names the record; ``aliases`` those of them that are other names of it; ``places`` says of records
    that were found where they are, ``links`` what else of them there is to go to; ``day`` is when they
    were, for kinds that have a day.
    """

    model: type[Record]
    slug: str
    title: str
    rows: Callable[[Processes], QuerySet[Any]]
    texts: tuple[str, ...]
    places: Callable[[list[int], Processes], Found]
    aliases: tuple[str, ...] = ()
    language: str = ""
    links: Callable[[list[int], Processes], Links] = lambda keys, processes: {}
    day: str = ""

    def told(self) -> QuerySet[Any]:
        """All records of the kind with the texts that are shown."""
        return (
            with_signatories(Statement.objects.all()) if self.model is Statement else self.model.objects.all()
        )

    def within(self, processes: RawSQL, days: Days = ANY_DAY) -> Among:
        """The records of some processes, and of some days where any are given."""
        first, last = days
        if days == ANY_DAY:
            return among_those_of(self.rows, processes)
        rows = self.rows(processes) if self.day else self.rows(processes).filter(pk=0)
        if self.day and first is not None:
            rows = rows.filter(**{f"{self.day}__gte": first})
        if self.day and last is not None:
            rows = rows.filter(**{f"{self.day}__lte": last})
        return among_rows(rows)


KINDS = (
    Kind(
        Actor,
        "actors",
        "Actors",
        actors_of,
        ("name", "short_name", "aliases"),
        where_actors,
        ("name", "short_name", "aliases"),
    ),
    Kind(
        Person,
        "people",
        "People",
        people_of,
        ("name", "aliases"),
        where_people,
        ("name", "aliases"),
        links=other_pages,
    ),
    Kind(
        Place,
        "places",
        "Places",
        places_of,
        ("name", "aliases"),
        where_places,
        ("name", "aliases"),
    ),
    Kind(
        Issue,
        "issues",
        "Issues",
        issues_of,
        ("name", "question", "aliases", "low_label", "high_label"),
        where_plain(Issue, "process"),
        ("name", "aliases"),
    ),
    Kind(
        Summit,
        "summits",
        "Summits and other occasions",
        summits_of,
        ("name", "summary"),
        where_plain(Summit, "process"),
        day="starts_on",
    ),
    Kind(
        Position,
        "positions",
        "Positions",
        positions_of,
        ("summary", "condition", "note"),
        where_plain(Position, "issue__process", "actor", "summit"),
        day="summit__starts_on",
    ),
    Kind(
        Outcome,
        "outcomes",
        "Outcomes",
        outcomes_of,
        ("text",),
        where_outcomes,
        day="summit__starts_on",
    ),
    Kind(
        Statement,
        "statements",
        "Quotations and reports",
        statements_of,
        (
            *("quote", "original_quote", "translation", "attribution", "note", "signed_by"),
            *("speaker__name", "speaker__aliases", "reported_by_person__name", "organ__name"),
        ),
        where_statements,
        language="language",
        links=speakers,
        day="said_on",
    ),
    Kind(
        Source,
        "sources",
        "Sources",
        sources_of,
        NAMES_OF_SOURCE,
        where_sources,
        day="published_on",
    ),
)
