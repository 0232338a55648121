"""What stands beside many rows at once: few records, each read once for a portion of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import ForeignKey, QuerySet


def set_beside(rows: Sequence[Any], name: str, among: QuerySet[Any] | None = None) -> None:
    """Set the record that the foreign key ``name`` of each row leads to; one query, none where none is named.

    What is not ``among`` those that may be read is None. Django's prefetch does the same for five times the
    time a row, which was half of the time of a file of statements: it looks up anew for each row, and each
    field, how to read the key of a record.
    """
    if not rows:
        return
    field: ForeignKey[Any, Any] = rows[0]._meta.get_field(name)
    keys = [row.__dict__[field.attname] for row in rows]
    some = set(keys) - {None}
    of = field.related_model._base_manager.all() if among is None else among
    records = of.in_bulk(some) if some else {}
    for row, key in zip(rows, keys, strict=True):
        field.set_cached_value(row, records.get(key))
