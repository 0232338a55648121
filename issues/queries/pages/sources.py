"""Sources: what a process rests on, and what rests on one document."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from issues.history import among
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
    """The sources that a process cites and those that report them, by their keys.

    ``uses`` says how many pieces of its evidence rest on each.
    """
    evidence = Evidence.objects.filter(_in(process), statement__source=OuterRef("pk")).order_by()
    uses = evidence.values("statement__source").annotate(n=Count("pk")).values("n")
    found = Source.objects.filter(pk__in=among(source_keys(process)))
    return ordered(found.annotate(uses=Coalesce(Subquery(uses), 0)))


def statements_in(process: Process) -> QuerySet[Statement]:
    """The statements that bear on a process. One query before its own.

    Their keys are read and asked for: of a union within a query databases guess how much it finds, and where
    they guess wrong they look at every statement that there is.
    """
    return Statement.objects.filter(pk__in=among(_keys([*_evidence(process), *_beside(process)])))


def source_keys(process: Process | int) -> set[int]:
    """The keys of the sources that a process cites, and that report what is evidence.

    Three queries, and one more where a statement bears on it that is evidence of nothing.
    """
    cited, beside = _keys(_evidence(process)), _keys(_beside(process))
    own = Statement.objects.filter(pk__in=among(cited)).order_by()
    pairs = own.values_list("source", "source__cited_via").distinct()
    found = {key for pair in pairs for key in pair if key is not None}
    if beside := beside - cited:
        named = Statement.objects.filter(pk__in=among(beside)).order_by()
        found |= set(named.values_list("source", flat=True).distinct())
    return found


def cites(process: Process) -> Q:
    """That a process cites a source, or one that it reports: asked of few sources, each by itself."""
    reported = Evidence.objects.filter(_in(process), statement__source__cited_via=OuterRef("pk"))
    of_source = Statement.objects.filter(bearing_on(process), source=OuterRef("pk"))
    return Q(Exists(of_source)) | Q(Exists(reported))


def cited_by(process: Process, uses: Mapping[int, int] | None) -> QuerySet[Source]:
    """The sources of a process for a list: those of now, or those that ``uses`` counts as known at a time."""
    return of_process(process) if uses is None else ordered(Source.objects.filter(pk__in=uses))


def ordered(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Sources for a list: by publisher and day."""
    return sources.order_by("publisher", F("published_on").asc(nulls_last=True), "key")


def bearing_on(process: Process) -> Q:
    """That a statement bears on a process: as evidence, as said there, or of an ending.

    Asked of few statements, each by itself; all of them are :func:`statements_in`.
    """
    bears = Q(occasion__process=process) | Q(
        Exists(Evidence.objects.filter(_in(process), statement=OuterRef("pk")))
    )
    for model in (Citation, Signpost):
        bears |= Q(Exists(model.objects.filter(scenario__set__process=process, statement=OuterRef("pk"))))
    return bears


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


def _evidence(process: Process | int) -> list[QuerySet[Any]]:
    """The statements that are evidence of something in a process."""
    issues = Issue.objects.filter(process=process).order_by().values("pk")
    ways = {
        "position__issue__in": issues,
        "event__in": Event.objects.filter(process=process).order_by().values("pk"),
        "outcome__in": Outcome.objects.filter(summit__in=_summits(process)).order_by().values("pk"),
    }
    return [Evidence.objects.filter(**{way: of}).values_list("statement") for way, of in ways.items()]


def _summits(process: Process | int) -> QuerySet[Any]:
    return Summit.objects.filter(process=process).order_by().values("pk")


def _beside(process: Process | int) -> list[QuerySet[Any]]:
    """The statements that bear on a process though they be evidence of nothing."""
    return [
        Statement.objects.filter(occasion__in=_summits(process)).values_list("pk"),
        *(
            model.objects.filter(scenario__set__process=process, statement__isnull=False).values_list(
                "statement"
            )
            for model in (Citation, Signpost)
        ),
    ]


def _keys(ways: list[QuerySet[Any]]) -> set[int]:
    """The keys that any of these queries finds. One query."""
    first, *others = (way.order_by() for way in ways)
    return {key for (key,) in first.union(*others)}


def _in(process: Process) -> Q:
    return (
        Q(position__issue__process=process) | Q(event__process=process) | Q(outcome__summit__process=process)
    )
