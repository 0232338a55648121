"""What a test of a constraint needs to know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

# Stands for the record itself, as the value of a relation.
ITSELF = object()


@dataclass(frozen=True)
class SameAs:
    """Stands for the value of another field of the record."""

    name: str


@dataclass(frozen=True)
class Check:
    """Rows that a check constraint lets pass, and changes of such a row that it refuses.

    Each is a mapping from fields to values; a value that can be called makes a record to refer to.
    """

    make: Callable[..., models.Model]
    holds: list[dict[str, Any]]
    breaks: list[dict[str, Any]]

    def valid(self, number: int = 0) -> models.Model:
        """A stored row that keeps the rule."""
        return self.make(**{name: _made(value) for name, value in self.holds[number].items()})

    def broken(self, number: int) -> models.Model:
        """A stored row that keeps the rule, changed in memory so that it no longer does."""
        record = self.valid()
        for name, value in self.breaks[number].items():
            setattr(record, name, _resolved(record, value))
        return record


@dataclass(frozen=True)
class Unique:
    """How to make two rows that differ in every field of a unique constraint."""

    make: Callable[..., models.Model]
    first: dict[str, Any] = field(default_factory=dict)
    second: dict[str, Any] = field(default_factory=dict)

    def pair(self) -> tuple[models.Model, models.Model]:
        """Two stored rows."""
        return tuple(
            self.make(**{name: _made(value) for name, value in fields.items()})
            for fields in (self.first, self.second)
        )


def _made(value: Any) -> Any:
    return value() if callable(value) else value


def _resolved(record: models.Model, value: Any) -> Any:
    if value is ITSELF:
        return record
    return getattr(record, value.name) if isinstance(value, SameAs) else _made(value)


def filled(make: Callable[..., models.Model], field: str, text: str = "Ереван") -> Check:
    """The rule that a text is not empty."""
    return Check(make, holds=[{field: text}], breaks=[{field: ""}])


def one_of(make: Callable[..., models.Model], field: str, *values: str, **besides: Any) -> Check:
    """The rule that a field holds one of these values."""
    return Check(make, holds=[{field: value, **besides} for value in values], breaks=[{field: "other"}])


def on_scale(make: Callable[..., models.Model], field: str, **besides: Any) -> Check:
    """The rule that a value lies in 0..100."""
    return Check(
        make,
        holds=[{field: value, **besides} for value in (50.0, 0.0, 100.0)],
        breaks=[{field: value} for value in (-0.5, 100.5)],
    )


def in_order(make: Callable[..., models.Model], first: str, last: str, low: Any, high: Any) -> Check:
    """The rule that the first of two optional values is not above the last."""
    return Check(
        make,
        holds=[
            {first: low, last: high},
            {first: low, last: low},
            {first: low, last: None},
            {first: None, last: high},
        ],
        breaks=[{first: high, last: low}],
    )
