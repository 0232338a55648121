"""Bringing back an earlier version of a record, or a deleted record with all that went along with it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from issues.actions.record.correct import REVIEW, correct
from issues.actions.rules.actors import FEWEST_SIGNATORIES
from issues.actions.rules.check import breaches, check_finished, raise_breaches
from issues.history import Record, Way, recording
from issues.models import Option, Signatory
from issues.queries.history.names import recorded_fields
from issues.queries.history.rows import NEWEST_FIRST, history
from issues.user import User


def restore_version(row: Any, opened_version: int, *, by: User, reason: str, kind: Way = Way.PAGE) -> Record:
    """Correct the stored record to what this history row says of it, as a new version.

    Reviews do not come back. Raises StaleVersion when it is no longer at the version that the person
    compared with, ValidationError when a rule stands against it.
    """
    then: Record = row.instance
    then.version = opened_version
    with recording(by=by, reason=reason, kind=kind):
        return correct(then, restored_values(row))


def restored_values(row: Any) -> dict[str, Any]:
    """What restoring a version would give the record, by column."""
    fields = [field for field in recorded_fields(row.instance_type) if field.name not in REVIEW]
    return {field.attname: getattr(row, field.attname) for field in fields}


def restore_deleted(row: Any) -> Record:
    """Store a deleted record again as this history row says, and what hung on it when it was deleted.

    Inside an open recording. Reviews do not come back. Raises ValidationError when it is no longer
    deleted, when what it refers to is gone, or when a rule stands against it; then nothing comes back.
    """
    last = last_deletion(row)
    if last is None:
        raise ValidationError("This was restored already.")
    restored = [_again(row, last.version)]
    restored += [_again(lost, lost.version) for lost in taken_along(last)]
    if isinstance(restored[0], Signatory):
        restored += _others_who_signed(restored[0], last)
    for record in restored:
        _check_ground(record)
        record.full_clean(validate_unique=False, validate_constraints=False)
        raise_breaches(breaches(record))
    for record in restored:
        check_finished(_whole(record))
    return restored[0]


def _whole(record: Record) -> Record:
    """What must be complete once a record is back: what it is a part of, where its number counts."""
    if isinstance(record, Option):
        return record.issue
    return record.statement if isinstance(record, Signatory) else record


def _others_who_signed(signatory: Signatory, deletion: Any) -> list[Record]:
    """Bring back those who were taken away from a joint statement together with one who would be alone."""
    if signatory.statement.signatories.count() >= FEWEST_SIGNATORIES:
        return []
    rows = history(Signatory).filter(
        statement_id=signatory.statement_id, change_set=deletion.change_set_id, history_type="-"
    )
    there = Signatory.objects.values("pk")
    return [_again(row, row.version) for row in rows.exclude(id__in=there).order_by("history_id")]


def last_deletion(row: Any) -> Any | None:
    """The row of the history that tells how the record of this row was deleted; None while it is there."""
    model = row.instance_type
    if model._default_manager.filter(pk=row.id).exists():
        return None
    rows = history(model).filter(id=row.id, history_type="-")
    return rows.order_by(*NEWEST_FIRST).first()


def taken_along(deletion: Any) -> Iterator[Any]:
    """The last rows of what was deleted with a record because it hung on it, each after what it hung on."""
    for relation in deletion.instance_type._meta.related_objects:
        dependant = relation.related_model
        if relation.on_delete is models.CASCADE and issubclass(dependant, Record):
            lost = {relation.field.attname: deletion.id, "change_set": deletion.change_set_id}
            for row in history(dependant).filter(**lost, history_type="-").order_by("history_id"):
                if not dependant._default_manager.filter(pk=row.id).exists():
                    yield row
                    yield from taken_along(row)


def _check_ground(record: Record) -> None:
    """Raise ValidationError where something that the record refers to is gone."""
    for field in record._meta.fields:
        key = getattr(record, field.attname)
        if isinstance(field, models.ForeignKey) and key is not None:
            target: Any = field.remote_field.model
            if not target._default_manager.filter(pk=key).exists():
                what = f"{field.verbose_name} of the {record._meta.verbose_name}"
                raise ValidationError(f"The {what} is gone; restore that first.")


def _again(row: Any, version: int) -> Record:
    """Store the record of a history row under its old key."""
    record: Record = row.instance
    record.version = version + 1
    for name in REVIEW:
        if hasattr(record, name):
            setattr(record, name, None)
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        raise ValidationError(
            [f"The {record._meta.verbose_name} cannot come back: {message}" for message in error.messages]
        ) from error
    record.save(force_insert=True)
    return record
