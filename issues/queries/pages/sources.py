"""Sources: what a process rests on, and what rests on one document."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from issues.models import (
    Citation,
    Event,
    Evidence,
    Issue,
    Outcome,
    Process,
    Signpost,
    Source,
    Statement,
    Summit,
)
from issues.queries.reading.signatories import signatories


def of_process(process: Process) -> QuerySet[Source]:
    """The sources that a process cites and those that report them.

    ``uses`` says how many pieces of its evidence rest on each.
    """
    uses = Count("statements__evidence", filter=_in(process, "statements__evidence__"), distinct=True)
    cites = Statement.objects.filter(pk__in=_any_of(_evidence(process))).values("source")
    via = Source.objects.filter(pk__in=cites.order_by(), cited_via__isnull=False).values("cited_via")
    own = Statement.objects.filter(bearing_on(process)).values("source")
    found = Source.objects.filter(pk__in=_any_of([own, via]))
    return ordered(found.annotate(uses=uses))


def cited_by(process: Process, uses: Mapping[int, int] | None) -> QuerySet[Source]:
    """The sources of a process for a list: those of now, or those that ``uses`` counts as known at a time."""
    return of_process(process) if uses is None else ordered(Source.objects.filter(pk__in=uses))


def ordered(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Sources for a list: by publisher and day."""
    return sources.order_by("publisher", F("published_on").asc(nulls_last=True), "key")


def bearing_on(process: Process) -> Q:
    """That a statement bears on a process: as evidence, as said there, or of an ending.

    Each way is a query of its own, which begins at the process: asked in one, the database would look at
    every statement that there is.
    """
    return Q(pk__in=_any_of([*_evidence(process), *_beside(process)]))


def statements_of(source: Source, process: Process) -> QuerySet[Statement]:
    """The statements in a source that bear on a process, each with what it supports or disputes."""
    found = told(Statement.objects.filter(source=source), process)
    return found.order_by(F("said_on").asc(nulls_last=True), "pk")


def told(statements: QuerySet[Statement], process: Process) -> QuerySet[Statement]:
    """Of these statements those that bear on a process, each with what it supports or disputes."""
    bears = Evidence.objects.filter(_in(process))
    targets = bears.select_related(
        "position__issue",
        "position__actor",
        "position__summit",
        "event",
        "outcome__summit",
        "outcome__issue",
    ).order_by("pk")
    return (
        statements.filter(bearing_on(process))
        .select_related("speaker", "organ", "reported_by_actor", "reported_by_person", "source", "snapshot")
        .prefetch_related(
            occasion_in(process),
            Prefetch("evidence", queryset=targets, to_attr="bearing"),
            signatories("signatories"),
        )
    )


def occasion_in(process: Process) -> "Prefetch[Any]":
    """The occasion of a statement where it is one of the process; None where it is another's, who may not be
    told of it."""
    return Prefetch("occasion", queryset=Summit.objects.filter(process=process))


def _evidence(process: Process) -> list[QuerySet[Any]]:
    """The statements that are evidence of something in a process."""
    issues = Issue.objects.filter(process=process).order_by().values("pk")
    ways = {
        "position__issue__in": issues,
        "event__in": Event.objects.filter(process=process).order_by().values("pk"),
        "outcome__in": Outcome.objects.filter(summit__in=_summits(process)).order_by().values("pk"),
    }
    return [Evidence.objects.filter(**{way: of}).values("statement") for way, of in ways.items()]


def _summits(process: Process) -> QuerySet[Any]:
    return Summit.objects.filter(process=process).order_by().values("pk")


def _beside(process: Process) -> list[QuerySet[Any]]:
    """The statements that bear on a process though they be evidence of nothing."""
    return [
        Statement.objects.filter(occasion__in=_summits(process)).values("pk"),
        *(
            model.objects.filter(scenario__set__process=process, statement__isnull=False).values("statement")
            for model in (Citation, Signpost)
        ),
    ]


def _any_of(ways: list[QuerySet[Any]]) -> QuerySet[Any]:
    """What any of these queries finds."""
    first, *others = (way.order_by() for way in ways)
    return first.union(*others)


def _in(process: Process, prefix: str = "") -> Q:
    return (
        Q(**{f"{prefix}position__issue__process": process})
        | Q(**{f"{prefix}event__process": process})
        | Q(**{f"{prefix}outcome__summit__process": process})
    )
