"""Where a cell is about to be committed, and what stood there: what is asked by twenty people at once."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from itertools import takewhile
from typing import Any, TypeVar

from django.db import connection

from issues.domain.change import Standing
from issues.domain.fold import apply
from issues.domain.position import in_order
from issues.history import Record
from issues.models import Actor, Issue, Position, Process, Sheet, Summit
from issues.queries.reading.entries import entry_of
from issues.user import User

R = TypeVar("R", bound=Record)

CELL_TARGET = """
    SELECT sheet.id, sheet.version, sheet.coder_id,
        summit.id, summit.process_id, summit.name, summit.starts_on, summit.sequence,
        summit.parallel_to_id, summit.starts_on_precision, summit.order_on,
        actor.id, actor.name, actor.short_name,
        issue.id, issue.name, issue.kind, issue.closed_on, process.visibility
    FROM issues_process AS process
    JOIN issues_summit AS summit ON summit.process_id = process.id AND summit.slug = %s
    JOIN issues_sheet AS sheet ON sheet.summit_id = summit.id AND COALESCE(sheet.coder_id, 0) = %s
    JOIN issues_participation AS part ON part.process_id = process.id AND part.actor_id = %s
    JOIN issues_actor AS actor ON actor.id = part.actor_id
    JOIN issues_issue AS issue ON issue.process_id = process.id AND issue.id = %s
    WHERE process.slug = %s
"""


def cell_target(
    process: str, summit: str, coder: User | None, actor: int, issue: int
) -> tuple[Sheet, Actor, Issue] | None:
    """A stored sheet, and an actor and an issue of its process; None if one of them is not there.

    One query. Of each no more is read than committing a cell needs; the rest when it is asked for. Written
    by hand: measured end to end, beside the same three things by the ORM, an autosave took 18 ms instead of
    29 (least of twelve rounds of forty, SQLite, a busy machine).
    """
    with connection.cursor() as cursor:
        cursor.execute(CELL_TARGET, [summit, coder.pk if coder else 0, actor, issue, process])
        row = cursor.fetchone()
    if row is None:
        return None
    sheet = {"id": row[0], "version": row[1], "coder_id": row[2], "summit_id": row[3]}
    at = {"id": row[3], "process_id": row[4], "name": row[5], "starts_on": _day(row[6]), "sequence": row[7]}
    at |= {"parallel_to_id": row[8], "starts_on_precision": row[9], "order_on": _day(row[10])}
    who = {"id": row[11], "name": row[12], "short_name": row[13]}
    what = {"id": row[14], "name": row[15], "kind": row[16], "closed_on": _day(row[17])}
    stored = _partly(Sheet, sheet)
    stored.summit = _partly(Summit, at)
    stored.summit.process = _partly(Process, {"id": row[4], "visibility": row[18]})
    return stored, _partly(Actor, who), _partly(Issue, what)


def standing_before(summit: Summit, actor: Actor, issue: Issue) -> Standing:
    """Where one actor stood on one issue before a summit, without reading the whole process.

    One query, and one for the meeting that the summit is parallel to.
    """
    if issue.closed_on is not None and issue.closed_on < summit.starts_on:
        return Standing()
    said = Position.objects.filter(actor=actor, issue=issue).select_related("option", "summit__parallel_to")
    by_summit = {position.summit_id: position for position in said}
    occasions = [position.summit.occasion for position in by_summit.values()]
    occasions += [item.summit.parallel_to.occasion for item in by_summit.values() if item.summit.parallel_to]
    occasions += [summit.occasion] + ([summit.parallel_to.occasion] if summit.parallel_to else [])
    ordered = in_order({item.id: item for item in occasions}.values())
    earlier = takewhile(lambda occasion: occasion.id != summit.pk, ordered)
    entries = (entry_of(by_summit[item.id], reaffirms=False) for item in earlier if item.id in by_summit)
    return reduce(apply, entries, Standing())


def _partly(model: type[R], columns: Mapping[str, Any]) -> R:
    """A record of which some columns are known; the others are read when they are asked for."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in columns]
    return model.from_db("default", names, [columns[name] for name in names])


def _day(value: Any) -> date | None:
    """A day as either database gives it: SQLite knows no dates."""
    return date.fromisoformat(str(value)) if value else None
