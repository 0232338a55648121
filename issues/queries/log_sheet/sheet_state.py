"""What stands on a sheet this moment, and who typed it: for those who have it open while others type."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from issues.history import Record
from issues.models import Cell, Sheet, SheetRow


@dataclass(frozen=True, slots=True)
class Typed:
    """What a field holds: a code or the key of a source, at its version, by whom and when."""

    typed: str
    version: int
    by: int | None
    author: str
    at: datetime
    name: str = ""


def cells_typed(sheet: Sheet) -> dict[tuple[int, int], Typed]:
    """The cells of a sheet by actor and issue. One query, none for a blank sheet."""
    if sheet.is_blank:
        return {}
    rows = _with_author(Cell.objects.filter(sheet=sheet.pk), Cell)
    columns = ("actor_id", "issue_id", "code", "version", "by", "author", "at")
    return {(actor, issue): Typed(*typed) for actor, issue, *typed in rows.values_list(*columns)}


def sources_typed(sheet: Sheet) -> dict[int, Typed]:
    """The rows of a sheet by actor, with the source that serves each. One query, none for a blank sheet."""
    if sheet.is_blank:
        return {}
    rows = _with_author(SheetRow.objects.filter(sheet=sheet.pk).select_related("source"), SheetRow)
    return {
        row.actor_id: Typed(
            row.source.key if row.source else "",
            row.version,
            row.by,
            row.author,
            row.at,
            str(row.source or ""),
        )
        for row in rows
    }


def _with_author(rows: QuerySet[Any], model: type[Record]) -> QuerySet[Any]:
    """Rows with who made the version that stands, and when."""
    now = model.history.filter(id=OuterRef("pk"), version=OuterRef("version"))
    told: QuerySet[Any] = rows.order_by().annotate(
        by=Subquery(now.values("change_set__user_id")[:1]),
        author=Subquery(now.values("change_set__author")[:1]),
        at=Subquery(now.values("history_date")[:1]),
    )
    return told
