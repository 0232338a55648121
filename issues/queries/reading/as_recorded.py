"""The record as it was known at a time: positions and evidence from the audit history.

What stands around them is in :mod:`issues.queries.reading.around_as_recorded`. Names and structure (summits,
issues, actors, sources) are today's. Among versions of one instant the last
written counts, so rows are taken in the order of ``(history_date, history_id)``.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from issues.models import (
    Actor,
    Evidence,
    Issue,
    Option,
    Person,
    Position,
    PositionLink,
    Signatory,
    Snapshot,
    Source,
    Statement,
)
from issues.models.position import Stance
from issues.queries.history.merged import keepers, last_versions
from issues.queries.history.rows import history, newest
from issues.queries.reading.signatories import as_they_are_named


def positions_as_recorded(issues: Collection[int], on: datetime) -> dict[int, Any]:
    """The versions of the positions on these issues that were current at a time, by key. One query."""
    return _by_key(newest(Position, on, issue_id__in=issues))


def words_as_recorded(ids: Collection[int], on: datetime) -> dict[int, Position]:
    """The positions with these ids as they were known, each with option, links and evidence of then."""
    positions = {pk: row.instance for pk, row in _by_key(newest(Position, on, id__in=ids)).items()}
    evidence = [row.instance for row in newest(Evidence, on, position_id__in=ids)]
    links = [row.instance for row in newest(PositionLink, on, position_id__in=ids)]
    statements = {
        pk: row.instance
        for pk, row in _by_key(newest(Statement, on, id__in={item.statement_id for item in evidence})).items()
    }
    _attach_options(positions, on)
    attach_names(list(statements.values()), on)
    issues = Issue.objects.in_bulk({link.issue_id for link in links})
    for position in positions.values():
        shown = [
            item for item in evidence if item.position_id == position.pk and item.statement_id in statements
        ]
        for item in shown:
            item.statement = statements[item.statement_id]
        tied = [link for link in links if link.position_id == position.pk and link.issue_id in issues]
        for link in tied:
            link.issue = issues[link.issue_id]
        cited = sorted(shown, key=lambda item: (item.stance == Stance.DISPUTES, item.pk))
        give(position, evidence=cited, links=tied)
    return positions


def record_starts(issues: Collection[int]) -> datetime | None:
    """When the first position on these issues was recorded here; None where none is."""
    found: datetime | None = (
        history(Position).filter(issue_id__in=issues).aggregate(first=Min("history_date"))["first"]
    )
    return found


class _Fetched(list[Any]):
    """Records that are there already, where a template expects the result of ``all()``."""

    def all(self) -> "_Fetched":
        return self


def give(record: Any, **related: Iterable[Any]) -> None:
    """Give a record what is related to it, as though it had been fetched with it."""
    record._prefetched_objects_cache = {name: _Fetched(found) for name, found in related.items()}


def _by_key(rows: QuerySet[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}


def _attach_options(positions: dict[int, Position], on: datetime) -> None:
    wanted = {position.option_id for position in positions.values() if position.option_id}
    live = Option.objects.in_bulk(wanted)
    then = _by_key(newest(Option, on, id__in=wanted))
    for position in positions.values():
        pk = position.option_id
        if pk is None:
            continue
        option = then[pk].instance if pk in then else live.get(pk)
        if option is not None:
            position.option = option


def attach_names(statements: list[Statement], on: datetime) -> None:
    """Give statements their sources, people, actors and signatories of a time.

    A query each, and more where any is gone. Of two signatories that were merged since one is named.
    """
    keys = {item.pk for item in statements}
    signed = [row.instance for row in as_they_are_named(newest(Signatory, on, statement_id__in=keys))]
    sources = there(Source.objects.select_related("cited_via"), {item.source_id for item in statements})
    people = there(
        Person.objects.all(),
        {pk for item in statements for pk in (item.speaker_id, item.reported_by_person_id) if pk},
    )
    actors = there(
        Actor.objects.all(),
        {pk for item in statements for pk in (item.organ_id, item.reported_by_actor_id) if pk}
        | {item.actor_id for item in signed},
    )
    read = {item.snapshot_id for item in statements if item.snapshot_id}
    snapshots = there(Snapshot.objects.all(), read) if read else {}
    joint: dict[int, dict[int, Signatory]] = {}
    for signatory in (item for item in signed if item.actor_id in actors):
        signatory.actor = actors[signatory.actor_id]
        joint.setdefault(signatory.statement_id, {}).setdefault(signatory.actor.pk, signatory)
    for item in statements:
        for name, records in (
            ("source", sources),
            ("snapshot", snapshots),
            ("speaker", people),
            ("reported_by_person", people),
            ("organ", actors),
            ("reported_by_actor", actors),
        ):
            pk = getattr(item, f"{name}_id")
            if pk in records:
                setattr(item, name, records[pk])
        item.signers = list(joint.get(item.pk, {}).values())


def there(records: QuerySet[Any], keys: set[int]) -> dict[int, Any]:
    """By key, the records as they are: those merged since as the keeper, those deleted as they were last."""
    found: dict[int, Any] = records.in_bulk(keys)
    missing = keys - found.keys()
    if missing:
        merged = keepers(records.model, missing)
        kept = records.in_bulk(set(merged.values()))
        found |= {key: kept[keeper] for key, keeper in merged.items() if keeper in kept}
        found |= last_versions(records.model, missing - found.keys())
    return found
