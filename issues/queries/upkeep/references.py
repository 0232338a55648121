"""What refers to a record: found from the models themselves, so that a new kind is never forgotten.

Drafts are references like any other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from issues.history import Record
from issues.models import DRAFTS, RECORDS, Cell, SheetRow

ORDER: tuple[type[Record], ...] = (*RECORDS, *DRAFTS)


@dataclass(frozen=True)
class Relation:
    """A foreign key of one kind of record to another."""

    model: type[Record]
    name: str
    column: str

    def of(self, keys: Collection[int]) -> QuerySet[Any]:
        """The rows that refer to these records, with what their names are made of."""
        named_by = [f.name for f in self.model._meta.fields if isinstance(f, models.ForeignKey)]
        if self.model in (Cell, SheetRow):
            named_by += ["sheet__summit", "sheet__coder"]
        rows = self.model._default_manager.filter(**{f"{self.column}__in": keys})
        return rows.select_related(*named_by).order_by("pk")


def relations(model: type[Record]) -> list[Relation]:
    """Every foreign key of our records to a model, those first that others rest on.

    What a sheet sets aside is no reference: it says what is shown first.
    """
    keys = []
    for related in model._meta.related_objects:
        key: Any = related.field
        if issubclass(related.related_model, Record) and isinstance(key, models.ForeignKey):
            keys.append(Relation(related.related_model, key.name, key.attname))
    return sorted(keys, key=lambda relation: (_place(relation.model), relation.column))


def reference_counts(records: Sequence[Record]) -> dict[int, int]:
    """How many rows refer to each of these records of one kind. One query for each relation."""
    counts = {record.pk: 0 for record in records}
    for relation in relations(type(records[0])):
        rows = relation.model._default_manager.filter(**{f"{relation.column}__in": list(counts)})
        for key, count in rows.order_by().values_list(relation.column).annotate(n=models.Count("pk")):
            counts[key] += count
    return counts


def _place(model: type[Record]) -> int:
    return ORDER.index(model) if model in ORDER else len(ORDER)
