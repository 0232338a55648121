"""What loading a fixture again would take back: edits that were made since, removals among them."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from issues.history import CHANGED, REMOVED, Record
from issues.queries.history.rows import OLDEST_FIRST, history


class EditsSince:
    """The edits of what is stored since it was loaded or logged; a few queries a kind of record, once."""

    def __init__(self) -> None:
        self._edited: dict[type[Record], frozenset[int]] = {}
        self._removed: dict[type[Record], dict[Any, str]] = {}

    def is_edited(self, record: Record) -> bool:
        """Whether a record is stored that was edited since."""
        model = type(record)
        if model not in self._edited:
            rows = history(model).filter(history_type=CHANGED).values_list("id", flat=True)
            self._edited[model] = frozenset(rows.distinct())
        return record.pk in self._edited[model]

    def taken_back(self, record: Record, deferred: Collection[str] = ()) -> str:
        """The name of the record whose edit would be lost by storing this one over it; empty for none.

        ``deferred`` are the fields of which this one does not know yet what they will be.
        """
        stored = type(record)._default_manager.filter(pk=record.pk).first() if record.pk else None
        if stored is None:
            return self._removed_of(type(record)).get(self._key(record), "")
        if not self.is_edited(record):
            return ""
        return f"{type(record)._meta.verbose_name} “{stored}”" if differs(record, stored, deferred) else ""

    def _removed_of(self, model: type[Record]) -> dict[Any, str]:
        """By what names them in a fixture, the records of a kind that were removed."""
        if model not in self._removed:
            found: dict[Any, str] = {}
            for row in history(model).filter(history_type=REMOVED).order_by(*OLDEST_FIRST):
                gone = row.instance
                key = self._key(gone)
                if key is not None:
                    found[key] = f"{model._meta.verbose_name} “{_name(gone)}” (removed)"
            self._removed[model] = found
        return self._removed[model]

    def _key(self, record: Record) -> Any:
        """What names a record in a fixture; None where it hangs on what is gone too."""
        try:
            return record.natural_key() if record.key_paths else record.pk
        except ObjectDoesNotExist:
            return None


def differs(record: Record, stored: Record, deferred: Collection[str] = ()) -> bool:
    """Whether two states of a record say different things, their versions aside."""
    return any(
        getattr(record, field.attname) != getattr(stored, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in {"version", *deferred}
    )


def _name(gone: Any) -> str:
    try:
        return str(gone)
    except ObjectDoesNotExist:
        return f"{gone.pk}"
