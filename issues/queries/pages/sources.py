"""Sources: what a process rests on, and what rests on one document."""

from collections.abc import Mapping

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from issues.models import Citation, Evidence, Process, Signpost, Source, Statement
from issues.queries.reading.signatories import signatories


def of_process(process: Process) -> QuerySet[Source]:
    """The sources that a process cites and those that report them.

    ``uses`` says how many pieces of its evidence rest on each.
    """
    cited = Evidence.objects.filter(_in(process), statement__source=OuterRef("pk"))
    reported = Evidence.objects.filter(_in(process), statement__source__cited_via=OuterRef("pk"))
    uses = Count("statements__evidence", filter=_in(process, "statements__evidence__"), distinct=True)
    beside = Statement.objects.filter(_beside(process), source=OuterRef("pk"))
    found = Source.objects.filter(Exists(cited) | Exists(reported) | Exists(beside))
    return ordered(found.annotate(uses=uses))


def cited_by(process: Process, uses: Mapping[int, int] | None) -> QuerySet[Source]:
    """The sources of a process for a list: those of now, or those that ``uses`` counts as known at a time."""
    return of_process(process) if uses is None else ordered(Source.objects.filter(pk__in=uses))


def ordered(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Sources for a list: by publisher and day."""
    return sources.order_by("publisher", F("published_on").asc(nulls_last=True), "key")


def bearing_on(process: Process) -> Q:
    """That a statement bears on a process: as evidence, as said there, or of an ending."""
    cited = Evidence.objects.filter(_in(process)).order_by().values("statement")
    return _beside(process) | Q(pk__in=cited)


def statements_of(source: Source, process: Process) -> QuerySet[Statement]:
    """The statements in a source that bear on a process, each with what it supports or disputes."""
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
        Statement.objects.filter(source=source)
        .filter(_beside(process) | Exists(bears.filter(statement=OuterRef("pk"))))
        .select_related(
            "speaker", "organ", "reported_by_actor", "reported_by_person", "occasion", "source", "snapshot"
        )
        .prefetch_related(
            Prefetch("evidence", queryset=targets, to_attr="bearing"), signatories("signatories")
        )
        .order_by(F("said_on").asc(nulls_last=True), "pk")
    )


def _beside(process: Process) -> Q:
    """That a statement bears on a process though it be evidence of nothing: said there, or of an ending."""
    return (
        Q(occasion__process=process)
        | Q(pk__in=Citation.objects.filter(scenario__set__process=process).order_by().values("statement"))
        | Q(pk__in=Signpost.objects.filter(scenario__set__process=process).order_by().values("statement"))
    )


def _in(process: Process, prefix: str = "") -> Q:
    return (
        Q(**{f"{prefix}position__issue__process": process})
        | Q(**{f"{prefix}event__process": process})
        | Q(**{f"{prefix}outcome__summit__process": process})
    )
