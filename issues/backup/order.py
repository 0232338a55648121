"""In which order tables are filled, so that what a row refers to is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from issues.backup.tables import Table


@dataclass(frozen=True)
class Group:
    """Tables that are filled together: one, or those that refer to each other in circles.

    Rows of a circle are there only once all are, so that they are stored in one transaction.
    """

    names: tuple[str, ...]
    is_circle: bool


def in_order(tables: Mapping[str, Table]) -> list[Group]:
    """The tables, each after those that it refers to by a constraint of the database."""
    refers = {name: _referred(table) & tables.keys() for name, table in tables.items()}
    reached = {name: _reached(name, refers) for name in tables}
    of = {
        name: Group(
            tuple(sorted({name, *(one for one in others if name in reached[one])})), is_circle=name in others
        )
        for name, others in reached.items()
    }
    before = {
        group: {of[one] for name in group.names for one in refers[name]} - {group} for group in of.values()
    }
    return list(TopologicalSorter(before).static_order())


def _referred(table: Table) -> set[str]:
    fields: Iterable[Any] = (field for field in table._meta.concrete_fields if field.remote_field)
    return {field.remote_field.model._meta.db_table for field in fields if field.db_constraint}


def _reached(name: str, refers: Mapping[str, set[str]]) -> set[str]:
    """All tables that a table refers to, and those refer to, and so on; itself where they lead back."""
    found: set[str] = set()
    left = [*refers[name]]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += refers[one]
    return found
