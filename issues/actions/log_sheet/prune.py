"""Forgetting how a sheet was typed, some time after it was published; what was published stays for ever."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from issues.history import ChangeSet
from issues.models import DRAFTS, Sheet
from issues.queries.history.rows import after, history


def prune_drafts(before: datetime) -> int:
    """Remove the versions of cells and rows of sheets whose last publication that holds is older than this.

    Of each cell and row that is still there the newest version stays, so does the sheet's own history,
    and whatever was typed since the publication. Change sets that wrote nothing else go along. Returns how
    many versions were removed.
    """
    removed = 0
    emptied: set[int] = set()
    for sheet, published in _published(before):
        for kind in DRAFTS:
            if kind.history_is_kept:
                continue
            there = kind.objects.filter(sheet=sheet).values("pk")
            typed = history(kind).filter(sheet_id=sheet, change_set__lt=published)
            rows = typed.filter(after(history(kind)) | ~Q(id__in=there))
            emptied |= set(rows.values_list("change_set_id", flat=True).distinct())
            removed += rows.prune()
    _forget(emptied)
    return removed


def _published(before: datetime) -> list[tuple[int, int]]:
    """Sheets that are published, with the change set that did it, before a time."""
    sheets = Sheet.objects.filter(published__isnull=False, published__time__lt=before)
    return list(sheets.values_list("pk", "published_id"))


def _forget(change_sets: set[int]) -> None:
    """Delete change sets that no version of anything points to any more, nor an undoing."""
    left: QuerySet[Any] = ChangeSet.objects.filter(
        pk__in=change_sets, process_changes=None, undone_by=None, undoes=None, published_sheet=None
    )
    for kind in DRAFTS:
        left = left.exclude(pk__in=history(kind).filter(change_set__in=change_sets).values("change_set"))
    left.delete()
