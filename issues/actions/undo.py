"""Undoing a change set as one: what it made is removed, what it changed or removed is as it was before."""

from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import Q

from issues.actions.rules import check_finished
from issues.history import ChangeSet, Record, Way, recording
from issues.models import DRAFTS, RECORDS

MODELS: tuple[type[Record], ...] = (*RECORDS, *DRAFTS)


class LaterChange(Exception):
    """A record that the change set touched was changed again since; ``records`` names each of them."""

    def __init__(self, records: list[str]) -> None:
        super().__init__("Later changes stand in the way: " + "; ".join(records))
        self.records = records


def undo(change_set: ChangeSet, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> ChangeSet:
    """Undo a change set, as a new one. Returns the new one.

    Raises LaterChange when anything that it touched was changed since, ValidationError when it is undone
    already, is itself empty, or when what would be left breaks a rule.
    """
    with recording(by=by, reason=reason, kind=kind) as opened:
        current = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
        if current.undone_by_id is not None:
            raise ValidationError({"reason": "This was undone already."})
        touched = {model: _first_and_last(model, current) for model in MODELS}
        _refuse_later(touched, current)
        for model in reversed(MODELS):
            for first, _ in touched[model].values():
                if first.history_type == "+":
                    _remove(model, first.id)
        for model in MODELS:
            for first, _ in touched[model].values():
                if first.history_type != "+":
                    _put_back(model, first)
        if opened.is_empty:
            raise ValidationError({"reason": "There is nothing to undo in this change set."})
        current.undone_by = opened.change_set
        current.save()
    return opened.change_set


def _history(model: type[Record]) -> Any:
    return model.history.model.objects


def _first_and_last(model: type[Record], change_set: ChangeSet) -> dict[int, tuple[Any, Any]]:
    """By key, the first and last version of each record of a model that a change set wrote."""
    found: dict[int, tuple[Any, Any]] = {}
    for row in _history(model).filter(change_set=change_set).order_by("history_date", "history_id"):
        first = found[row.id][0] if row.id in found else row
        found[row.id] = (first, row)
    return found


def _refuse_later(touched: dict[type[Record], dict[int, tuple[Any, Any]]], change_set: ChangeSet) -> None:
    later = []
    for model, versions in touched.items():
        after = Q(pk__in=[])
        for pk, (_, last) in versions.items():
            after |= Q(id=pk, history_id__gt=last.history_id)
        rows = _history(model).filter(after).select_related("change_set__user") if versions else []
        for row in rows:
            who = row.change_set.user or "a command"
            later.append(f"{model._meta.verbose_name} {row.id}, by {who}: {row.change_set.reason}")
    if later:
        raise LaterChange(sorted(set(later)))


def _remove(model: type[Record], pk: int) -> None:
    """Delete a record that the change set made; what others have hung on it since stands in the way."""
    record = model._default_manager.filter(pk=pk).first()
    if record is None:
        return
    collector = NestedObjects(using=router.db_for_write(model))
    collector.collect([record])
    hanging = [item for items in collector.data.values() for item in items if item != record]
    if hanging or collector.protected:
        raise LaterChange(sorted(str(item) for item in [*hanging, *collector.protected]))
    record.delete()


def _put_back(model: type[Record], first: Any) -> None:
    """Store a record as it was before the first version that the change set wrote."""
    before = (
        _history(model)
        .filter(id=first.id, history_id__lt=first.history_id)
        .order_by("-history_date", "-history_id")
        .first()
    )
    if before is None or before.history_type == "-":
        return
    stored = model._default_manager.filter(pk=first.id).first()
    values = {field.attname: getattr(before, field.attname) for field in model._meta.concrete_fields}
    record = stored or model()
    for name, value in values.items():
        if name != "version" or stored is None:
            setattr(record, name, value)
    record.save()
    check_finished(record)
