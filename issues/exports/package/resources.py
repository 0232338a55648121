"""The tables of a package: which there are, what their columns hold, and their rows as CSV."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from issues.exports.files import Lines, csv_lines
from issues.exports.tables import TABLES, Asked, Column, Kind, Table
from issues.exports.tables.column import REDUCED_DAY, as_sentence
from issues.models.summit import SummitStatus
from issues.queries.package.columns import (
    CONTRIBUTORS,
    KINDS,
    NO,
    YES,
    PackageColumn,
    as_cell,
    columns,
    table_name,
)
from issues.queries.package.layout import DATA, path_of
from issues.queries.package.whole import Whole
from issues.queries.pages.change_feed import matching
from issues.queries.reading.process import Reading

# What a column of a table that is worked out refers to, by name.
REFERENCES = {
    "as_of": ("summits", "slug"),
    "placed_at": ("summits", "slug"),
    "summit_slug": ("summits", "slug"),
    "actor_slug": ("actors", "slug"),
    "issue_slug": ("issues", "slug"),
    "position_id": ("positions", "id"),
}
WORKED_OUT = {"standing": ["as_of", "actor_slug", "issue_slug"], "changes": ["position_id"]}
YES_NO = {"trueValues": [YES], "falseValues": [NO]}


@dataclass(frozen=True)
class Resource:
    """A table of a package: its schema in the words of Frictionless, and its lines while they are read."""

    name: str
    says: str
    schema: dict[str, Any]
    lines: Callable[[], Iterable[str]]
    kind: type[models.Model] | None = None
    folder: str = DATA

    @property
    def path(self) -> str:
        """Where it is in the package."""
        return path_of(self.name, self.folder)


def resources(whole: Whole, reading: Reading) -> list[Resource]:
    """Every table: those of the records, then what is worked out of them."""
    return [
        _contributors(whole),
        *(_of_records(whole, kind) for kind in KINDS),
        *_worked_out(whole, reading),
    ]


def _contributors(whole: Whole) -> Resource:
    def lines() -> Iterator[str]:
        write = Lines().of
        yield write(("id", "name"))
        for number, name in sorted(whole.names.items()):
            yield write((str(number), as_cell(name)))

    number = {"name": "id", "type": "integer", "description": "The number of the person in this package."}
    name = {
        "name": "name",
        "type": "string",
        "description": "What the person is called, where that is public.",
    }
    schema = {
        "fields": [
            {**number, "constraints": {"required": True, "unique": True}},
            {**name, "constraints": {"required": True}},
        ],
        "primaryKey": ["id"],
    }
    says = "Who reviewed, judged and gave numbers; one for all where the process does not publish names."
    return Resource(CONTRIBUTORS, says, schema, lines)


def _of_records(whole: Whole, kind: type[models.Model]) -> Resource:
    held = columns(kind)

    def lines() -> Iterator[str]:
        write = Lines().of
        yield write([column.name for column in held])
        for row in whole.rows(kind):
            yield write([as_cell(column.value(row)) for column in held])

    schema: dict[str, Any] = {"fields": [column_schema(column) for column in held], "primaryKey": ["id"]}
    if unique := _unique(kind, {column.field.name: column.name for column in held if column.field}):
        schema["uniqueKeys"] = unique
    keys = [foreign(column.name, table_name(column.refers), "id") for column in held if column.refers]
    if keys:
        schema["foreignKeys"] = keys
    return Resource(table_name(kind), (kind.__doc__ or "").split("\n")[0], schema, lines, kind)


def column_schema(column: PackageColumn) -> dict[str, Any]:
    """A column in the words of Frictionless."""
    found: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.says}
    if column.kind == "boolean":
        found |= YES_NO
    constraints = column.constraints
    if column.field is None:
        constraints = {"pattern": REDUCED_DAY}
    return {**found, "constraints": constraints} if constraints else found


def _unique(kind: type[models.Model], names: dict[str, str]) -> list[list[str]]:
    """The columns that are unique together, of those that are never empty."""
    return [
        [names[name] for name in rule.fields]
        for rule in kind._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
        and rule.condition is None
        and all(not kind._meta.get_field(name).null for name in rule.fields)
    ]


def foreign(column: str, table: str, key: str) -> dict[str, Any]:
    """A foreign key in the words of Frictionless."""
    return {"fields": [column], "reference": {"resource": table, "fields": [key]}}


def _worked_out(whole: Whole, reading: Reading) -> Iterator[Resource]:
    """Where everybody stood as of every occasion that was held, and every change."""
    asked = Asked(whole.process, reading, changes=matching(reading, lambda _: True))
    for name, key in WORKED_OUT.items():
        table = TABLES[name]
        held = table.columns(asked)
        schema: dict[str, Any] = {"fields": [_told(column) for column in held], "primaryKey": key}
        names = [column.name for column in held if column.name in REFERENCES]
        schema["foreignKeys"] = [foreign(name, *REFERENCES[name]) for name in names]
        lines = _standing if name == "standing" else csv_lines
        says = table.says.replace("as of a summit", "as of every occasion that was held")
        yield Resource(name, as_sentence(says), schema, _bound(lines, table, asked))


def _bound(lines: Callable[..., Iterable[str]], table: Table, asked: Asked) -> Callable[[], Iterable[str]]:
    return lambda: lines(table, asked)


def _standing(table: Table, asked: Asked) -> Iterator[str]:
    held = [one for one in asked.reading.summits.values() if one.status == SummitStatus.HELD]
    for number, summit in enumerate(held):
        lines = iter(csv_lines(table, replace(asked, summit=summit)))
        head = next(lines)
        if number == 0:
            yield head
        yield from lines
    if not held:
        yield from csv_lines(table, asked)


def _told(column: Column) -> dict[str, Any]:
    kind = "string" if column.kind == Kind.KNOWN_DAY else column.kind.value
    found: dict[str, Any] = {"name": column.name, "type": kind, "description": as_sentence(column.says)}
    if column.kind == Kind.YES_NO:
        found |= YES_NO
    if column.kind == Kind.KNOWN_DAY:
        found["constraints"] = {"pattern": REDUCED_DAY}
    return found
