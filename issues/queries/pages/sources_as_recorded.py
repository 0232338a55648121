"""Sources as our record was known at a time: which a process rested on, and what rested on one of them."""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from issues.history import among
from issues.models import (
    Actor,
    Citation,
    Event,
    Evidence,
    Issue,
    Outcome,
    Position,
    Process,
    Scenario,
    ScenarioSet,
    Signpost,
    Snapshot,
    Source,
    Statement,
    Summit,
)
from issues.queries.history.rows import newest
from issues.queries.reading.around_as_recorded import recorded, statements_as_recorded
from issues.queries.reading.as_recorded import there

# What a target of evidence is named by.
NAMED = (Actor, Issue, Summit)


def uses_as_recorded(process: Process, on: datetime) -> dict[int, int]:
    """By the key of each source that a process cited, how many pieces of evidence rested on it. Five queries.

    Those of statements that are evidence of nothing, and those that report another source, count none.
    """
    cited = Counter[int](_evidence(process, on).values_list("statement_id", flat=True))
    stated = newest(Statement, on).filter(Q(id__in=list(cited)) | _beside(process, on))
    uses: Counter[int] = Counter()
    for statement, source in stated.values_list("id", "source_id"):
        uses[source] += cited[statement]
    reporting = Source.objects.filter(pk__in=[pk for pk, number in uses.items() if number])
    via = {pk for pk in reporting.values_list("cited_via", flat=True) if pk is not None}
    return dict.fromkeys(via, 0) | dict(uses)


def statements_of_as_recorded(source: Source, process: Process, on: datetime) -> list[Statement]:
    """The statements in a source that bore on a process, each with what it supported or disputed."""
    keys = newest(Statement, on, source_id=source.pk).values_list("id", flat=True)
    shown = told_as_recorded(list(keys), process, on)
    return sorted(shown, key=lambda item: (item.said_on is None, item.said_on or on.date(), item.pk))


def told_as_recorded(keys: Collection[int], process: Process, on: datetime) -> list[Statement]:
    """Of these statements those that bore on a process, each with what it supported or disputed."""
    statements = statements_as_recorded(keys, on)
    bearing: dict[int, list[Evidence]] = {pk: [] for pk in statements}
    found = [row.instance for row in _evidence(process, on).filter(statement_id__in=list(statements))]
    targets = {
        "position": _targets(Position, found, on),
        "event": _targets(Event, found, on),
        "outcome": _targets(Outcome, found, on),
    }
    for item in sorted(found, key=lambda item: item.pk):
        for name, records in targets.items():
            pk = getattr(item, f"{name}_id")
            if pk in records:
                setattr(item, name, records[pk])
                bearing[item.statement_id].append(item)
    occasions = Summit.objects.filter(process=process).in_bulk(
        {item.occasion_id for item in statements.values() if item.occasion_id}
    )
    beside = set(
        newest(Statement, on)
        .filter(_beside(process, on), id__in=list(statements))
        .values_list("id", flat=True)
    )
    shown: list[Any] = []
    for pk, statement in statements.items():
        statement.occasion = occasions.get(statement.occasion_id or 0)
        if bearing[pk] or pk in beside:
            shown.append(statement)
            shown[-1].bearing = bearing[pk]
    return shown


def stated_as_recorded(process: Process, on: datetime) -> "QuerySet[Any]":
    """The versions of the statements that bore on a process at a time. Two queries."""
    cited = _evidence(process, on).values_list("statement_id", flat=True)
    return newest(Statement, on).filter(Q(id__in=among(set(cited))) | _beside(process, on))


def snapshots_of(source: Source, known: datetime | None) -> list[Any]:
    """The archived copies of a source, the newest first; as known at a time where one is given. One query."""
    if known is None:
        found: list[Any] = list(Snapshot.objects.filter(source=source))
    else:
        found = [row.instance for row in newest(Snapshot, known, source_id=source.pk)]
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one.taken_at or never, one.pk), reverse=True)


def _evidence(process: Process, on: datetime) -> QuerySet[Any]:
    """The evidence that a process had at a time."""
    return newest(Evidence, on).filter(
        Q(position_id__in=newest(Position, on, issue_id__in=_issues(process)).values("id"))
        | Q(event_id__in=newest(Event, on, process_id=process.pk).values("id"))
        | Q(outcome_id__in=newest(Outcome, on, summit_id__in=_summits(process)).values("id"))
    )


def _beside(process: Process, on: datetime) -> Q:
    """That a statement bore on a process though it was evidence of nothing: said there, or of an ending."""
    sets = newest(ScenarioSet, on, process_id=process.pk).values("id")
    scenarios = newest(Scenario, on, set_id__in=sets).values("id")
    return (
        Q(occasion_id__in=_summits(process))
        | Q(id__in=newest(Citation, on, scenario_id__in=scenarios).values("statement_id"))
        | Q(
            id__in=newest(Signpost, on, scenario_id__in=scenarios, statement_id__isnull=False).values(
                "statement_id"
            )
        )
    )


def _issues(process: Process) -> QuerySet[Any]:
    return Issue.objects.filter(process=process).order_by().values("pk")


def _summits(process: Process) -> QuerySet[Any]:
    return Summit.objects.filter(process=process).order_by().values("pk")


def _targets(model: type[Any], found: list[Evidence], on: datetime) -> dict[int, Any]:
    """By key, the records of a kind that these pieces of evidence bear on, with today's names around them."""
    name = model._meta.model_name
    keys = {pk for item in found if (pk := getattr(item, f"{name}_id"))}
    records = {record.pk: record for record in recorded(model, on, id__in=keys)}
    for field in model._meta.concrete_fields:
        if field.is_relation and issubclass(field.related_model, NAMED):
            names = there(
                field.related_model.objects.all(),
                {pk for record in records.values() if (pk := getattr(record, field.attname))},
            )
            for record in records.values():
                if getattr(record, field.attname) in names:
                    setattr(record, field.name, names[getattr(record, field.attname)])
    return records
