"""How each kind of record is written in a package: its table, and a column for each field of its model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from issues.domain.formula import as_written, defused
from issues.domain.span import reduced
from issues.models import RECORDS, Assessment, User
from issues.queries.package.meanings import meaning

CONTRIBUTORS = "contributors"
# Every kind of record that travels, in an order in which each comes after those that it refers to.
KINDS: tuple[type[models.Model], ...] = (*RECORDS, Assessment)
# A change set is told by its place among those of the process: keys of change sets are the installation's.
ACT = "act"
PRECISION = "_precision"
YES, NO = "yes", "no"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PackageColumn:
    """A column of a table of a package. ``kind`` is its type in the words of Frictionless.

    ``field`` is the field of the model that it holds; None where it is worked out from others, and then it is
    not read back. ``refers`` is the kind of record whose key it holds.
    """

    name: str
    says: str
    kind: str
    value: Callable[[Row], Any]
    field: Any = None
    refers: type[models.Model] | None = None

    @property
    def is_required(self) -> bool:
        """Whether every row says something in it."""
        return self.field is not None and not self.field.null and not self.field.blank

    @property
    def constraints(self) -> dict[str, Any]:
        """What holds of its values, in the words of Frictionless."""
        found: dict[str, Any] = {}
        if self.is_required:
            found["required"] = True
        if self.field is None:
            return found
        if self.field.unique:
            found["unique"] = True
        if self.field.choices:
            found["enum"] = [value for value, _ in self.field.flatchoices if value != ""]
        if isinstance(self.field, models.CharField | models.TextField) and self.field.max_length:
            # An apostrophe before what a spreadsheet would take for a formula is one more.
            found["maxLength"] = self.field.max_length + 1
        for validator in self.field.validators if self.kind in ("integer", "number") else ():
            if isinstance(validator, MinValueValidator) and not self.field.primary_key:
                found["minimum"] = validator.limit_value
            elif isinstance(validator, MaxValueValidator) and not self.field.primary_key:
                found["maximum"] = validator.limit_value
        return {name: limit for name, limit in found.items() if not callable(limit)}


def table_name(model: type[models.Model]) -> str:
    """The name of the table of a kind of record: people, scenario_sets."""
    return CONTRIBUTORS if model is User else str(model._meta.verbose_name_plural).replace(" ", "_")


@cache
def columns(model: type[models.Model]) -> tuple[PackageColumn, ...]:
    """The columns of a kind of record, in the order of its fields."""
    found: list[PackageColumn] = []
    for field in fields(model):
        name = ACT if field.name == "change_set" else field.attname
        refers = field.related_model if field.is_relation and name != ACT else None
        found.append(
            PackageColumn(name, meaning(model, field), _kind(field), _of(field.attname), field, refers)
        )
        if field.name.endswith(PRECISION):
            found.append(_reduced(field.name.removesuffix(PRECISION)))
    return tuple(found)


@cache
def fields(model: type[models.Model]) -> tuple[Any, ...]:
    """The fields of a record that travel: all but its version, which counts edits here."""
    return tuple(field for field in model._meta.concrete_fields if field.name != "version")


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name]


def _reduced(name: str) -> PackageColumn:
    """The day beside a precision, as exactly as it is known."""
    return PackageColumn(
        f"{name}_reduced",
        f"The day of {name} as exactly as it is known, in ISO 8601: 2023-07-15, 2023-07 or 2023.",
        "string",
        lambda row: reduced(row[name], row[f"{name}{PRECISION}"]) if row[name] else None,
    )


def _kind(field: Any) -> str:
    if isinstance(field, models.BooleanField):
        return "boolean"
    if isinstance(field, models.ForeignKey | models.IntegerField):
        return "integer"
    if isinstance(field, models.FloatField):
        return "number"
    if isinstance(field, models.DateTimeField):
        return "datetime"
    return "date" if isinstance(field, models.DateField) else "string"


def as_cell(value: Any) -> str:
    """A value as it stands in a file of a package; what says nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return defused(value) if isinstance(value, str) else str(value)


def from_cell(column: PackageColumn, cell: str) -> Any:
    """The value that a cell holds. Raises ValueError, which says what is wrong, where it holds none."""
    if cell == "" and (column.field.null or column.kind != "string"):
        if not column.field.null:
            raise ValueError("must not be empty")
        return None
    try:
        return _READ[column.kind](cell) if column.kind in _READ else _text(column, cell)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"“{cell[:60]}” is no {column.kind}") from error


def _text(column: PackageColumn, cell: str) -> Any:
    text = as_written(cell)
    return UUID(text) if isinstance(column.field, models.UUIDField) else text


def from_text(kind: str, cell: str) -> Any:
    """What a cell that is not empty holds, of one of the types but string. Raises ValueError."""
    return _READ[kind](cell)


def _whole(cell: str) -> int:
    if not cell.lstrip("-").isdecimal() or len(cell) > 18:
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> float:
    number = float(cell)
    if number - number != 0:  # neither infinite nor no number
        raise ValueError(cell)
    return number


def _moment(cell: str) -> datetime:
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is None:
        raise ValueError(cell)
    return moment


_READ: dict[str, Callable[[str], Any]] = {
    "integer": _whole,
    "number": _number,
    "boolean": lambda cell: {YES: True, NO: False}[cell] if cell in (YES, NO) else _whole("no"),
    "date": date.fromisoformat,
    "datetime": _moment,
}
