"""What a record is tied to by records of their own: who signed a statement, what an event bears on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from issues.actions.record.correct import remove
from issues.actions.record.log import add
from issues.history import Record, StaleVersion, state_of
from issues.models import Event, EventIssue, Position, PositionLink, Signatory, Statement


@dataclass(frozen=True)
class Tie:
    """By which records, and which of their fields lead to the one and to the other."""

    model: type[Record]
    near: str
    far: str


TIES: dict[type[Record], Tie] = {
    Event: Tie(EventIssue, "event", "issue"),
    Position: Tie(PositionLink, "position", "issue"),
    Statement: Tie(Signatory, "statement", "actor"),
}


@dataclass(frozen=True)
class Tied:
    """To what a record is to be tied, and the ``state_of`` its ties that the person saw."""

    to: Iterable[Record]
    seen: str = ""


def ties_of(record: Record) -> list[Any]:
    """By what a record is tied to others."""
    tie = TIES[type(record)]
    if record.pk is None:
        return []
    found = tie.model._default_manager.filter(**{tie.near: record.pk}).select_related(tie.far)
    return list(found.order_by("pk"))


def untie(record: Record, tied: Tied) -> None:
    """Take off the ties that are no longer wanted. Raises StaleVersion when someone changed them since."""
    there, wanted = ties_of(record), {one.pk for one in tied.to}
    if state_of(there) != tied.seen:
        raise StaleVersion(record)
    for one in there:
        if getattr(one, f"{TIES[type(record)].far}_id") not in wanted:
            remove(one, alone=False)


def tie(record: Record, tied: Tied) -> None:
    """Add the ties that are wanted and not there; whoever calls checks the whole at the end."""
    how = TIES[type(record)]
    there = {getattr(one, f"{how.far}_id") for one in ties_of(record)}
    for one in tied.to:
        if one.pk not in there:
            add(how.model(**{how.near: record, how.far: one}))
