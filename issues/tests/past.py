"""Writing past the doors of a record, as only someone with the database in hand could."""

from typing import Any

from django.db.models import QuerySet

from issues.history import renew_all


class Past(QuerySet[Any]):
    """Django's own query set, which leaves no history; afterwards pages that are kept are worked out anew."""

    def update(self, **values: Any) -> int:
        """Change all of them."""
        return self._seen(super().update(**values))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove all of them."""
        return self._seen(super().delete())

    def bulk_create(self, *args: Any, **how: Any) -> Any:
        """Store these."""
        return self._seen(super().bulk_create(*args, **how))

    def _seen(self, done: Any) -> Any:
        renew_all()
        return done


def past(records: Any) -> Past:
    """These records, or all of a model."""
    found = records.all() if not isinstance(records, QuerySet) else records
    plain = Past(found.model)
    plain.query = found.query.chain()
    return plain
