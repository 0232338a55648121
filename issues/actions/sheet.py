"""Typing on the log sheet: every committed cell is stored at once, and no one's cell is lost."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from issues.domain.codes import WORDS, CodeError, understand
from issues.domain.position import RedLineMention
from issues.domain.scale import letters
from issues.history import Way, locked, recording
from issues.models import Actor, Cell, Issue, Sheet, SheetRow, Source, Summit
from issues.models.sheet import CellRedLine, KindOfCell
from issues.queries.sheet import ground, standing_before

# What the details of a cell may say beside its code.
DETAILS = (
    "summary",
    "quote",
    "language",
    "translation",
    "speaker",
    "locator",
    "source",
    "accepts_from",
    "accepts_to",
    "salience",
    "basis",
    "note",
    "disputed",
)
MEANT = ("kind", "option", "value", "red_line", "low_confidence")

# The field at which a person mends what a rule of the whole cell refuses.
MENDED_AT = {
    "cell_limits_need_red_line": "accepts_from",
    "cell_limits_in_order": "accepts_to",
    "cell_inferred_needs_note": "note",
}

# What is read of the cells of one who leads a joint statement.
JOINED = ("sheet__summit__process", "actor", "issue", "option", "source", "speaker")

READ = "SELECT * FROM issues_sheet WHERE id = %s"
HELD = "SELECT * FROM issues_sheet WHERE id = %s FOR KEY SHARE"


class CellConflict(Exception):
    """Someone changed the cell after it was read; ``current`` is what stands there now, None if emptied."""

    def __init__(self, current: Cell | None) -> None:
        super().__init__("This cell was changed in the meantime.")
        self.current = current


class RowConflict(Exception):
    """Someone gave the row another source after it was read; ``current`` is the row as it is now."""

    def __init__(self, current: SheetRow | None) -> None:
        super().__init__("The source of this row was changed in the meantime.")
        self.current = current


def open_sheet(*, summit: Summit, by: User, private: bool = False) -> Sheet:
    """The shared sheet of a summit, or the person's own; made when it is first asked for."""
    coder = by if private else None
    found = Sheet.objects.filter(summit=summit, coder=coder).first()
    if found is None:
        with recording(by=by, reason=f"Log sheet of {summit} opened.", kind=Way.PAGE):
            sheet = Sheet(summit=summit, coder=coder)
            try:
                with transaction.atomic():
                    sheet.save()
            except IntegrityError:
                sheet = Sheet.objects.get(summit=summit, coder=coder)
            found = sheet
    found.summit = summit
    return found


def save_cell(
    *,
    sheet: Sheet,
    actor: Actor,
    issue: Issue,
    typed: str,
    version: int,
    by: User,
    details: Mapping[str, Any] | None = None,
) -> Cell | None:
    """Store what was typed into a cell, with its details if given, and return the cell; None if emptied.

    ``version`` is the one that the person saw, 0 for an empty cell. The same words sent twice are stored
    once. Raises CellConflict when the cell is at another version and says something else, ValidationError
    with the field ``code``, on a closed sheet too, or that of a detail, PermissionDenied on another's sheet.
    """
    typed = "".join(typed.split())
    # Read before the transaction: twenty people at once wait for each other as briefly as can be.
    meant = _meant(sheet, actor, issue, typed) if typed else {}
    with recording(by=by, reason=f"Typed on the log sheet of {sheet.summit}.", kind=Way.PAGE):
        _hold_open(sheet, by)
        current = (
            Cell.objects.select_for_update(of=("self",)).filter(sheet=sheet, actor=actor, issue=issue).first()
        )
        wanted = _wanted(sheet, actor, issue, typed, meant, details or {}, current) if typed else None
        if _same(current, wanted):
            return current
        if (current.version if current else 0) != version:
            raise CellConflict(current)
        if wanted is None:
            if current is not None:
                current.delete()
            return None
        if details:
            # A code is understood or refused; only details can break a rule of the record.
            _check_details(wanted)
        return _stored(wanted)


