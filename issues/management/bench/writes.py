"""Writing one thing at a time, beside the barest write that there is."""

from itertools import count

from django.db import models
from django.db.models import QuerySet

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.actions.record.correct import correct
from issues.history import Way, recording
from issues.management.bench.timing import Case
from issues.models import Cell, Position, Process, Sheet, Summit
from issues.user import User

CELL = "commit a cell of the log sheet, with its history"
ROW = "update one row, without a history"


def stated(process: Process) -> Position:
    """The first position of a process in which something is said."""
    return Position.objects.filter(issue__process=process, state="stated").order_by("pk")[0]


def summit_to_log(process: Process) -> Summit:
    """The summit of which there is a sheet."""
    return process.summits.order_by("starts_on")[0]


def write_cell(sheet: Sheet, of: Position, typed: str, by: User) -> None:
    """Type a code into the cell of a position, whatever stands in it."""
    stored = Cell.objects.filter(sheet=sheet, actor=of.actor_id, issue=of.issue_id).first()
    version = stored.version if stored else 0
    save_cell(sheet=sheet, actor=of.actor, issue=of.issue, typed=typed, version=version, by=by)


def writes(process: Process, editor: User) -> list[Case]:
    """Committing a cell and correcting a position, beside one row that is changed."""
    sheet = open_sheet(summit=summit_to_log(process), by=editor)
    position, values = stated(process), count()

    def mend() -> None:
        with recording(by=editor, reason="Measured.", kind=Way.PAGE):
            current = Position.objects.get(pk=position.pk)
            correct(current, {"summary": f"Held, as was said {next(values)} times."})

    def plain() -> None:
        rows: QuerySet[models.Model] = QuerySet(Process)
        rows.filter(pk=process.pk).update(summary=f"{next(values)}")

    return [
        Case(CELL, lambda: write_cell(sheet, position, f"{next(values) % 100}", editor)),
        Case("correct a position, with its history, feed and words of search", mend),
        Case(ROW, plain, CELL, "leaves out the history, the rules and who else types"),
    ]
