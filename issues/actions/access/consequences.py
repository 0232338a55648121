"""What holds of any change of who sees a process, by whichever way: page, admin, history, import."""

from django.core.exceptions import ValidationError

from issues.actions.access.members import give
from issues.actions.access.visibility import NO_OWNER, has_owner
from issues.history import ADDED, CHANGED, Recording, before_closing, stored_by_key
from issues.models import Process
from issues.queries.access.grants import MAY_GIVE
from issues.queries.access.may import may_in
from issues.queries.history.rows import OLDEST_FIRST, row_before

BEGAN = "Began the process."
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
        if opened.by is not None and not has_owner(stored[pk]):
            give(process=stored[pk], user=opened.by, role="owner", by=opened.by, reason=BEGAN)
    for pk in changed & stored.keys():
        _check_shown(stored[pk], opened)
    for process in stored.values():
        if process.is_private and not has_owner(process):
            raise ValidationError({"visibility": NO_OWNER})


def _check_shown(process: Process, opened: Recording) -> None:
    """Raise ValidationError where it is shown to others than before by somebody who does not own it."""
    rows = Process.history.filter(id=process.pk, change_set=opened.change_set)
    first = rows.order_by(*OLDEST_FIRST).first()
    before = row_before(first) if first is not None else None
    if before is None or before.visibility == process.visibility or opened.by is None:
        return
    if not may_in(opened.by, MAY_GIVE, before.instance):
        raise ValidationError({"visibility": NOT_YOURS})