def set_source(
    *, sheet: Sheet, actor: Actor, source: Source | None, by: User, version: int | None = None
) -> SheetRow:
    """Let a source serve an actor's row; None takes it away.

    With the ``version`` that the person saw, 0 for a row that had none, raises RowConflict when the row
    has got another source since.
    """
    return _set_row(sheet, actor, by, version, source=source)


def join(*, sheet: Sheet, lead: Actor, others: list[Actor], by: User) -> list[Cell]:
    """Log one statement for several actors: copy a row's source and cells to the rows of those who join.

    A cell that is typed already is left as it is, and so is a source that serves a row already: there the
    copied cells name theirs. Returns the cells that were filled.
    """
    check_open(sheet, by)
    filled = []
    with recording(by=by, reason=f"Joint statement logged on the sheet of {sheet.summit}.", kind=Way.PAGE):
        rows = {row.actor_id: row for row in SheetRow.objects.filter(sheet=sheet).select_related("source")}
        source = rows[lead.pk].source if lead.pk in rows else None
        cells = list(Cell.objects.filter(sheet=sheet, actor=lead).select_related(*JOINED))
        for actor in others:
            served = rows[actor.pk].source if actor.pk in rows else None
            _set_row(sheet, actor, by, source=served or source, joins=lead)
            taken = set(Cell.objects.filter(sheet=sheet, actor=actor).values_list("issue_id", flat=True))
            for cell in cells:
                if cell.issue_id in taken:
                    continue
                details = {name: getattr(cell, name) for name in DETAILS}
                if served and served != source:
                    details["source"] = cell.source or source
                made = save_cell(
                    sheet=sheet,
                    actor=actor,
                    issue=cell.issue,
                    typed=_transferable(cell, actor),
                    version=0,
                    by=by,
                    details=details,
                )
                filled += [made] if made else []
    return filled


def finish(*, sheet: Sheet, by: User) -> Sheet:
    """Say that one's own sheet is done, so that it can be compared once the other's is too."""
    if sheet.coder_id != by.pk:
        raise PermissionDenied
    with recording(by=by, reason=f"Own sheet of {sheet.summit} finished.", kind=Way.PAGE):
        current = locked(Sheet, sheet.pk, sheet.version)
        if not current.finished:
            current.finished = True
            current.save()
    return current


def check_open(sheet: Sheet, by: User) -> None:
    """Raise PermissionDenied on another's sheet, ValidationError on one that is closed."""
    if sheet.is_private and sheet.coder_id != by.pk:
        raise PermissionDenied
    if sheet.finished or sheet.published_id is not None:
        raise ValidationError({"code": "This sheet is closed; reopen it to correct what it says."})


def _hold_open(sheet: Sheet, by: User) -> None:
    """Check as ``check_open`` does what is stored now, and keep it so until the transaction ends.

    A publication waits for those who are typing, they do not wait for one another: SQLite has one writer
    anyway, and on PostgreSQL this lock is shared.
    """
    statement = HELD if connection.vendor == "postgresql" else READ
    (held,) = Sheet.objects.raw(statement, [sheet.pk])
    check_open(held, by)


def _wanted(
    sheet: Sheet,
    actor: Actor,
    issue: Issue,
    typed: str,
    meant: dict[str, Any] | ValidationError,
    details: Mapping[str, Any],
    current: Cell | None,
) -> Cell:
    """The cell as it should be, not yet stored; details that are not given stay as they are."""
    kept = {name: getattr(current, name) for name in DETAILS} if current else {}
    if current is not None and typed == current.code:
        # Typed once, understood once: letters that moved since do not move what was coded.
        meant = {name: getattr(current, name) for name in MEANT}
    elif isinstance(meant, ValidationError):
        raise meant
    if meant["red_line"] != RedLineMention.DECLARED and "accepts_from" not in details:
        kept |= {"accepts_from": None, "accepts_to": None}
    wanted = Cell(sheet=sheet, actor=actor, issue=issue, code=typed, **meant, **{**kept, **details})
    if current is not None:
        wanted.pk, wanted.version, wanted._state.adding = current.pk, current.version, False
    else:
        wanted.version = _last_version(sheet, actor, issue) + 1
    return wanted


