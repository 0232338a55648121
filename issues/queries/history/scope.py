"""Which rows of the audit history belong to a process, and which change sets touch it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from issues.history import ChangeSet, Record
from issues.models import (
    Actor,
    Attendance,
    Citation,
    Event,
    EventIssue,
    Evidence,
    Issue,
    Judgement,
    Membership,
    Office,
    Option,
    Outcome,
    Participation,
    Person,
    Place,
    Position,
    PositionLink,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signatory,
    Signpost,
    Snapshot,
    Source,
    Statement,
    Summit,
    Track,
)
from issues.queries.history.rows import history

Scope = dict[type[Record], Q]


def scope(process: Process) -> Scope:
    """By model, which history rows belong to a process; those of records deleted since as well.

    Actors, people, places, sources and statements belong to every process that ever referred to them.
    Drafts belong to none: what is typed on a log sheet is no record yet.
    """
    return _scope(Q(process_id=process.pk), Q(id=process.pk))


def scope_of(processes: QuerySet[Process]) -> Scope:
    """By model, which history rows belong to any of these processes."""
    keys = processes.order_by().values("pk")
    return _scope(Q(process_id__in=keys), Q(id__in=keys))


def _scope(own: Q, itself: Q) -> Scope:
    """The rows of processes: ``own`` holds of a row that names its process, ``itself`` of their own.

    A process has few issues, summits and actors, and they are listed; whether one of its many positions or
    statements leads to a row is asked of that row, and what costs less is asked first.
    """
    issues, summits, events = (_ids(model, own) for model in (Issue, Summit, Event))
    of_issue, at_summit = Q(issue_id__in=issues), Q(summit_id__in=summits)
    of_position = _is_there(Position, of_issue, id="position_id")
    evidence = Q(event_id__in=events) | Q(outcome_id__in=_ids(Outcome, at_summit)) | of_position
    sets = _ids(ScenarioSet, own)
    of_scenario = Q(scenario_id__in=_ids(Scenario, Q(set_id__in=sets)))
    statements = (
        Q(occasion_id__in=summits)
        | Q(id__in=_ids(Citation, of_scenario, "statement_id"))
        | Q(id__in=_ids(Signpost, of_scenario & Q(statement_id__isnull=False), "statement_id"))
        | _is_there(Evidence, evidence, statement_id="id")
    )
    parties = _ids(Participation, own, "actor_id")
    actors = Q(id__in=parties) | Q(part_of_id__in=parties)
    people = (
        Q(id__in=_ids(Statement, statements & Q(speaker_id__isnull=False), "speaker_id"))
        | Q(
            id__in=_ids(
                Statement, statements & Q(reported_by_person_id__isnull=False), "reported_by_person_id"
            )
        )
        | Q(id__in=_ids(Attendance, at_summit & Q(person_id__isnull=False), "person_id"))
    )
    return {
        Position: of_issue,
        PositionLink: of_position,
        Evidence: evidence,
        Statement: statements,
        Signatory: _is_there(Statement, statements, id="statement_id"),
        Source: _is_there(Statement, statements, source_id="id"),
        Snapshot: _is_there(Statement, statements, source_id="source_id"),
        Outcome: at_summit,
        Event: own,
        EventIssue: Q(event_id__in=events),
        Summit: own,
        Attendance: at_summit,
        Issue: own,
        Option: of_issue,
        Participation: own,
        Actor: actors,
        Membership: Q(coalition_id__in=parties) | Q(member_id__in=parties),
        Person: people,
        Office: Q(actor_id__in=parties),
        Track: own,
        ScenarioSet: own,
        Scenario: Q(set_id__in=sets),
        ScenarioOutcome: of_scenario,
        Citation: of_scenario,
        Signpost: of_scenario,
        Judgement: Q(from_option_id__in=_ids(Option, of_issue)),
        Place: Q(id__in=_ids(Summit, own & Q(place_id__isnull=False), "place_id")),
        Process: itself,
    }


def touching(process: Process) -> QuerySet[ChangeSet]:
    """The change sets that touch a process, newest first; typing on a log sheet touches none."""
    return ChangeSet.objects.filter(process_changes__process=process).order_by("-time", "-pk")


def _ids(model: type[Record], only: Q, field: str = "id") -> QuerySet[Any]:
    found: QuerySet[Any] = history(model).filter(only).values(field)
    return found


def _is_there(model: type[Record], only: Q, **where: str) -> Q:
    """Whether there is such a row of a model, one column of which is a column of the row that is asked."""
    ((column, of_row),) = where.items()
    return Q(Exists(history(model).filter(only, **{column: OuterRef(of_row)})))
