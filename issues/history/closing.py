"""Stamping a recording anew that began before another was closed, so that its times lie after."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from issues.history.change_set import ChangeSet

AT_LEAST = timedelta(microseconds=1)


def stamp_late(
    change_sets: Collection[ChangeSet],
    kinds: Iterable[type[models.Model]],
    first: datetime,
    before: datetime,
    now: datetime,
) -> datetime:
    """Move what these change sets wrote, from ``first`` to ``now``, behind ``before``; return when it ends.

    Where writers overlap, on PostgreSQL, the moments are drawn together, in their order, so that none lies in
    the future. On SQLite one writes at a time: the clock was set back, and they are all moved by as much.
    """
    begins = before + AT_LEAST
    keys = [one.pk for one in change_sets]
    tables: list[tuple[Any, str, str]] = [(ChangeSet, "time", "id")]
    tables += [(kind.history.model, "history_date", "change_set_id") for kind in kinds]  # type: ignore[attr-defined]
    if connection.vendor != "postgresql":
        return _moved(tables, keys, now, begins - first)
    ends = max(now, begins + AT_LEAST)
    share = max((now - begins) / (now - first), 0.0) if now > first else 0.0
    with connection.cursor() as cursor:
        for model, time, key in tables:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{time}" = %s + ("{time}" - %s) * %s '  # noqa: S608
                f'WHERE "{key}" = ANY(%s)',
                [begins, first, share, keys],
            )
    return ends


def _moved(tables: list[tuple[Any, str, str]], keys: list[int], now: datetime, by: timedelta) -> datetime:
    for model, time, key in tables:
        # Nobody has seen these rows yet; those that others have are not written over.
        rows: models.QuerySet[Any] = models.QuerySet(model).filter(**{f"{key}__in": keys})
        rows.update(**{time: models.F(time) + by})
    return now + by
