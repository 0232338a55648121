"""The history in a package: its change sets, and the versions of its records."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from issues.domain.formula import as_written
from issues.history import ADDED, CHANGED, REMOVED, Way
from issues.importing.package.archive import OpenedPackage, PackageError
from issues.importing.package.tables import Brought, Kind, file_of, read_rows
from issues.models import RECORDS, User
from issues.queries.package.columns import PackageColumn, from_cell, from_text, table_name
from issues.queries.package.layout import HISTORY, path_of
from issues.queries.package.past import CHANGE_SET, PROCESS_CHANGE, ROW, recorded_columns

CHANGE_SETS, PROCESS_CHANGES = path_of("change_sets", HISTORY), path_of("process_changes", HISTORY)


@dataclass
class BroughtPast:
    """Change sets by their number, what each did, and by kind the versions, the oldest first."""

    change_sets: dict[int, dict[str, Any]] = field(default_factory=dict)
    filed: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[Kind, list[dict[str, Any]]] = field(default_factory=dict)


def read_past(opened: OpenedPackage, brought: Brought) -> BroughtPast | None:
    """The history of a package; None where it has none. Raises PackageError."""
    if CHANGE_SETS not in opened.names:
        return None
    found = BroughtPast()
    for row, one in _told(opened, CHANGE_SETS, CHANGE_SET):
        _look_at(one, brought, row)
        found.change_sets[one["number"]] = one
    for row, one in _told(opened, PROCESS_CHANGES, PROCESS_CHANGE):
        _known(found, one, PROCESS_CHANGES, row)
        found.filed.append(one)
    for kind in RECORDS:
        found.versions[kind] = list(_versions(opened, brought, found, kind))
        _look_at_newest(brought, found, kind)
    return found


def _told(opened: OpenedPackage, name: str, head: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    for row, cells in read_rows(opened, name, list(head)):
        found: dict[str, Any] = {}
        for column, cell in zip(head, cells, strict=True):
            try:
                found[column] = _READ.get(column, as_written)(cell)
            except (ValueError, RecursionError) as error:
                raise PackageError(f"“{cell[:60]}” cannot be read.", name, row, column) from error
        yield row, found


def _whole(cell: str) -> int | None:
    return from_text("integer", cell) if cell else None


def _json(cell: str) -> dict[str, Any]:
    found = json.loads(cell)
    if not isinstance(found, dict):
        raise ValueError(cell)
    return found


_READ: dict[str, Any] = {
    **dict.fromkeys(("number", "contributor", "undone_by", "act", "change_set", "version"), _whole),
    **dict.fromkeys(("time", "history_date"), lambda cell: from_text("datetime", cell)),
    "written": _json,
}


def _look_at(one: dict[str, Any], brought: Brought, row: int) -> None:
    """Raise PackageError where a change set is none that could have been made."""
    if one["number"] is None or not one["reason"] or one["kind"] not in Way.values:
        raise PackageError("is no change set: it lacks a number, a reason or a way.", CHANGE_SETS, row)
    who = one["contributor"]
    if who is not None and who not in brought.contributors:
        raise PackageError(f"there is no {who} in contributors.", CHANGE_SETS, row, "contributor")


def _known(found: BroughtPast, one: dict[str, Any], name: str, row: int) -> None:
    if one["change_set"] not in found.change_sets:
        raise PackageError(f"there is no {one['change_set']} in change_sets.", name, row, "change_set")


def _versions(
    opened: OpenedPackage, brought: Brought, past: BroughtPast, kind: Kind
) -> Iterator[dict[str, Any]]:
    held = recorded_columns(kind)
    name = path_of(f"{table_name(kind)}_versions", HISTORY)
    for row, cells in read_rows(opened, name, [*ROW, *(column.name for column in held)]):
        found: dict[str, Any] = {}
        for column, cell in zip(ROW, cells, strict=False):
            try:
                found[column] = _READ.get(column, str)(cell)
            except ValueError as error:
                raise PackageError(f"“{cell[:60]}” cannot be read.", name, row, column) from error
        _known(past, found, name, row)
        if found["history_type"] not in (ADDED, CHANGED, REMOVED):
            raise PackageError("is neither +, ~ nor -.", name, row, "history_type")
        for one, cell in zip(held, cells[len(ROW) :], strict=True):
            found[one.field.attname] = _value(one, cell, name, row, brought)
        yield found


def _value(column: PackageColumn, cell: str, name: str, row: int, brought: Brought) -> Any:
    try:
        value = None if not cell and column.kind != "string" else from_cell(column, cell)
    except ValueError as error:
        raise PackageError(f"{error}.", name, row, column.name) from error
    if column.refers is User and value is not None and value not in brought.contributors:
        raise PackageError(f"there is no {value} in contributors.", name, row, column.name)
    return value


def _look_at_newest(brought: Brought, past: BroughtPast, kind: Kind) -> None:
    """Give each record the version that it is at. Raises PackageError where its history says otherwise."""
    newest = {row["id"]: row for row in sorted(past.versions[kind], key=lambda row: row["history_date"])}
    for place, record in enumerate(brought.records[kind]):
        last = newest.get(record["id"])
        if last is None:
            continue
        other = [name for name, value in record.items() if last[name] != value]
        if last["history_type"] == REMOVED or (other and not _leads_elsewhere(record, last, other)):
            row = brought.row_of(kind, place)
            raise PackageError(
                "says otherwise than its history.", file_of(kind), row, other[0] if other else ""
            )
        record["version"] = last["version"]


def _leads_elsewhere(record: dict[str, Any], last: dict[str, Any], names: list[str]) -> bool:
    """Whether they differ in references alone, of which one led to a record of another process."""
    return all(name.endswith("_id") and record[name] is None for name in names)
