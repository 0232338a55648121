"""What search reads: the records of the processes that a reader may read, in the order of what is found.

Whether a record belongs there is asked of that record, so that one of a million is found without the others.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from issues.models import (
    Actor,
    Attendance,
    Evidence,
    Issue,
    Office,
    Outcome,
    Participation,
    Person,
    Place,
    Position,
    Process,
    Signatory,
    Source,
    Statement,
    Summit,
)
from issues.queries.reading.entries import Listed

# Some processes, or the keys of some as one parameter: a condition that names them ten times is prepared in a
# tenth of the time.
Processes = QuerySet[Process] | RawSQL


# What a source is known by.
NAMES_OF_SOURCE = ("title", "publisher", "author", "url", "other_urls", "key")


def actors_of(processes: Processes) -> QuerySet[Actor]:
    """Who takes part, and the organs of those."""
    return Actor.objects.filter(_takes_part(processes, "pk", "part_of")).order_by("name")


def _takes_part(processes: Processes, actor: str, above: str) -> Q:
    """That one of two actors takes part."""
    seats = Participation.objects.filter(process__in=processes).order_by()
    return Q(Exists(seats.filter(actor=OuterRef(actor)))) | Q(Exists(seats.filter(actor=OuterRef(above))))


def people_of(processes: Processes) -> QuerySet[Person]:
    """Whoever speaks, reports, sits at a table, tells an outcome or holds an office of an actor."""
    held = Office.objects.filter(_takes_part(processes, "actor", "actor__part_of"))
    sat = Attendance.objects.filter(summit__process__in=processes)
    told = Outcome.objects.filter(summit__process__in=processes)
    stated = statements_of(processes)
    return Person.objects.filter(
        Q(_of(held, "person"))
        | Q(_of(sat, "person"))
        | Q(_of(told, "according_to_person"))
        | Q(_of(stated, "speaker"))
        | Q(_of(stated, "reported_by_person"))
    )


def places_of(processes: Processes) -> QuerySet[Place]:
    """Where its occasions were."""
    return Place.objects.filter(Q(_of(Summit.objects.filter(process__in=processes), "place")))


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
    cited = _of(Evidence.objects.filter(bears_on(processes)), "statement")
    return Statement.objects.filter(Q(cited) | Q(occasion__process__in=processes)).order_by("-pk")


def with_signatories(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Statements, each with the names of those who signed it."""
    signed = Signatory.objects.filter(statement=OuterRef("pk")).order_by().values("statement")
    names = Subquery(signed.annotate(names=Listed("actor__name")).values("names"))
    return statements.annotate(signed_by=names)


def issues_of(processes: Processes) -> QuerySet[Issue]:
    """What is controversial there."""
    return Issue.objects.filter(process__in=processes)


def positions_of(processes: Processes) -> QuerySet[Position]:
    """What is stated there."""
    return Position.objects.filter(issue__process__in=processes)


def outcomes_of(processes: Processes) -> QuerySet[Outcome]:
    """What its occasions produced."""
    return Outcome.objects.filter(summit__process__in=processes)


def sources_of(processes: Processes) -> QuerySet[Source]:
    """Where those statements are printed, and what those were cited via."""
    stated = statements_of(processes)
    cited = Source.objects.filter(Q(_of(stated, "source")))
    return Source.objects.filter(Q(_of(stated, "source")) | Q(_of(cited, "cited_via"))).order_by(
        "publisher", "title"
    )


def _of(rows: QuerySet[Any], column: str) -> Exists:
    """That one of these rows refers to the record in a column."""
    return Exists(rows.order_by().filter(**{column: OuterRef("pk")}))
