"""Who may read a process at all: its members, all who sign in, or everyone."""

from issues.actions.record.correct import correct
from issues.history import recording
from issues.models import Process
from issues.user import User


def show_to(*, process: Process, visibility: str, by: User, reason: str) -> Process:
    """Show a process to its members, to all who sign in, or to everyone; its history tells who said so.

    Raises ValidationError where it would be private without an owner, or is not theirs to show (see
    :mod:`consequences`), StaleVersion when someone else was faster.
    """
    with recording(by=by, reason=reason):
        correct(process, {"visibility": visibility})
    return process
