"""Bringing back an earlier version of a record, or a deleted record with what was deleted along with it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from issues.actions.correct import REVIEW, correct
from issues.actions.log import add
from issues.actions.rules import check_finished
from issues.admin.wording import recorded_fields
from issues.history import Record, Way, recording


def restore_version(row: Any, opened_version: int, *, by: User, reason: str) -> Record:
    """Correct the stored record to what this history row says of it.

    Raises StaleVersion when it is no longer at the version that the person compared with.
    """
    then: Record = row.instance
    then.version = opened_version
    fields = [field for field in recorded_fields(type(then)) if field.name not in REVIEW]
    values = {field.attname: getattr(then, field.attname) for field in fields}
    return correct(then, values, by=by, reason=reason, kind=Way.ADMIN)


def restore_deleted(row: Any, *, by: User, reason: str) -> Record:
    """Store a deleted record again as this history row says, and all that its deletion took along."""
    with recording(by=by, reason=reason, kind=Way.ADMIN):
        record = _again(row)
        last = _rows(type(record)).filter(id=record.pk, history_type="-").latest("history_date", "history_id")
        for lost in _taken_along(record, last.change_set_id):
            _again(lost)
        check_finished(record)
    return record


def _again(row: Any) -> Record:
    record: Record = row.instance
    record.version = row.version + 1
    for name in REVIEW:
        if hasattr(record, name):
            setattr(record, name, None)
    add(record, by=None, reason="Restored")
    return record


def _taken_along(record: Record, change_set: int) -> Iterator[Any]:
    """The last rows of what was deleted with the record because it hung on it."""
    for relation in record._meta.related_objects:
        dependant = relation.related_model
        if relation.on_delete is models.CASCADE and issubclass(dependant, Record):
            lost = {relation.field.attname: record.pk, "history_type": "-", "change_set": change_set}
            yield from _rows(dependant).filter(**lost).order_by("history_id")


def _rows(model: type[Record]) -> Any:
    return model.history.model.objects
