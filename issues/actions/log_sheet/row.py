"""Rows of the log sheet: the source that serves a row, and one statement logged for several actors."""

from typing import Any

from django.db import IntegrityError

from issues.actions.log_sheet.cell import DETAILS, store_cell
from issues.actions.log_sheet.sheet import hold_open
from issues.actions.record.new import add_source
from issues.domain.codes import WORDS
from issues.domain.scale import letters
from issues.history import Way, open_recording, recording
from issues.models import Actor, Cell, Sheet, SheetRow, Source
from issues.models.sheet import CellRedLine, KindOfCell
from issues.queries.log_sheet.cell_target import standing_before
from issues.user import User

# What is read of the cells of one who leads a joint statement.
JOINED = ("sheet__summit__process", "actor", "issue", "option", "source", "speaker")


class RowConflict(Exception):
    """Someone gave the row another source after it was read; ``current`` is the row as it is now."""

    def __init__(self, current: SheetRow | None) -> None:
        super().__init__("The source of this row was changed in the meantime.")
        self.current = current


def set_source(
    *, sheet: Sheet, actor: Actor, source: Source | None, by: User, version: int | None = None
) -> SheetRow:
    """Let a source serve an actor's row, stored with it if it is new; None takes it away.

    Whoever joins the statement of this row follows it to the new source, unless it has one of its own. With
    the ``version`` that the person saw, 0 for a row that had none, raises RowConflict when the row has got
    another source since. On a closed sheet raises ValidationError, on another's PermissionDenied.
    """
    with recording(by=by, reason=f"Source for {sheet.summit}.", kind=Way.PAGE):
        if source is not None and source._state.adding:
            add_source(source)
        return serve(sheet=sheet, actor=actor, source=source, by=by, version=version)


def serve(
    *, sheet: Sheet, actor: Actor, source: Source | None, by: User, version: int | None = None
) -> SheetRow:
    """What :func:`set_source` does, inside an open recording."""
    hold_open(sheet, by)
    row = _locked_row(sheet, actor)
    served = row.source if row else None
    row = _set(row or SheetRow(sheet=sheet, actor=actor), version, source=source)
    if served != source:
        _follow(row, served)
    return row


def _follow(lead: SheetRow, served: Source | None) -> None:
    """Take those who join a row, and rested on the source that served it, along to its new one."""
    joined = list(SheetRow.objects.filter(sheet=lead.sheet, joins=lead.actor).order_by("pk"))
    for row in joined:
        if row.source_id == (served.pk if served else None):
            _set(row, None, source=lead.source)
    if served is None or lead.source is None:
        return
    copied = Cell.objects.filter(
        sheet=lead.sheet, source=served, actor__in=[row.actor_id for row in joined if row.joins_id]
    )
    for cell in copied.order_by("pk"):
        cell.source = lead.source
        cell.save()


def join(*, sheet: Sheet, lead: Actor, others: list[Actor], by: User) -> list[Cell]:
    """Log one statement for several actors: copy a row's source and cells to the rows of those who join.

    A cell that is typed already is left as it is, and so is a source that serves a row already: there the
    copied cells name theirs. What the first does not address is no silence of the others, and not copied.
    Returns the cells that were filled.
    """
    filled = []
    with recording(by=by, reason=f"Joint statement logged on the sheet of {sheet.summit}.", kind=Way.PAGE):
        hold_open(sheet, by)
        rows = {row.actor_id: row for row in SheetRow.objects.filter(sheet=sheet).select_related("source")}
        source = rows[lead.pk].source if lead.pk in rows else None
        said = Cell.objects.filter(sheet=sheet, actor=lead).exclude(kind=KindOfCell.SILENT)
        cells = list(said.select_related(*JOINED))
        for actor in others:
            served = rows[actor.pk].source if actor.pk in rows else None
            row = _locked_row(sheet, actor) or SheetRow(sheet=sheet, actor=actor)
            _set(row, None, source=served or source, joins=lead)
            taken = set(Cell.objects.filter(sheet=sheet, actor=actor).values_list("issue_id", flat=True))
            for cell in cells:
                if cell.issue_id in taken:
                    continue
                details = {name: getattr(cell, name) for name in DETAILS}
                if served and served != source:
                    details["source"] = cell.source or source
                made = store_cell(
                    sheet=sheet,
                    actor=actor,
                    issue=cell.issue,
                    typed=_transferable(cell, actor),
                    by=by,
                    details=details,
                )
                filled += [made] if made else []
    return filled


def join_alone(*, sheet: Sheet, actor: Actor, lead: Actor, by: User) -> None:
    """Let a row join the statement of another without copying a cell; who joins another stays with it."""
    with recording(by=by, reason=f"Joint statement logged on the sheet of {sheet.summit}.", kind=Way.PAGE):
        hold_open(sheet, by)
        row = _locked_row(sheet, actor) or SheetRow(sheet=sheet, actor=actor)
        if row.joins_id is None:
            _set(row, None, joins=lead)


def leave(*, sheet: Sheet, actor: Actor, by: User) -> None:
    """Let a row join no statement any more; what is typed in it stays, as the actor's own."""
    with recording(by=by, reason=f"No joint statement on the sheet of {sheet.summit}.", kind=Way.PAGE):
        hold_open(sheet, by)
        row = _locked_row(sheet, actor)
        if row is not None:
            _set(row, None, joins=None)


def _locked_row(sheet: Sheet, actor: Actor) -> SheetRow | None:
    found = SheetRow.objects.select_for_update(of=("self",)).filter(sheet=sheet, actor=actor)
    return found.select_related("source").order_by().first()


def _set(row: SheetRow, version: int | None, **fields: Any) -> SheetRow:
    """Store what differs of a row that is at the version that was seen, if one was."""
    is_new = row._state.adding
    if not is_new and _says(row, fields):
        return row
    if version is not None and (0 if is_new else row.version) != version:
        raise RowConflict(None if is_new else row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False, exclude=("sheet",))
    try:
        with open_recording().attempt():
            row.save()
    except IntegrityError as error:
        # Someone made the same row a moment earlier: with the same source, or a conflict.
        there = SheetRow.objects.filter(sheet=row.sheet, actor=row.actor).select_related("source").first()
        if there is not None and _says(there, fields):
            return there
        raise RowConflict(there) from error
    return row


def _says(row: SheetRow, fields: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in fields.items())


def _transferable(cell: Cell, actor: Actor) -> str:
    """The code of a cell as another actor would type it, with the letters of now; empty if it cannot.

    A step becomes its value, and so does a reaffirmation by one who stands elsewhere: the words are the same.
    """
    summit, issue = cell.sheet.summit, cell.issue
    theirs = standing_before(summit, actor, issue)
    if cell.kind == KindOfCell.WITHDRAWN and theirs.is_empty:
        return ""
    drops = cell.red_line == CellRedLine.DROPPED and theirs.red_line is not None
    marks = "!" if cell.red_line == CellRedLine.DECLARED else "/" if drops else ""
    marks += "?" if cell.low_confidence else ""
    placed, kind = cell.placement, KindOfCell(cell.kind)
    if kind == KindOfCell.REAFFIRMED:
        ours = standing_before(summit, cell.actor, issue)
        placed, stands = (part.placement.value if part.placement else None for part in (ours, theirs))
        if theirs.is_empty or placed != stands:
            kind = KindOfCell.TEXT if placed is None else KindOfCell.PLACED
    if kind != KindOfCell.PLACED or placed is None:
        return {meaning.value: word for word, meaning in WORDS.items()}[kind] + marks
    return letters(issue.options.values_list("value", flat=True)).get(placed, f"{placed:.6g}") + marks
