"""A breach that a rule can find: a record that commits it, and one like it that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from issues.history import Record, Way, recording
from issues.tests.universe import Universe

Make = Callable[[Universe], Record]


@dataclass(frozen=True)
class Case:
    """A rule by the name of its function, the field that it names, words of its message."""

    rule: str
    field: str
    says: str
    breaks: Make
    keeps: Make


def made(make: Callable[..., Any], **fields: Any) -> Any:
    """A stored record, made past the actions."""
    with recording(by=None, reason="case", kind=Way.COMMAND):
        return make(**fields)


def changed(record: Any, **fields: Any) -> Any:
    """A fresh copy of a stored record, changed in memory."""
    fresh = type(record)._default_manager.get(pk=record.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh
