"""Bringing in the history that travels with a package: change sets with times and authors, and versions."""

from collections.abc import Collection
from typing import Any

from issues.history import ChangeSet, ProcessChange, Recording, among
from issues.importing.package import BroughtPast
from issues.importing.package.tables import Kind
from issues.queries.package.past import recorded_columns
from issues.user import User


def change_sets_of(past: BroughtPast, users: dict[int, User]) -> dict[int, ChangeSet]:
    """The change sets of a package, stored as they were made, by their number there."""
    found: dict[int, ChangeSet] = {}
    for number, one in sorted(past.change_sets.items()):
        user = users[one["contributor"]] if one["contributor"] is not None else None
        made = ChangeSet.objects.create(user=user, reason=one["reason"], kind=one["kind"])
        # Both are given on the first day of a change set; here it had that elsewhere.
        ChangeSet.objects.filter(pk=made.pk).update(time=one["time"], author=one["author"])
        found[number] = made
    for number, one in past.change_sets.items():
        if one["undone_by"] is not None:
            ChangeSet.objects.filter(pk=found[number].pk).update(undone_by=found[one["undone_by"]])
    return found


def versions_of(
    past: BroughtPast,
    kind: Kind,
    new: dict[int, dict[str, Any]],
    users: dict[int, User],
    sets: dict[int, ChangeSet],
) -> list[dict[str, Any]]:
    """The rows of the history of records that are new here, and of those that were deleted before."""
    people = [column.field.attname for column in recorded_columns(kind) if column.refers is User]
    is_new = {row["id"] for row in new.values()}
    is_here = _with_a_history(kind, {row["id"] for row in past.versions[kind]} - is_new)
    found = []
    for row in past.versions[kind]:
        if row["id"] in is_here:
            continue
        told = {name: users[row[name]].pk if row[name] is not None else None for name in people}
        found.append({**row, **told, "change_set": sets[row["change_set"]]})
    return found


def _with_a_history(kind: Kind, keys: Collection[int]) -> set[int]:
    """Those of these keys of which something is in the history here."""
    rows: Any = kind.history.filter(id__in=among(keys)).order_by()  # type: ignore[attr-defined]
    return set(rows.values_list("id", flat=True).distinct()) if keys else set()


def file_under(past: BroughtPast, process: int, sets: dict[int, ChangeSet]) -> None:
    """Note what each of the change sets did in the process."""
    ProcessChange.objects.bulk_create(
        ProcessChange(
            change_set=sets[one["change_set"]],
            process_id=process,
            written=one["written"],
            subject=one["subject"],
        )
        for one in past.filed
    )


def leave_a_trace(opened: Recording) -> ChangeSet:
    """Store the change set of the import itself, though every version was written by another."""
    return opened.change_set
