"""Who may do what to which record: the one place that decides, for pages, files, programs and the admin."""

from django.conf import settings

from issues.history import Record
from issues.models import Process
from issues.queries.access.grants import GRANTS, OF_ALL, VIEW
from issues.queries.access.standing import Reader, role_in, standing_of
from issues.queries.history.names import kind_of, owner_of
from issues.queries.history.owners import held_by
from issues.user import User


def may(user: Reader, permission: str, record: Record) -> bool:
    """Whether somebody may do a thing to a record: ``may(user, "issues.change_position", position)``.

    In a process its members may what their role lets them; in one that is not private, whoever signs in may
    read, and do what the installation lets them. What several processes share is done to by whoever may in
    one of those; what belongs to none, by whom the installation lets.
    """
    if isinstance(record, Process):
        return may_in(user, permission, record)
    standing = standing_of(user)
    if user.is_active and not standing.hidden and not standing.roles:
        return permission in VIEW or user.has_perm(permission)
    processes = _processes_of(record)
    if not processes:
        return user.has_perm(permission)
    return any(may_in(user, permission, process) for process in Process.objects.filter(pk__in=processes))


def may_in(user: Reader, permission: str, process: Process) -> bool:
    """Whether somebody may do a thing in a process."""
    if not isinstance(user, User):
        return settings.PUBLIC_READ and process.is_public and permission in VIEW
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if permission == OF_ALL:
        return user.has_perm(permission)
    if not process.is_private and (permission in VIEW or user.has_perm(permission)):
        return True
    return permission in GRANTS.get(role_in(user, process), frozenset())


def may_all(user: Reader, permissions: tuple[str, ...] | list[str], process: Process) -> bool:
    """Whether somebody may do each of these in a process."""
    return all(may_in(user, permission, process) for permission in permissions)


def _processes_of(record: Record) -> set[int]:
    owner = owner_of(record)
    return held_by(kind_of(record), record.pk) if owner is None else {owner}
