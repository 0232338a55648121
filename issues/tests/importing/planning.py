"""A file of text beside the little world: what it would do."""

from contextlib import suppress
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command

from issues.actions.rules.occasion import HELD_TO_COME
from issues.importing.item import Plan
from issues.importing.mapping import FIELDS, Mapping, propose, statements
from issues.importing.plan import plan
from issues.importing.reading import Layout, read, table
from issues.importing.stored import stored
from issues.models import Process


def csv_of(*rows: dict[str, Any]) -> str:
    """Rows as a long table in the columns of our own files."""
    names = [name for name in FIELDS if any(name in row for row in rows)]
    lines = [",".join(names), *(",".join(f'"{row.get(name, "")}"' for name in names) for row in rows)]
    return "\n".join(lines)


def planned(process: Process, text: str, **mapping: Any) -> Plan:
    """What a text would do, by a mapping of its own columns unless another is given."""
    grid = read(text.encode())
    found = table(grid, Layout(head=(1,)))
    if "columns" not in mapping:
        mapping["columns"] = propose(found, {}).columns
    how = Mapping(**mapping)
    return plan(statements(found, how), how, stored(process))


def results(made: Plan) -> list[tuple[list[int], str]]:
    """The rows of each position and what would become of it."""
    return [(item.rows, item.result) for item in made.items]


def wrong(made: Plan) -> list[tuple[int, str, str]]:
    """The row, the column and the message of everything that is wrong."""
    return [(problem.row, problem.column, problem.message) for problem in made.problems]


def broken() -> list[str]:
    """The rules that what is stored breaks, but for the day: the little world lies in the future."""
    out = StringIO()
    with suppress(CommandError):
        call_command("check_data", stdout=out)
    return [line for line in out.getvalue().splitlines() if HELD_TO_COME not in line]
