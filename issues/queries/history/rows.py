"""Rows of the audit history, and the one order that they have: by date, and by key within an instant."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from issues.history import REMOVED, Record, VersionRow

NEWEST_FIRST = ("-history_date", "-history_id")
OLDEST_FIRST = ("history_date", "history_id")


def history(model: type[Record]) -> Any:
    """All history rows of a model, in no order."""
    return model.history.model.objects.order_by()


def newest(model: type[Record], on: datetime, **only: Any) -> QuerySet[Any]:
    """The version of each record that was current at a time, of those of which something held then.

    Records that were deleted by then are left out. The database finds the newest of each by the index of
    versions, so that older ones are never read.
    """
    then = history(model).filter(history_date__lte=on)
    last = then.filter(id=OuterRef("id")).order_by(*NEWEST_FIRST).values("history_id")[:1]
    rows: QuerySet[Any] = then.filter(history_id=Subquery(last), **only).exclude(history_type=REMOVED)
    return rows


def before(model: type[Record]) -> QuerySet[Any]:
    """The history rows of the same record before the one of the query around it, the last first."""
    date, key = OuterRef("history_date"), OuterRef("history_id")
    earlier = Q(history_date__lt=date) | Q(history_date=date, history_id__lt=key)
    rows: QuerySet[Any] = history(model).filter(earlier, id=OuterRef("id"))
    return rows.order_by(F("history_date").desc(), F("history_id").desc())


def row_before(row: VersionRow) -> Any | None:
    """The version of a record before a history row of it, or None. One query."""
    earlier = Q(history_date__lt=row.history_date) | Q(
        history_date=row.history_date, history_id__lt=row.history_id
    )
    return newest_first(row.instance_type, row.id).filter(earlier).first()


def rows_after(row: VersionRow) -> list[Any]:
    """The versions of a record after a history row of it, oldest first, with their change sets. One query."""
    later = Q(history_date__gt=row.history_date) | Q(
        history_date=row.history_date, history_id__gt=row.history_id
    )
    rows = newest_first(row.instance_type, row.id).filter(later).select_related("change_set")
    return list(rows.order_by(*OLDEST_FIRST))


def newest_first(model: type[Record], key: int) -> QuerySet[Any]:
    """The history rows of a record."""
    rows: QuerySet[Any] = history(model).filter(id=key)
    return rows.order_by(*NEWEST_FIRST)


def after(rows: QuerySet[Any]) -> Exists:
    """Whether the record of the row around the query has a later version among these rows."""
    date, key = OuterRef("history_date"), OuterRef("history_id")
    later = Q(history_date__gt=date) | Q(history_date=date, history_id__gt=key)
    return Exists(rows.filter(later, id=OuterRef("id")))
