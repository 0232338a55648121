"""Names of records as the history has them, many at once, though they and what they refer to may be gone."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from issues.admin.base.wording import name_of
from issues.history import Record


def records_of(rows: Sequence[Any]) -> list[Any]:
    """The records of history rows of one model, with what names them. Two queries a relation."""
    records = [row.instance for row in rows]
    for field in _keys(rows[0].instance_type) if rows else []:
        found = _records(field.remote_field.model, {getattr(record, field.attname) for record in records})
        for record in records:
            if getattr(record, field.attname) in found:
                field.set_cached_value(record, found[getattr(record, field.attname)])
    return records


def names_of(rows: Sequence[Any]) -> list[str]:
    """What these history rows are called, in their order."""
    return [name_of(record) for record in records_of(rows)]


def _keys(model: type[models.Model]) -> list[Any]:
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, Record)
    ]


def _records(model: type[Record], keys: set[Any]) -> dict[int, Any]:
    """The records with these keys as they are, or as they were last."""
    wanted = keys - {None}
    if not wanted:
        return {}
    named_by = [field.name for field in _keys(model)]
    found: dict[int, Any] = model._default_manager.select_related(*named_by).in_bulk(wanted)
    lost = wanted - found.keys()
    if lost:
        for row in model.history.filter(id__in=lost).order_by("history_date", "history_id"):
            found[row.id] = row.instance
    return found
