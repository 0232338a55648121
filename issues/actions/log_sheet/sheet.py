"""The log sheet as a whole: made when it is first written to, held open while someone types, finished."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection

from issues.history import Way, locked, recording
from issues.models import Sheet, Summit
from issues.queries.log_sheet.grid import find_sheet
from issues.user import User

STATE = "SELECT coder_id, finished, published_id FROM issues_sheet WHERE id = %s"
CLOSED = {"code": "This sheet is closed; reopen it to correct what it says."}


def open_sheet(*, summit: Summit, by: User, private: bool = False) -> Sheet:
    """The shared sheet of a summit, or the person's own; made when it is first written to."""
    sheet = find_sheet(summit, by if private else None)
    if sheet.is_blank:
        with recording(by=by, reason=f"Log sheet of {summit} opened.", kind=Way.PAGE) as opened:
            try:
                with opened.attempt():
                    sheet.save()
            except IntegrityError:
                return find_sheet(summit, sheet.coder)
    return sheet


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


def hold_open(sheet: Sheet, by: User) -> None:
    """Keep a sheet as it is until the transaction ends.

    Raises PermissionDenied on another's sheet, ValidationError on one that is closed. A publication waits
    for those who are typing, they do not wait for one another: SQLite has one writer anyway, and on
    PostgreSQL this lock is shared, which Django has no word for. By hand: measured end to end, an autosave
    took 18 ms with it and 22 with a query set.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{STATE} FOR KEY SHARE" if connection.vendor == "postgresql" else STATE, [sheet.pk])
        coder, finished, published = cursor.fetchone()
    if coder is not None and coder != by.pk:
        raise PermissionDenied
    if finished or published is not None:
        raise ValidationError(CLOSED)
