"""Undoing one edit of one record: the fields that it changed go back, whatever else was edited stays."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from issues.actions.record.correct import REVIEW, correct, remove
from issues.actions.take_back.restore import last_deletion, restore_deleted
from issues.clock import when_in_words
from issues.history import ADDED, REMOVED, ChangeSet, ProcessChange, Record, Way, recording
from issues.models import Process
from issues.queries.access.may import may_in
from issues.queries.access.standing import standing_of
from issues.queries.history.names import differing
from issues.queries.history.rows import row_before, rows_after
from issues.user import User

GONE = "The record was deleted since; restore it first."
BACK = "It was restored already."
REVIEW_ALONE = "A review that was taken back is not put back: review it again."
NOTHING = "There is nothing of this edit left to undo."


@dataclass
class Undoing:
    """What undoing an edit would do, and what stands against it.

    ``values`` are what the fields go back to, by column; ``later`` the fields that were edited again since,
    each with the history row that did it last; ``refusal`` says in words why nothing can be undone.
    """

    row: Any
    values: dict[str, Any] = field(default_factory=dict)
    later: list[tuple[str, Any]] = field(default_factory=list)
    refusal: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether the edit can be undone."""
        return not self.later and not self.refusal

    @property
    def explanation(self) -> list[str]:
        """Why it cannot be undone, in sentences; empty where it can."""
        since = [
            f"{label} was edited again by {row.change_set.author or 'a command'} on "
            f"{when_in_words(row.history_date)}: {row.change_set.reason}"
            for label, row in self.later
        ]
        return [*since, *([self.refusal] if self.refusal else [])]


def plan_undo(row: Any) -> Undoing:
    """What undoing this history row would do to its record. A few queries."""
    stored = row.instance_type._default_manager.filter(pk=row.id).first()
    if row.history_type == REMOVED:
        return Undoing(row, refusal=BACK if stored is not None or last_deletion(row) is None else "")
    if stored is None:
        return Undoing(row, refusal=GONE)
    if row.history_type == ADDED:
        return Undoing(row, later=_later(row, differing(row, stored), stored))
    old = row_before(row)
    if old is None or old.history_type == REMOVED:
        return Undoing(row, refusal=NOTHING)
    changed = [item for item in differing(old, row) if _can_go_back(item, old)]
    if not changed:
        return Undoing(row, refusal=REVIEW_ALONE if differing(old, row) else NOTHING)
    values = {item.attname: getattr(old, item.attname) for item in changed}
    later = _later(row, changed, stored)
    is_done = not later and all(getattr(stored, name) == value for name, value in values.items())
    return Undoing(row, values, later, NOTHING if is_done else "")


def undo_edit(row: Any, opened_version: int, *, by: User, reason: str, kind: Way = Way.PAGE) -> None:
    """Undo one edit as a new version: its fields alone go back.

    What it added is removed, what it removed comes back with what went along. ``opened_version`` is the
    version of the record that the person saw, 0 for one that is gone. Raises ValidationError where a later
    edit touched the same fields or a rule stands against it, StaleVersion when someone changed the record
    since it was seen.
    """
    plan = plan_undo(row)
    if not plan.is_possible:
        raise ValidationError(plan.explanation)
    seen: Record = row.instance
    seen.version = opened_version
    with recording(by=by, reason=reason, kind=kind):
        if row.history_type == REMOVED:
            restore_deleted(row)
        elif row.history_type == ADDED:
            remove(seen)
        else:
            correct(seen, plan.values)


def may_undo(user: User | AnonymousUser, change_set: ChangeSet) -> bool:
    """Researchers undo their own change sets and edits, editors anyone's, in each process that it touched."""
    return change_set.pk in undoable(user, [change_set])


def undoable(user: User | AnonymousUser, change_sets: Collection[ChangeSet]) -> set[int]:
    """The keys of those of some change sets that somebody may undo. One query, or two."""
    keys = {change_set.pk for change_set in change_sets}
    touched: dict[int, list[Process]] = defaultdict(list)
    for change in ProcessChange.objects.filter(change_set__in=keys).select_related("process"):
        touched[change.change_set_id].append(change.process)

    def may(permission: str, pk: int) -> bool:
        processes = touched.get(pk)
        if not processes:  # typing on a sheet, or a process that is gone
            return user.has_perm(permission) and not standing_of(user).hidden
        return all(may_in(user, permission, process) for process in processes)

    return {
        change_set.pk
        for change_set in change_sets
        if may("issues.delete_position", change_set.pk)
        or (change_set.user_id == user.pk and may("issues.add_position", change_set.pk))
    }


def _can_go_back(item: Any, old: Any) -> bool:
    """A review that was given can be taken back; one that was taken back is not given again."""
    return item.name not in REVIEW or old.reviewed_by_id is None


def _later(row: Any, fields: list[Any], stored: Record) -> list[tuple[str, Any]]:
    """Which of these fields no longer are as this row left them, each with the row that edited it last."""
    touched = [item for item in fields if getattr(stored, item.attname) != getattr(row, item.attname)]
    if not touched:
        return []
    found, previous = {}, row
    for later in rows_after(row):
        for item in touched:
            if getattr(later, item.attname) != getattr(previous, item.attname):
                found[str(item.verbose_name).capitalize()] = later
        previous = later
    return list(found.items())
