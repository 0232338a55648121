"""The history of a record together with that of what hangs on it, as one list by time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Subquery, Value

from issues.history import CHANGED, Record, among
from issues.models import (
    DRAFTS,
    RECORDS,
    Actor,
    Attendance,
    Cell,
    Event,
    EventIssue,
    Evidence,
    Issue,
    Membership,
    Office,
    Option,
    Outcome,
    Person,
    Position,
    PositionLink,
    Sheet,
    SheetRow,
    Signatory,
    Snapshot,
    Source,
    Statement,
    Summit,
)
from issues.queries.history.rows import before

# Which rows of a model may be seen; all where the model is not named.
Only = Mapping[type[Record], Q]

KINDS: dict[str, type[Record]] = {str(model._meta.model_name): model for model in (*RECORDS, *DRAFTS)}


@dataclass(frozen=True)
class Part:
    """What hangs on a record: the kind of record and its foreign key to it.

    With ``reached_by`` it hangs on it through another: statements on a position through its evidence. Of
    those only the edits are told, since they were said before they were evidence. ``by`` is the column that
    says which of them: the key, or that of the statement which a signatory signed.
    """

    model: type[Record]
    relation: str
    reached_by: type[Record] | None = None
    through: str = ""
    by: str = "id"

    def rows(self, key: int) -> QuerySet[Any]:
        """The history rows of what hangs, or hung, on the record with this key."""
        if self.reached_by is not None:
            linked = self.reached_by.history.filter(**{f"{self.relation}_id": key}).values(
                f"{self.through}_id"
            )
            found: QuerySet[Any] = self.model.history.filter(**{f"{self.by}__in": linked})
            return found.filter(history_type=CHANGED) if self.by == "id" else found
        column = f"{self.relation}_id"
        ever = self.model.history.filter(**{column: key}).order_by().values("id")  # found by an index
        was_at = Subquery(before(self.model).values(column)[:1])
        theirs: QuerySet[Any] = self.model.history.filter(id__in=ever).annotate(was_at=was_at)
        return theirs.filter(Q(**{column: key}) | Q(was_at=key))


PARTS: dict[type[Record], tuple[Part, ...]] = {
    Position: (
        Part(Evidence, "position"),
        Part(PositionLink, "position"),
        Part(Statement, "position", reached_by=Evidence, through="statement"),
        Part(Signatory, "position", reached_by=Evidence, through="statement", by="statement_id"),
    ),
    Issue: (Part(Option, "issue"),),
    Summit: (Part(Attendance, "summit"),),
    Outcome: (Part(Evidence, "outcome"),),
    Event: (Part(Evidence, "event"), Part(EventIssue, "event")),
    Source: (Part(Statement, "source"), Part(Snapshot, "source")),
    Statement: (Part(Signatory, "statement"),),
    Actor: (Part(Membership, "coalition"),),
    Person: (Part(Office, "person"),),
    Sheet: (Part(SheetRow, "sheet"), Part(Cell, "sheet")),
}


def trail(model: type[Record], key: int, only: Only) -> QuerySet[Any]:
    """The history rows of a record and of its parts, newest first: time, number of the part, and key.

    The number is 0 for the record itself, then the place in :data:`PARTS`.
    """
    rows = model.history.filter(only.get(model, Q()), id=key)
    return _listed([rows.annotate(part=Value(0)), *_parts(model, key, only)])


def parts_between(model: type[Record], key: int, only: Only, first: Any, last: Any) -> QuerySet[Any]:
    """What :func:`trail` lists of the parts of a record, after one version of it and up to another."""
    within = Q(history_date__gt=first.history_date, history_date__lte=last.history_date)
    found = [rows.filter(within) for rows in _parts(model, key, only)]
    return _listed(found or [model.history.none().annotate(part=Value(0))])


def _parts(model: type[Record], key: int, only: Only) -> list[QuerySet[Any]]:
    return [
        part.rows(key).filter(only.get(part.model, Q())).annotate(part=Value(number))
        for number, part in enumerate(PARTS.get(model, ()), 1)
    ]


def _listed(found: list[QuerySet[Any]]) -> QuerySet[Any]:
    listed = [queryset.order_by().values_list("history_date", "part", "history_id") for queryset in found]
    union: QuerySet[Any] = listed[0].union(*listed[1:], all=True) if len(listed) > 1 else listed[0]
    return union.order_by("-history_date", "part", "-history_id")


def with_before(model: type[Record], keys: set[int], only: Only) -> tuple[dict[int, Any], dict[int, Any]]:
    """The history rows with these keys, and by the same keys the versions before them. Two queries."""
    if not keys:
        return {}, {}
    seen = only.get(model, Q())
    earlier = Subquery(before(model).filter(seen).values("history_id")[:1])
    rows = model.history.filter(history_id__in=among(keys)).select_related("change_set__undoes")
    found = {row.history_id: row for row in rows.annotate(before=earlier)}
    those = [row.before for row in found.values() if row.before]
    rows = model.history.filter(history_id__in=among(those))
    olds = {row.history_id: row for row in rows} if those else {}
    return found, {key: olds[row.before] for key, row in found.items() if row.before}
