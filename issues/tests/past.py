"""Writing past the doors of a record, as only someone with the database in hand could."""

from typing import Any

from django.db.models import QuerySet


def past(records: Any) -> QuerySet[Any]:
    """These records, or all of a model, as Django's own query set, which leaves no history."""
    found = records.all() if not isinstance(records, QuerySet) else records
    plain: QuerySet[Any] = QuerySet(found.model)
    plain.query = found.query.chain()
    return plain
