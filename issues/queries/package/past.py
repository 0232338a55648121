"""The history of what a process consists of: every version of its records, and what wrote them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from issues.history import ChangeSet, ProcessChange, Record
from issues.models import RECORDS, User
from issues.queries.history.owners import BESIDE, SHARED
from issues.queries.history.rows import history
from issues.queries.history.scope import scope
from issues.queries.package.columns import PackageColumn, columns
from issues.queries.package.whole import Whole

# What stands in a row of a history before the fields of the record.
ROW = ("history_date", "history_type", "change_set", "version")
CHANGE_SET = ("number", "time", "author", "contributor", "kind", "reason", "undone_by", "act")
PROCESS_CHANGE = ("change_set", "written", "subject")


def recorded_columns(kind: type[models.Model]) -> list[PackageColumn]:
    """The columns of a record that its versions have: all but those that are worked out."""
    return [column for column in columns(kind) if column.field is not None]


class Past:
    """The history of a process. Change sets are told by their place: their keys are the installation's."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._ever: dict[type[models.Model], set[int]] = {
            kind: whole.keys[kind] | set(self._rows(kind).values_list("id", flat=True).distinct())
            for kind in RECORDS
        }
        whole.authors |= self._authors()

    @cached_property
    def change_sets(self) -> dict[int, int]:
        """By the key of a change set its place, in the order in which they were made."""
        keys = set(self._whole.acts)
        keys |= set(self._filed().values_list("change_set", flat=True))
        for kind in RECORDS:
            keys |= set(self._rows(kind).values_list("change_set", flat=True).distinct())
        return {key: number for number, key in enumerate(sorted(keys), 1)}

    def change_set_rows(self) -> Iterator[list[Any]]:
        """The change sets, by the columns of :data:`CHANGE_SET`."""
        contributors, acts = self._whole.contributors, self._whole.acts
        found = ChangeSet.objects.in_bulk(self.change_sets)
        for key, number in self.change_sets.items():
            one = found[key]
            who = contributors.get(one.user_id) if one.user_id else None
            undone_by = self.change_sets.get(one.undone_by_id) if one.undone_by_id else None
            yield [number, one.time, one.author, who, one.kind, one.reason, undone_by, acts.get(key)]

    def process_change_rows(self) -> Iterator[list[Any]]:
        """What each change set did in the process, by the columns of :data:`PROCESS_CHANGE`."""
        for key, written, subject in self._filed().values_list("change_set", "written", "subject"):
            yield [self.change_sets[key], written, subject]

    def rows(self, kind: type[Record]) -> Iterator[list[Any]]:
        """The versions of the records of a kind, the oldest first: :data:`ROW`, then the record."""
        held = recorded_columns(kind)
        names = [column.field.attname for column in held]
        found = self._rows(kind).order_by("history_id").values(*ROW, *names)
        for row in found.iterator(chunk_size=2_000):
            values = [self._value(column, row[column.field.attname]) for column in held]
            yield [
                row["history_date"],
                row["history_type"],
                self.change_sets[row["change_set"]],
                row["version"],
                *values,
            ]

    def _value(self, column: PackageColumn, value: Any) -> Any:
        """A value of a version; what led to a record of another process is empty."""
        if column.refers is User:
            return self._whole.contributors.get(value)
        if column.refers is not None and value not in self._ever[column.refers]:
            return None
        return value

    def _rows(self, kind: type[Record]) -> QuerySet[Any]:
        """The rows of the history that belong to the process, and those of what it refers to."""
        beside = self._whole.keys[kind] if kind in (*SHARED, *BESIDE) else ()
        found: QuerySet[Any] = history(kind).filter(scope(self._whole.process)[kind] | Q(id__in=beside))
        return found

    def _filed(self) -> QuerySet[ProcessChange]:
        return ProcessChange.objects.filter(process=self._whole.process).order_by("change_set")

    def _authors(self) -> dict[int, Any]:
        """Everyone whose name the history has, with the time of their first change set."""
        found: dict[int, Any] = {}
        for kind in RECORDS:
            for column in recorded_columns(kind):
                if column.refers is User:
                    users = self._rows(kind).values_list(column.field.attname, flat=True).distinct()
                    found |= dict.fromkeys({key for key in users if key is not None})
        made = ChangeSet.objects.filter(pk__in=self.change_sets, user__isnull=False).order_by("-time", "-pk")
        return found | dict(made.values_list("user_id", "time"))
