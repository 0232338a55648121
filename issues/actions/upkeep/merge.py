"""Merging duplicates: everything that refers to the others refers to the keeper, and the others go."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError

from issues.actions.record.correct import remove
from issues.actions.rules.check import breaches
from issues.history import Record, Way, locked, recording
from issues.models import Actor, Person, Source
from issues.queries.upkeep.merge_plan import Plan, names_moved, plan_merge, words_for
from issues.user import User

R = TypeVar("R", bound=Record)

MERGEABLE: tuple[type[Record], ...] = (Actor, Person, Source)
MOST = 5


def merge(
    keeper: R,
    losers: Sequence[R],
    *,
    by: User | None,
    reason: str,
    stands: Mapping[str, int] | None = None,
    kind: Way = Way.ADMIN,
) -> R:
    """Merge duplicates into one and return it. One change set, which can be undone.

    Each record carries the version that the person saw. ``stands`` says of a clash, by its key, which row
    stays; the others are removed and stay in the history. Raises StaleVersion when someone changed one of
    the records since, ValidationError, with names, where a clash is left open or a rule stands against it.
    """
    _check_asked(keeper, losers)
    with recording(by=by, reason=reason, kind=kind):
        group = {
            record.pk: locked(type(keeper), record.pk, record.version)
            for record in sorted([keeper, *losers], key=lambda record: int(record.pk))
        }
        kept = group.pop(keeper.pk)
        plan = plan_merge(kept, list(group.values()), lock=True)
        _refuse(plan, stands or {})
        moved = _move(plan, stands or {})
        for loser in group.values():
            remove(loser)
        for name, value in plan.joined.items():
            setattr(kept, name, value)
        kept.full_clean()
        kept.save()  # a version though nothing of it changed: by it the others lead on to it
        _check_rules([kept, *moved])
    return kept


def _check_asked(keeper: Record, losers: Sequence[Record]) -> None:
    keys = {record.pk for record in losers}
    if not losers or keeper.pk in keys or len(keys) != len(losers) or len(losers) >= MOST:
        raise ValidationError(f"Choose 2 to {MOST} different records, and one of them to keep.")


def _refuse(plan: Plan, stands: Mapping[str, int]) -> None:
    """Raise ValidationError with everything that stands against the merge."""
    found = list(plan.bars)
    for clash in plan.open_clashes(stands):
        rows = " and ".join(f"“{words_for(row)}”" for row in clash.rows)
        what = "say which stands" if clash.may_choose else "change or remove one of them first"
        found.append(f"Both cannot stay: {rows}; {what}.")
    if found:
        raise ValidationError(found)


def _move(plan: Plan, stands: Mapping[str, int]) -> list[Record]:
    """Remove the rows that give way, then let the others refer to the keeper. Returns those."""
    leaving = plan.leaving(stands)
    gone = {(type(row), row.pk) for row in leaving}
    moved: dict[tuple[type[Record], int], Record] = {
        (type(row), row.pk): row
        for moving in plan.moving
        for row in moving.rows
        if (type(row), row.pk) not in gone
    }
    losers = {loser.pk for loser in plan.losers}
    for row in leaving:
        row.delete()
    for row in moved.values():
        for name in names_moved(row, plan.keeper, losers):
            setattr(row, name, plan.keeper)
        row.save()
    return list(moved.values())


def _check_rules(records: Sequence[Record]) -> None:
    """Raise ValidationError with what is wrong with any of these records now."""
    found = [f"{words_for(record)}: {message}" for record in records for _, message in breaches(record)]
    if found:
        raise ValidationError(found)
