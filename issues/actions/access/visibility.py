"""Who may read a process at all: its members, all who sign in, or everyone."""

from django.core.exceptions import ValidationError

from issues.actions.record.correct import correct
from issues.history import recording
from issues.models import Process
from issues.models.process import Visibility
from issues.models.process_member import Role, in_force
from issues.user import User

NO_OWNER = "A private process has an owner: make somebody one first."


def show_to(*, process: Process, visibility: str, by: User, reason: str) -> Process:
    """Show a process to its members, to all who sign in, or to everyone; its history tells who said so.

    Raises ValidationError where it would be private without an owner, StaleVersion when someone else was
    faster.
    """
    if visibility == Visibility.PRIVATE and not has_owner(process):
        raise ValidationError({"visibility": NO_OWNER})
    with recording(by=by, reason=reason):
        correct(process, {"visibility": visibility})
    return process


def has_owner(process: Process) -> bool:
    """Whether somebody with an open account says who sees a process."""
    return in_force().filter(process=process, role=Role.OWNER, user__is_active=True).exists()
