"""What search reads: the records of the processes that a reader may read, in the order of what is found."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from issues.models import (
    Actor,
    Evidence,
    Participation,
    Person,
    Process,
    Signatory,
    Source,
    Statement,
    Summit,
)
from issues.queries.reading.entries import Listed

Processes = QuerySet[Process]


# What a source is known by.
NAMES_OF_SOURCE = ("title", "publisher", "author", "url", "other_urls", "key")


def actors_of(processes: Processes) -> QuerySet[Actor]:
    """Who takes part, and the organs of those."""
    taking_part = taking_part_of(processes)
    return Actor.objects.filter(Q(pk__in=taking_part) | Q(part_of__in=taking_part)).order_by("name")


def taking_part_of(processes: Processes) -> QuerySet[Any]:
    """The keys of who takes part."""
    return Participation.objects.filter(process__in=processes).order_by().values("actor")


def people_of(processes: Processes) -> QuerySet[Person]:
    """Whoever speaks, reports, sits at a table, tells an outcome or holds an office of an actor."""
    actors = actors_of(processes).order_by().values("pk")
    stated = statements_of(processes).order_by()
    return Person.objects.filter(
        Q(offices__actor__in=actors)
        | Q(attended__summit__process__in=processes)
        | Q(accounts__summit__process__in=processes)
        | Q(pk__in=stated.values("speaker"))
        | Q(pk__in=stated.values("reported_by_person"))
    ).distinct()


def summits_of(processes: Processes) -> QuerySet[Summit]:
    """Every occasion, the newest first."""
    return Summit.objects.filter(process__in=processes).order_by("-starts_on", "-sequence")


def bears_on(processes: Processes) -> Q:
    """That a piece of evidence bears on one of these processes."""
    return (
        Q(position__issue__process__in=processes)
        | Q(event__process__in=processes)
        | Q(outcome__summit__process__in=processes)
    )


def statements_of(processes: Processes) -> QuerySet[Statement]:
    """What is evidence there, or was said there; the last recorded first."""
    cited = Evidence.objects.filter(bears_on(processes)).order_by().values("statement")
    return Statement.objects.filter(Q(pk__in=cited) | Q(occasion__process__in=processes)).order_by("-pk")


def with_signatories_of(processes: Processes) -> QuerySet[Statement]:
    """The statements, each with the names of those who signed it."""
    signed = Signatory.objects.filter(statement=OuterRef("pk")).order_by().values("statement")
    names = Subquery(signed.annotate(names=Listed("actor__name")).values("names"))
    return statements_of(processes).annotate(signed_by=names)


def sources_of(processes: Processes) -> QuerySet[Source]:
    """Where those statements are printed, and what those were cited via."""
    stated = statements_of(processes).order_by()
    via = stated.values("source__cited_via")
    return Source.objects.filter(Q(pk__in=stated.values("source")) | Q(pk__in=via)).order_by(
        "publisher", "title"
    )
