"""The tables of a package as rows of records: each cell what its column says, each key leading somewhere."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from issues.importing.package.archive import OpenedPackage, PackageError
from issues.models import User
from issues.queries.package.columns import CONTRIBUTORS, KINDS, PackageColumn, columns, from_cell, table_name
from issues.queries.package.layout import path_of

Kind = type[models.Model]
FIRST_ROW = 2  # the head is row 1
LONGEST_CELL = 16 * 2**20


@dataclass
class Brought:
    """What a package holds: by kind its records as values by field, and where in the files each stands."""

    contributors: dict[int, str] = field(default_factory=dict)
    records: dict[Kind, list[dict[str, Any]]] = field(default_factory=dict)

    def row_of(self, kind: Kind, place: int) -> int:
        """The row of the file in which a record stands, by its place among those of its kind."""
        return place + FIRST_ROW


def file_of(kind: Kind) -> str:
    """The file of a kind of record."""
    return path_of(table_name(kind))


def read_package(opened: OpenedPackage) -> Brought:
    """All that is in a package. Raises PackageError with the first that is wrong."""
    csv.field_size_limit(LONGEST_CELL)
    found = Brought(_contributors(opened))
    for kind in KINDS:
        found.records[kind] = list(_records(opened, kind))
    for kind in KINDS:
        _look_at_keys(found, kind)
    return found


def _contributors(opened: OpenedPackage) -> dict[int, str]:
    name = path_of(CONTRIBUTORS)
    found: dict[int, str] = {}
    for row, cells in read_rows(opened, name, ["id", "name"]):
        if not cells[0].isdecimal() or int(cells[0]) in found or len(cells[0]) > 9:
            raise PackageError(f"“{cells[0][:60]}” is no number of its own.", name, row, "id")
        if not cells[1]:
            raise PackageError("must not be empty.", name, row, "name")
        found[int(cells[0])] = cells[1]
    return found


def _records(opened: OpenedPackage, kind: Kind) -> Iterator[dict[str, Any]]:
    held, name = columns(kind), file_of(kind)
    keys: set[int] = set()
    for row, cells in read_rows(opened, name, [column.name for column in held]):
        found = read_cells(held, cells, name, row)
        if found["id"] in keys:
            raise PackageError(f"{found['id']} is there twice.", name, row, "id")
        keys.add(found["id"])
        for column, cell in zip(held, cells, strict=True):
            if column.field is None and cell != (column.value(found) or ""):
                raise PackageError("says otherwise than the day and its precision.", name, row, column.name)
        yield found


def read_rows(opened: OpenedPackage, name: str, head: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with their numbers, each with as many cells as the head."""
    with opened.text(name) as text:
        rows = csv.reader(text, strict=True)
        try:
            _look_at_head(next(rows, []), head, name)
            for number, cells in enumerate(rows, FIRST_ROW):
                if len(cells) != len(head):
                    raise PackageError(f"has {len(cells)} cells and not {len(head)}.", name, number)
                yield number, cells
        except csv.Error as error:
            raise PackageError(f"is no CSV ({error}).", name) from error


def _look_at_head(found: list[str], head: list[str], name: str) -> None:
    for column in found:
        if column not in head:
            raise PackageError("There is no such column.", name, 1, column[:80])
    for column in head:
        if column not in found:
            raise PackageError("The column is missing.", name, 1, column)
    if found != head:
        raise PackageError("The columns are in another order.", name, 1)


def read_cells(held: Iterable[PackageColumn], cells: list[str], name: str, row: int) -> dict[str, Any]:
    """What the cells of a row hold, by field. Raises PackageError."""
    found: dict[str, Any] = {}
    for column, cell in zip(held, cells, strict=True):
        if column.field is None:
            continue
        try:
            value = from_cell(column, cell)
            _hold(column, value)
        except ValueError as error:
            raise PackageError(f"{error}.", name, row, column.name) from error
        found[column.field.attname] = value
    return found


def _hold(column: PackageColumn, value: Any) -> None:
    """Raise ValueError where a value is not what its column holds."""
    limits = column.constraints
    if value is None or value == "":
        if limits.get("required"):
            raise ValueError("must not be empty")
        return
    if "enum" in limits and value not in limits["enum"]:
        raise ValueError(f"“{str(value)[:60]}” is none of {', '.join(map(str, limits['enum']))}")
    if value < limits.get("minimum", value) or value > limits.get("maximum", value):
        raise ValueError(f"{value} is out of range")
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("holds a NUL character")


def _look_at_keys(found: Brought, kind: Kind) -> None:
    """Raise PackageError where a key leads nowhere."""
    refers = [(column, _keys(found, column.refers)) for column in columns(kind) if column.refers]
    for place, record in enumerate(found.records[kind]):
        for column, keys in refers:
            key = record[column.field.attname]
            if key is not None and key not in keys:
                where = table_name(column.refers)  # type: ignore[arg-type]
                row = found.row_of(kind, place)
                raise PackageError(f"there is no {key} in {where}.", file_of(kind), row, column.name)


def _keys(found: Brought, kind: Kind | None) -> set[int]:
    if kind is User:
        return set(found.contributors)
    return {record["id"] for record in found.records[kind]} if kind else set()
