"""Forms in which a short id may be left empty: one is made of what is known."""

from typing import Any, ClassVar

from issues.actions.record.short_ids import event_ref, outcome_ref, source_key, statement_ref
from issues.admin.base.forms import RecordForm

LEFT_EMPTY = "Left empty, one is made. Fixtures and imports name the record by it."


class ShortIdForm(RecordForm):
    """The form of a record with a short id."""

    short_id: ClassVar[str] = "ref"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.short_id in self.fields and self.instance._state.adding:
            self.fields[self.short_id].required = False
            self.fields[self.short_id].help_text = LEFT_EMPTY

    def clean(self) -> dict[str, Any] | None:
        """Make the id, where it was left empty and what it is made of is known."""
        cleaned = super().clean()
        if cleaned is not None and not cleaned.get(self.short_id) and self.short_id not in self.errors:
            cleaned[self.short_id] = self._made(cleaned)
        return cleaned

    def _made(self, given: dict[str, Any]) -> str:
        """A new id; empty where what it is made of is missing, which is told at its own field."""
        raise NotImplementedError


class SourceForm(ShortIdForm):
    """A source is known by its publisher and its date: reuters-2023-07-15."""

    short_id = "key"

    def _made(self, given: dict[str, Any]) -> str:
        return source_key(given.get("publisher") or "", given.get("published_on"))


class StatementForm(ShortIdForm):
    """A statement is numbered in its source: s3."""

    def _made(self, given: dict[str, Any]) -> str:
        return statement_ref(given["source"]) if given.get("source") else ""


class EventForm(ShortIdForm):
    """An event is known by its title: bridge-closed."""

    def _made(self, given: dict[str, Any]) -> str:
        return event_ref(given["process"], given.get("title") or "") if given.get("process") else ""


class OutcomeForm(ShortIdForm):
    """An outcome is numbered at its summit: o2."""

    def _made(self, given: dict[str, Any]) -> str:
        return outcome_ref(given["summit"]) if given.get("summit") else ""
