"""What holds of any change of who sees a process, by whichever way: page, admin, history, import."""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from issues.actions.access.members import give, owners_of
from issues.history import ADDED, CHANGED, REMOVED, Recording, among, before_closing, stored_by_key
from issues.models import Process
from issues.models.process import Visibility
from issues.queries.access.grants import MAY_GIVE, REMOVED_WHILE_RECORDING
from issues.queries.access.may import may_in
from issues.queries.access.standing import standing_of
from issues.queries.history.rows import OLDEST_FIRST, row_before

BEGAN = "Began the process."
NOT_THERE = "Your role in “{process}” does not let you do this."
NO_OWNER = "A private process has an owner: make somebody one first."
NOT_YOURS = "Only its owners say who sees a process."


@before_closing
def keep_to_owners(opened: Recording) -> None:
    """Whoever begins a process owns it, and nobody but an owner shows it to others. Costs nothing elsewhere.

    A command without a person is trusted. Raises ValidationError.
    """
    added = opened.keys_of(Process, ADDED)
    changed = opened.keys_of(Process, CHANGED) - added
    if not added and not changed:
        return
    stored = stored_by_key(Process, added | changed)
    for pk in added & stored.keys():
        if opened.by is not None and not owners_of(stored[pk]).exists():
            give(process=stored[pk], user=opened.by, role="owner", by=opened.by, reason=BEGAN)
    for pk in changed & stored.keys():
        _check_shown(stored[pk], opened)
    for process in stored.values():
        if process.is_private and not owners_of(process).exists():
            raise ValidationError({"visibility": NO_OWNER})


def check_may_write(opened: Recording, processes: Collection[int]) -> None:
    """Raise ValidationError where somebody wrote in a private process what their role there does not let.

    Pages ask beforehand; this is for what asks of no process, as lists and forms of the admin. What is not
    private is left to the roles of the installation. A query for whoever is a member anywhere or from whom
    anything is hidden.
    """
    by = opened.by
    if by is None or by.is_superuser or not processes:
        return
    standing = standing_of(by)
    if not standing.hidden and not standing.roles:
        return
    removed = {one.model._meta.model_name for one in opened.written if one.how == REMOVED}
    deletes = removed - {*REMOVED_WHILE_RECORDING}
    wanted = "issues.delete_position" if deletes else "issues.add_position"
    for process in Process.objects.filter(pk__in=among(processes), visibility=Visibility.PRIVATE):
        if not may_in(by, wanted, process):
            raise ValidationError(NOT_THERE.format(process=process))


def _check_shown(process: Process, opened: Recording) -> None:
    """Raise ValidationError where it is shown to others than before by somebody who does not own it."""
    rows = Process.history.filter(id=process.pk, change_set=opened.change_set)
    first = rows.order_by(*OLDEST_FIRST).first()
    before = row_before(first) if first is not None else None
    if before is None or before.visibility == process.visibility or opened.by is None:
        return
    if not may_in(opened.by, MAY_GIVE, before.instance):
        raise ValidationError({"visibility": NOT_YOURS})
