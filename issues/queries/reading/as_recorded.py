"""The record as it was known at a time: positions, evidence and option values from the audit history.

Names and structure (summits, issues, actors, sources) are today's. Among versions of one instant the last
written counts, so rows are taken in the order of ``(history_date, history_id)``.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from issues.domain.position import Entry, RedLineMention, State
from issues.history import Record
from issues.models import Actor, Evidence, Issue, Option, Person, Position, PositionLink, Source, Statement
from issues.models.position import Stance
from issues.models.source import Claim
from issues.queries.history.merged import keepers, last_versions


def entries_known(
    issues: Collection[int], summits: Collection[int], actors: Collection[int], on: datetime
) -> list[Entry]:
    """The positions on these issues as they were known at a time, by key. Four queries.

    A position of an actor that was merged since is the keeper's, for whom the page has a row; finding the
    keeper takes some more queries, where any of ``actors`` is not who held it then.
    """
    positions = positions_known(issues, on)
    gone = {row.actor_id for row in positions.values()} - set(actors)
    merged = keepers(Actor, gone) if gone else {}
    options = {pk: row.value for pk, row in _newest(Option, on, issue_id__in=issues).items()}
    of_issues = _history(Position).filter(issue_id__in=issues).values("id")
    evidence = _newest(Evidence, on, position_id__in=of_issues)
    supporting = {
        row.statement_id: row.position_id for row in evidence.values() if row.stance == Stance.SUPPORTS
    }
    claims = (
        _newest(Statement, on, claimed_as=Claim.REAFFIRMED, id__in=list(supporting)) if supporting else {}
    )
    reaffirmed = {
        row.position_id
        for row in evidence.values()
        if row.stance == Stance.SUPPORTS and row.statement_id in claims
    }
    return [
        Entry(
            pk,
            row.issue_id,
            merged.get(row.actor_id, row.actor_id),
            row.summit_id,
            State(row.state),
            row.value if row.value is not None else options.get(row.option_id),
            RedLineMention(row.red_line),
            row.accepts_from,
            row.accepts_to,
            row.salience,
            pk in reaffirmed,
        )
        for pk, row in sorted(positions.items())
        if row.summit_id in summits and row.issue_id in issues
    ]


def positions_known(issues: Collection[int], on: datetime) -> dict[int, Any]:
    """The versions of the positions on these issues that were current at a time, by key. One query."""
    return _newest(Position, on, issue_id__in=issues)


def words_known(ids: Collection[int], on: datetime) -> dict[int, Position]:
    """The positions with these ids as they were known, each with option, links and evidence of then."""
    positions = {pk: row.instance for pk, row in _newest(Position, on, id__in=ids).items()}
    evidence = [row.instance for row in _newest(Evidence, on, position_id__in=ids).values()]
    links = [row.instance for row in _newest(PositionLink, on, position_id__in=ids).values()]
    statements = {
        pk: row.instance
        for pk, row in _newest(Statement, on, id__in={item.statement_id for item in evidence}).items()
    }
    _attach_options(positions, on)
    _attach_names(list(statements.values()))
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
        position._prefetched_objects_cache = {
            "evidence": _Fetched(sorted(shown, key=lambda item: (item.stance == Stance.DISPUTES, item.pk))),
            "links": _Fetched(tied),
        }
    return positions


def record_starts(issues: Collection[int]) -> datetime | None:
    """When the first position on these issues was recorded here; None where none is."""
    found: datetime | None = (
        _history(Position).filter(issue_id__in=issues).aggregate(first=Min("history_date"))["first"]
    )
    return found


class _Fetched(list[Any]):
    """Records that are there already, where a template expects the result of ``all()``."""

    def all(self) -> "_Fetched":
        return self


def _history(model: type[Record]) -> Any:
    return model.history.model.objects


def _newest(model: type[Record], on: datetime, **only: Any) -> dict[int, Any]:
    """By key, the version of each record that was current at a time; those deleted by then left out.

    ``only`` must hold of every version of a record, or of the newest alone: it is asked of the newest.
    """
    touched = _history(model).filter(history_date__lte=on, **only).values("id")
    found: dict[int, Any] = {}
    rows = _history(model).filter(history_date__lte=on, id__in=touched)
    for row in rows.order_by("history_date", "history_id"):
        found[row.id] = row
    return {pk: row for pk, row in found.items() if row.history_type != "-" and _holds(row, only)}


def _holds(row: Any, only: dict[str, Any]) -> bool:
    plain = {name: value for name, value in only.items() if "__" not in name}
    return all(getattr(row, name) == value for name, value in plain.items())


def _attach_options(positions: dict[int, Position], on: datetime) -> None:
    wanted = {position.option_id for position in positions.values() if position.option_id}
    live = Option.objects.in_bulk(wanted)
    then = _newest(Option, on, id__in=wanted)
    for position in positions.values():
        pk = position.option_id
        if pk is None:
            continue
        option = then[pk].instance if pk in then else live.get(pk)
        if option is not None:
            position.option = option


def _attach_names(statements: list[Statement]) -> None:
    """Give statements their sources, people and actors, in a query each, and more where any is gone."""
    sources = _there(Source.objects.select_related("cited_via"), {item.source_id for item in statements})
    people = _there(
        Person.objects.all(),
        {pk for item in statements for pk in (item.speaker_id, item.reported_by_person_id) if pk},
    )
    actors = _there(
        Actor.objects.all(),
        {pk for item in statements for pk in (item.organ_id, item.reported_by_actor_id) if pk},
    )
    for item in statements:
        for name, records in (
            ("source", sources),
            ("speaker", people),
            ("reported_by_person", people),
            ("organ", actors),
            ("reported_by_actor", actors),
        ):
            pk = getattr(item, f"{name}_id")
            if pk in records:
                setattr(item, name, records[pk])


def _there(records: QuerySet[Any], keys: set[int]) -> dict[int, Any]:
    """By key, the records as they are: those merged since as the keeper, those deleted as they were last."""
    found: dict[int, Any] = records.in_bulk(keys)
    missing = keys - found.keys()
    if missing:
        merged = keepers(records.model, missing)
        kept = records.in_bulk(set(merged.values()))
        found |= {key: kept[keeper] for key, keeper in merged.items() if keeper in kept}
        found |= last_versions(records.model, missing - found.keys())
    return found
