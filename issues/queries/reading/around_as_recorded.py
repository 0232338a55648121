"""What stands around the positions, as it was known at a time: options, weights, outcomes, events.

As in :mod:`issues.queries.reading.as_recorded`, from the audit history; names and structure are today's.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from issues.models import (
    Actor,
    Attendance,
    Event,
    Evidence,
    Issue,
    Option,
    Outcome,
    Participation,
    Person,
    Process,
    Statement,
    Summit,
)
from issues.models.position import Stance
from issues.queries.history.rows import newest
from issues.queries.reading.as_recorded import attach_names, give, there


def recorded(model: type[Any], on: datetime, **only: Any) -> list[Any]:
    """The records of a kind as they were at a time, of those of which something held then. One query."""
    return [row.instance for row in newest(model, on, **only).order_by("id")]


def attach_options(issues: Iterable[Issue], on: datetime) -> None:
    """Give issues the options that they had at a time, in order, and the reference point of then."""
    by_key = {issue.pk: issue for issue in issues}
    options: dict[int, list[Option]] = {pk: [] for pk in by_key}
    for option in sorted(recorded(Option, on, issue_id__in=by_key), key=lambda item: item.value):
        option.issue = by_key[option.issue_id]
        options[option.issue_id].append(option)
    then = dict(newest(Issue, on, id__in=by_key).values_list("id", "reference_point_id"))
    for pk, issue in by_key.items():
        give(issue, options=options[pk])
        issue.reference_point_id = then.get(pk)


def attach_weights(participations: Iterable[Participation], on: datetime) -> None:
    """Give participations the capability that was recorded at a time, where one was. One query."""
    listed = list(participations)
    rows = newest(Participation, on, id__in=[item.pk for item in listed])
    then = dict(rows.values_list("id", "capability"))
    for item in listed:
        item.capability = then.get(item.pk, item.capability)


def outcomes_as_recorded(summits: Collection[int], issues: Iterable[Issue], on: datetime) -> list[Outcome]:
    """The outcomes of these summits as they were known, by issue in order, each with its evidence of then."""
    found: list[Outcome] = recorded(Outcome, on, summit_id__in=summits)
    by_key = {issue.pk: issue for issue in issues}
    actors = there(Actor.objects.all(), _keys(found, "according_to_actor_id"))
    people = there(Person.objects.all(), _keys(found, "according_to_person_id"))
    for outcome in found:
        if outcome.issue_id in by_key:
            outcome.issue = by_key[outcome.issue_id]
        _attach(outcome, "according_to_actor", actors)
        _attach(outcome, "according_to_person", people)
    attach_evidence(found, "outcome_id", on)
    order = {pk: place for place, pk in enumerate(by_key)}
    return sorted(found, key=lambda item: (order.get(item.issue_id or 0, -1), item.ref))


def events_as_recorded(process: Process, on: datetime) -> list[Event]:
    """The events of a process as they were known, oldest first, each with its evidence of then."""
    found: list[Event] = recorded(Event, on, process_id=process.pk)
    attach_evidence(found, "event_id", on)
    return sorted(found, key=lambda item: (item.date, item.ref))


def attendance_as_recorded(summit: Summit, on: datetime) -> list[Attendance]:
    """Who was known to have sat at the table of a summit, by name."""
    found: list[Attendance] = recorded(Attendance, on, summit_id=summit.pk)
    actors = there(Actor.objects.all(), _keys(found, "actor_id"))
    people = there(Person.objects.all(), _keys(found, "person_id"))
    for seat in found:
        _attach(seat, "actor", actors)
        _attach(seat, "person", people)
    return sorted(found, key=lambda seat: (seat.actor.name, seat.person.name if seat.person else ""))


def statements_as_recorded(keys: Collection[int], on: datetime) -> dict[int, Statement]:
    """By key, these statements as they were known, with sources, people and actors."""
    found = {item.pk: item for item in recorded(Statement, on, id__in=keys)}
    attach_names(list(found.values()), on)
    return found


def attach_evidence(records: Iterable[Any], relation: str, on: datetime) -> None:
    """Give records the evidence that they had at a time: what supports first, then what disputes."""
    by_key = {record.pk: record for record in records}
    evidence: list[Evidence] = recorded(Evidence, on, **{f"{relation}__in": by_key})
    statements = statements_as_recorded({item.statement_id for item in evidence}, on)
    shown: dict[int, list[Evidence]] = {pk: [] for pk in by_key}
    for item in sorted(evidence, key=lambda item: (item.stance == Stance.DISPUTES, item.pk)):
        if item.statement_id in statements:
            item.statement = statements[item.statement_id]
            shown[getattr(item, relation)].append(item)
    for pk, record in by_key.items():
        give(record, evidence=shown[pk])


def _keys(records: Iterable[Any], name: str) -> set[int]:
    return {pk for record in records if (pk := getattr(record, name)) is not None}


def _attach(record: Any, name: str, found: dict[int, Any]) -> None:
    pk = getattr(record, f"{name}_id")
    if pk in found:
        setattr(record, name, found[pk])
