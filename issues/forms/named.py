"""Fields in which a record is named, where there are too many to pick one from a list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.models import Person, Source, Statement
from issues.models.source import LONGEST_ADDRESS
from issues.queries.search.called import (
    MOST_TOLD,
    people_called,
    sources_called,
    statements_called,
)

MANY = "Several are called “{typed}”: {several}. Type more of the name, or what stands in brackets."


class NamedField(forms.CharField):
    """A record by what people call it. Refuses what nobody is called, and says who where several are."""

    def __init__(
        self, model: Any, find: Callable[[str], list[Any]], id_field: str, nobody: str, **kwargs: Any
    ) -> None:
        super().__init__(**{"max_length": LONGEST_ADDRESS, "required": False, **kwargs})
        self.model, self.find, self.id_field, self.nobody = model, find, id_field, nobody

    def prepare_value(self, value: Any) -> Any:
        """The record under a key as it is named; what was typed as it was typed."""
        if isinstance(value, int):
            record = self.model._default_manager.filter(pk=value).first()
            return self.named(record) if record is not None else ""
        return value

    def named(self, record: Any) -> str:
        """A name that finds the record again."""
        name = str(record)
        return (
            name if [one.pk for one in self.find(name)] == [record.pk] else str(_own(record, self.id_field))
        )

    def clean(self, value: Any) -> Any:
        """The record, or None for nothing typed."""
        typed = super().clean(value)
        if not typed:
            return None
        found = self.find(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(self.nobody.format(typed=typed[:80]), code="nobody")
        several = ", ".join(f"{one} [{_own(one, self.id_field)}]" for one in found[:MOST_TOLD])
        more = " and more" if len(found) > MOST_TOLD else ""
        raise ValidationError(MANY.format(typed=typed[:80], several=several + more), code="several")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another record is named than before."""
        return (self.prepare_value(initial) or "") != (data or "").strip()


def _own(record: Any, id_field: str) -> Any:
    return getattr(record, id_field)


def person_field(**kwargs: Any) -> NamedField:
    """A person by name, surname or alias."""
    nobody = "Nobody on record is called “{typed}”."
    return NamedField(Person, people_called, "slug", nobody, **kwargs)


def source_field(**kwargs: Any) -> NamedField:
    """A source by its address, its short id, or any part of its title or publisher."""
    nobody = "No source on record is called “{typed}”."
    return NamedField(Source, sources_called, "key", nobody, **kwargs)


def statement_field(**kwargs: Any) -> NamedField:
    """A statement by the short id of its source and its own."""
    nobody = "No statement on record is called “{typed}”. Write the short id of its source and its own."
    return NamedField(Statement, statements_called, "pk", nobody, **kwargs)
