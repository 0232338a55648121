"""The tables of a package that travel with its history."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from issues.exports.files import Lines
from issues.exports.package.resources import Resource, column_schema, foreign
from issues.history import Record
from issues.models import RECORDS, User
from issues.queries.package.columns import CONTRIBUTORS, as_cell, table_name
from issues.queries.package.layout import HISTORY
from issues.queries.package.past import CHANGE_SET, PROCESS_CHANGE, ROW, Past, recorded_columns

SAYS: dict[str, tuple[str, str]] = {
    "number": ("integer", "Its place among the change sets of the process."),
    "time": ("datetime", "When it was made."),
    "author": ("string", "The name of the person at that time."),
    "contributor": ("integer", "Who made it, by number among the contributors; empty for a command."),
    "kind": ("string", "By which way it came in: page, admin, import, command."),
    "reason": ("string", "Why."),
    "undone_by": ("integer", "The change set that undid it."),
    "act": ("integer", "Which of the assessments were given in it."),
    "change_set": ("integer", "The change set that wrote it, by its number."),
    "written": ("string", "How many records it wrote, by kind of record and how, as JSON."),
    "subject": ("string", "What it was about, by name as of then, where that was one record."),
    "history_date": ("datetime", "When this version was recorded."),
    "history_type": ("string", "How: + added, ~ changed, - removed."),
    "version": ("integer", "Which version of the record it is."),
}


def past_resources(past: Past) -> list[Resource]:
    """The change sets, what each did in the process, and the versions of every kind of record."""
    change_set = [foreign("contributor", CONTRIBUTORS, "id"), foreign("undone_by", "change_sets", "number")]
    filed = [foreign("change_set", "change_sets", "number")]
    return [
        Resource(
            "change_sets",
            "Who changed the record, when and why.",
            {"fields": _told(CHANGE_SET), "primaryKey": ["number"], "foreignKeys": change_set},
            _lines(CHANGE_SET, past.change_set_rows),
            folder=HISTORY,
        ),
        Resource(
            "process_changes",
            "What each change set did in the process.",
            {"fields": _told(PROCESS_CHANGE), "primaryKey": ["change_set"], "foreignKeys": filed},
            _lines(PROCESS_CHANGE, past.process_change_rows),
            folder=HISTORY,
        ),
        *(_versions(past, kind) for kind in RECORDS),
    ]


def _versions(past: Past, kind: type[Record]) -> Resource:
    held = recorded_columns(kind)
    fields = [
        {name: said for name, said in column_schema(one).items() if name != "constraints"} for one in held
    ]
    keys = [foreign("change_set", "change_sets", "number")]
    keys += [foreign(one.name, CONTRIBUTORS, "id") for one in held if one.refers is User]
    name = table_name(kind)
    return Resource(
        f"{name}_versions",
        f"Every version of the {name.replace('_', ' ')}, the oldest first.",
        {"fields": [*_told(ROW), *fields], "foreignKeys": keys},
        _lines([*ROW, *(one.name for one in held)], lambda: past.rows(kind)),
        folder=HISTORY,
    )


def _told(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"name": name, "type": SAYS[name][0], "description": SAYS[name][1]} for name in names]


def _lines(head: Sequence[str], rows: Callable[[], Iterable[list[Any]]]) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[str]:
        write = Lines().of
        yield write(head)
        for row in rows():
            yield write([_cell(value) for value in row])

    return lines


def _cell(value: Any) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else as_cell(value)