def _meant(sheet: Sheet, actor: Actor, issue: Issue, typed: str) -> dict[str, Any] | ValidationError:
    """What a code says, as the fields of a cell; or why it says nothing here."""
    options = list(issue.options.order_by("value")) if issue.has_scale else []
    standing = standing_before(sheet.summit, actor, issue)
    try:
        code = understand(typed, ground(issue, standing, options))
    except CodeError as error:
        return ValidationError({"code": str(error)})
    option = next((item for item in options if code.letter and item.value == code.value), None)
    return {
        "kind": KindOfCell(code.kind),
        "option": option,
        "value": None if option else code.value,
        "red_line": code.red_line,
        "low_confidence": code.low_confidence,
    }


def _check_details(wanted: Cell) -> None:
    """Raise ValidationError by field; a rule of the whole cell names the field at which it is mended."""
    try:
        wanted.full_clean(validate_unique=False, exclude=("sheet", "actor", "issue", "option"))
    except ValidationError as error:
        rules = {rule.violation_error_message: MENDED_AT.get(rule.name) for rule in Cell._meta.constraints}
        named: dict[str, list[str]] = {}
        for name, messages in error.message_dict.items():
            for message in messages:
                named.setdefault(rules.get(message) or name, []).append(message)
        raise ValidationError(named) from error


def _last_version(sheet: Sheet, actor: Actor, issue: Issue) -> int:
    """How far a cell had come when it was emptied, so that no one mistakes a new one for the one they saw."""
    past = Cell.history.filter(sheet=sheet, actor=actor, issue=issue)
    return past.aggregate(last=Max("version"))["last"] or 0


def _same(current: Cell | None, wanted: Cell | None) -> bool:
    if current is None or wanted is None:
        return current is wanted
    ignored = {"id", "version"}
    return all(
        getattr(current, field.attname) == getattr(wanted, field.attname)
        for field in Cell._meta.concrete_fields
        if field.name not in ignored
    )


def _stored(wanted: Cell) -> Cell:
    """Store a cell; whoever made the same cell a moment earlier is a conflict, not an error."""
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError as error:
        current = Cell.objects.filter(
            sheet=wanted.sheet_id, actor=wanted.actor_id, issue=wanted.issue_id
        ).first()
        raise CellConflict(current) from error
    return wanted


def _set_row(sheet: Sheet, actor: Actor, by: User, version: int | None = None, **fields: Any) -> SheetRow:
    with recording(by=by, reason=f"Source on the log sheet of {sheet.summit}.", kind=Way.PAGE):
        _hold_open(sheet, by)
        row = SheetRow.objects.select_for_update(of=("self",)).filter(sheet=sheet, actor=actor).first()
        if row is not None and all(getattr(row, name) == value for name, value in fields.items()):
            return row
        if version is not None and (row.version if row else 0) != version:
            raise RowConflict(row)
        row = row or SheetRow(sheet=sheet, actor=actor)
        for name, value in fields.items():
            setattr(row, name, value)
        row.full_clean(validate_unique=False, exclude=("sheet",))
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise RowConflict(SheetRow.objects.filter(sheet=sheet, actor=actor).first()) from error
    return row


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
    if cell.kind == KindOfCell.REAFFIRMED:
        ours = standing_before(summit, cell.actor, issue)
        placement, placed = (part.placement.value if part.placement else None for part in (ours, theirs))
        if theirs.is_empty or placement != placed:
            return ("t" if placement is None else f"{placement:.6g}") + marks
    if cell.option is not None:
        return letters(issue.options.values_list("value", flat=True))[cell.option.value] + marks
    if cell.value is not None:
        return f"{cell.value:.6g}{marks}"
    return {meaning.value: word for word, meaning in WORDS.items()}[cell.kind] + marks
