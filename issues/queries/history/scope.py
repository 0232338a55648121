"""Which rows of the audit history belong to a process, and which change sets touch it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, reduce
from operator import or_
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


class Scope(Mapping[type[Record], Q]):
    """By model, which history rows belong to some processes. Each is worked out when it is asked for.

    ``own`` holds of a row that names its process, ``itself`` of the rows of the processes. A process has few
    issues, summits and actors, and they are listed; whether one of its many positions or statements leads to
    a row is asked of that row, and what costs less is asked first.
    """

    def __init__(self, own: Q, itself: Q) -> None:
        self.own, self.itself = own, itself

    def __getitem__(self, kind: type[Record]) -> Q:
        return _BELONGS[kind](self)

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(_BELONGS)

    def __len__(self) -> int:
        return len(_BELONGS)

    @cached_property
    def of_issue(self) -> Q:
        """A row that names an issue of theirs."""
        return Q(issue_id__in=_ids(Issue, self.own))

    @cached_property
    def summits(self) -> QuerySet[Any]:
        """Their occasions."""
        return _ids(Summit, self.own)

    @cached_property
    def at_summit(self) -> Q:
        """A row that names an occasion of theirs."""
        return Q(summit_id__in=self.summits)

    @cached_property
    def events(self) -> QuerySet[Any]:
        """What happened beside."""
        return _ids(Event, self.own)

    @cached_property
    def of_position(self) -> Q:
        """A row that names a position of theirs."""
        return _is_there(Position, self.of_issue, id="position_id")

    @cached_property
    def beside_positions(self) -> tuple[Q, Q]:
        """What rests on a statement and is no position: it happened, or was agreed."""
        return Q(event_id__in=self.events), Q(outcome_id__in=_ids(Outcome, self.at_summit))

    @cached_property
    def evidence(self) -> Q:
        """What rests on a statement."""
        happened, agreed = self.beside_positions
        return happened | agreed | self.of_position

    @cached_property
    def sets(self) -> QuerySet[Any]:
        """Their questions."""
        return _ids(ScenarioSet, self.own)

    @cached_property
    def of_scenario(self) -> Q:
        """A row that names an ending of theirs."""
        return Q(scenario_id__in=_ids(Scenario, Q(set_id__in=self.sets)))

    @cached_property
    def few_statements(self) -> tuple[Q, Q, Q]:
        """What was said there, and what scenarios refer to."""
        signs = self.of_scenario & Q(statement_id__isnull=False)
        return (
            Q(occasion_id__in=self.summits),
            Q(id__in=_ids(Citation, self.of_scenario, "statement_id")),
            Q(id__in=_ids(Signpost, signs, "statement_id")),
        )

    @cached_property
    def statements(self) -> Q:
        """What was said there, or is referred to from there."""
        return _any(*self.few_statements) | _is_there(Evidence, self.evidence, statement_id="id")

    @cached_property
    def listed_statements(self) -> tuple[Q, ...]:
        """The same, each way in which a statement is there apart: so that each is listed by its own index."""
        of_positions = Q(position_id__in=_ids(Position, self.of_issue))
        rests = (*self.beside_positions, of_positions)
        return (*self.few_statements, *(Q(id__in=_ids(Evidence, way, "statement_id")) for way in rests))

    @cached_property
    def parties(self) -> QuerySet[Any]:
        """Who takes part."""
        return _ids(Participation, self.own, "actor_id")

    @cached_property
    def people(self) -> Q:
        """Who spoke, reported or sat there; listed, because one may have spoken elsewhere ever so often."""
        said = (
            Q(id__in=_ids(Statement, way & Q(**{f"{who}__isnull": False}), who))
            for who in ("speaker_id", "reported_by_person_id")
            for way in self.listed_statements
        )
        sat = self.at_summit & Q(person_id__isnull=False)
        return _any(*said, Q(id__in=_ids(Attendance, sat, "person_id")))


_BELONGS: dict[type[Record], Callable[[Scope], Q]] = {
    Position: lambda of: of.of_issue,
    PositionLink: lambda of: of.of_position,
    Evidence: lambda of: of.evidence,
    Statement: lambda of: of.statements,
    Signatory: lambda of: _is_there(Statement, of.statements, id="statement_id"),
    Source: lambda of: _is_there(Statement, of.statements, source_id="id"),
    Snapshot: lambda of: _is_there(Statement, of.statements, source_id="source_id"),
    Outcome: lambda of: of.at_summit,
    Event: lambda of: of.own,
    EventIssue: lambda of: Q(event_id__in=of.events),
    Summit: lambda of: of.own,
    Attendance: lambda of: of.at_summit,
    Issue: lambda of: of.own,
    Option: lambda of: of.of_issue,
    Participation: lambda of: of.own,
    Actor: lambda of: Q(id__in=of.parties) | Q(part_of_id__in=of.parties),
    Membership: lambda of: Q(coalition_id__in=of.parties) | Q(member_id__in=of.parties),
    Person: lambda of: of.people,
    Office: lambda of: Q(actor_id__in=of.parties),
    Track: lambda of: of.own,
    ScenarioSet: lambda of: of.own,
    Scenario: lambda of: Q(set_id__in=of.sets),
    ScenarioOutcome: lambda of: of.of_scenario,
    Citation: lambda of: of.of_scenario,
    Signpost: lambda of: of.of_scenario,
    Judgement: lambda of: Q(from_option_id__in=_ids(Option, of.of_issue)),
    Place: lambda of: Q(id__in=_ids(Summit, of.own & Q(place_id__isnull=False), "place_id")),
    Process: lambda of: of.itself,
}


def scope(process: Process) -> Scope:
    """By model, which history rows belong to a process; those of records deleted since as well.

    Actors, people, places, sources and statements belong to every process that ever referred to them.
    Drafts belong to none: what is typed on a log sheet is no record yet.
    """
    return Scope(Q(process_id=process.pk), Q(id=process.pk))


def scope_of(processes: QuerySet[Process]) -> Scope:
    """By model, which history rows belong to any of these processes."""
    keys = processes.order_by().values("pk")
    return Scope(Q(process_id__in=keys), Q(id__in=keys))


def touching(process: Process) -> QuerySet[ChangeSet]:
    """The change sets that touch a process, newest first; typing on a log sheet touches none."""
    return ChangeSet.objects.filter(process_changes__process=process).order_by("-time", "-pk")


def _any(*ways: Q) -> Q:
    return reduce(or_, ways)


def _ids(model: type[Record], only: Q, field: str = "id") -> QuerySet[Any]:
    found: QuerySet[Any] = history(model).filter(only).values(field)
    return found


def _is_there(model: type[Record], only: Q, **where: str) -> Q:
    """Whether there is such a row of a model, one column of which is a column of the row that is asked."""
    ((column, of_row),) = where.items()
    return Q(Exists(history(model).filter(only, **{column: OuterRef(of_row)})))
