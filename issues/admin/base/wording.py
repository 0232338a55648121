"""Field values in words, the same in conflicts and in the history."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from issues.history import Record
from issues.queries.history.names import NOTHING, plain

Fields = list["models.Field[Any, Any]"]


def name_of(record: models.Model) -> str:
    """The record in words, though what it refers to may be deleted."""
    try:
        return str(record)
    except ObjectDoesNotExist:
        return f"{record._meta.verbose_name} no. {record.pk}"


class Names:
    """Names of the records that keys refer to, read once for each model."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)

    def learn(self, rows: Iterable[models.Model], fields: Fields) -> None:
        """Read the names of everything that these rows refer to."""
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row in rows:
            for field in fields:
                if isinstance(field, models.ForeignKey):
                    wanted[_target(field)].add(getattr(row, field.attname))
        for model, keys in wanted.items():
            self._read(model, keys - {None} - self._known[model].keys())

    def words(self, field: "models.Field[Any, Any]", value: Any) -> str:
        """A stored value of a field, as a person would say it."""
        if value is None or value == "":
            return NOTHING
        if isinstance(field, models.ForeignKey):
            model = _target(field)
            if value not in self._known[model]:
                self._read(model, {value})
            return self._known[model][value]
        return plain(field, value)

    def _read(self, model: type[models.Model], keys: set[Any]) -> None:
        known = self._known[model]
        if keys:
            known.update({record.pk: name_of(record) for record in _related(model).filter(pk__in=keys)})
        for key in keys - known.keys():
            known[key] = f"{_last_name(model, key)} (deleted)"


def _target(field: Any) -> type[models.Model]:
    """The model that a foreign key refers to."""
    model: type[models.Model] = field.remote_field.model
    return model


def _related(model: type[models.Model]) -> models.QuerySet[Any]:
    """All records of a model, with what their names are made of."""
    named_by = [field.name for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    return model._base_manager.select_related(*named_by) if issubclass(model, Record) else _plain_set(model)


def _plain_set(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._base_manager.all()


def _last_name(model: type[models.Model], key: Any) -> str:
    """What a deleted record was called last."""
    if issubclass(model, Record):
        row = model.history.filter(id=key).order_by("-history_date", "-history_id").first()
        if row is not None:
            return name_of(row.instance)
    return f"{model._meta.verbose_name} no. {key}"
