"""Merging duplicates: everything that refers to the others refers to the keeper, and the others go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from issues.actions.record.correct import remove
from issues.actions.record.log import add
from issues.actions.rules.check import standing_breaches
from issues.actions.rules.stored import stored_together
from issues.history import Record, Way, change_many, locked, recording
from issues.models import Snapshot, Source, Statement
from issues.queries.upkeep.merge_clashes import HANDS_OVER
from issues.queries.upkeep.merge_fields import copies, wrong_choices
from issues.queries.upkeep.merge_plan import Plan, columns_moved, plan_merge, words_for
from issues.user import User

R = TypeVar("R", bound=Record)
Changes = dict[type[Record], dict[int, dict[str, Any]]]

MOST = 5


def merge(
    keeper: R,
    losers: Sequence[R],
    *,
    by: User | None,
    reason: str,
    stands: Mapping[str, int] | None = None,
    fields: Mapping[str, int] | None = None,
    kind: Way = Way.ADMIN,
) -> R:
    """Merge duplicates into one and return it. One change set, which can be undone.

    Each record carries the version that the person saw. ``stands`` says of a clash, by its key, which row
    stays; the others are removed and stay in the history. ``fields`` says of a field in which the records
    differ, by its name, the key of the one whose value stands: the keeper's where nothing is said. Raises
    StaleVersion when someone changed one of the records since, ValidationError, with names, where a clash is
    left open, a field is none of those that are offered, or a rule stands against it.
    """
    check_asked(keeper, losers)
    with recording(by=by, reason=reason, kind=kind):
        group = {
            record.pk: locked(type(keeper), record.pk, record.version)
            for record in sorted([keeper, *losers], key=lambda record: int(record.pk))
        }
        kept = group.pop(keeper.pk)
        others = [group[loser.pk] for loser in losers]
        plan = plan_merge(kept, others, fields=fields, lock=True)
        _refuse(plan, stands or {}, fields or {})
        moved = _move(plan, stands or {})
        for loser in others:
            remove(loser)
        every: list[Any] = [kept, *others]
        archived = copies(every) if isinstance(kept, Source) else []
        for name, value in plan.joined.items():
            setattr(kept, name, value)
        kept.full_clean()
        kept.save()  # a version though nothing of it changed: by it the others lead on to it
        _keep_copies(kept, archived)
        _check_rules([kept, *(row for model, keys in moved.items() for row in stored_together(model, keys))])
    return kept


def check_asked(keeper: Record, losers: Sequence[Record]) -> None:
    """Raise ValidationError unless these are some different records, few enough to be looked at."""
    keys = {record.pk for record in losers}
    if not losers or keeper.pk in keys or len(keys) != len(losers) or len(losers) >= MOST:
        raise ValidationError(f"Choose 2 to {MOST} different records, and one of them to keep.")


def _refuse(plan: Plan, stands: Mapping[str, int], fields: Mapping[str, int]) -> None:
    """Raise ValidationError with everything that stands against the merge."""
    found = [*plan.bars, *wrong_choices(plan.choices, fields)]
    for clash in plan.open_clashes(stands):
        rows = " and ".join(f"“{words_for(row)}”" for row in clash.rows)
        what = "say which stands" if clash.may_choose else "change or remove one of them first"
        found.append(f"Both cannot stay: {rows}; {what}.")
    if found:
        raise ValidationError(found)


def _move(plan: Plan, stands: Mapping[str, int]) -> dict[type[Record], list[int]]:
    """Remove the rows that give way, then let the others refer to the keeper. Returns those, by kind.

    A few statements for each kind of row, however many there are.
    """
    leaving = plan.leaving(stands)
    gone = {(type(row), row.pk) for row in leaving}
    losers = {loser.pk for loser in plan.losers}
    changes: Changes = defaultdict(dict)
    seen: dict[type[Record], dict[int, int]] = defaultdict(dict)
    for model, rows in plan.rows.items():
        for pk, row in rows.items():
            if (model, pk) not in gone:
                changes[model][pk] = dict.fromkeys(columns_moved(row, plan.keeper, losers), plan.keeper.pk)
                seen[model][pk] = row.version
    for pk, ref in plan.refs.items():
        changes[Statement][pk]["ref"] = ref
    # Before the rows go on which they rest.
    for model in _hand_over(plan, stands, changes, seen):
        change_many(model, changes[model], seen[model])
    for row in leaving:
        row.delete()
    for model in changes.keys() - {model for model, _ in HANDS_OVER.values()}:
        change_many(model, changes[model], seen[model])
    return {model: list(rows) for model, rows in changes.items()}


def _hand_over(
    plan: Plan, stands: Mapping[str, int], changes: Changes, seen: dict[type[Record], dict[int, int]]
) -> list[type[Record]]:
    """Let what rests on a row that goes rest on the one that stands; returns the kinds that do so."""
    for clash in plan.clashes:
        standing = clash.standing(stands)
        if standing is None or type(standing) not in HANDS_OVER:
            continue
        model, name = HANDS_OVER[type(standing)]
        going = [row.pk for row in clash.rows if row is not standing]
        resting = model._default_manager.filter(**{f"{name}__in": going}).order_by()
        for pk, version in resting.values_list("pk", "version"):
            changes[model].setdefault(pk, {})[f"{name}_id"] = standing.pk
            seen[model][pk] = version
    return [model for model in dict.fromkeys(model for model, _ in HANDS_OVER.values()) if model in changes]


def _keep_copies(kept: Any, archived: Sequence[str]) -> None:
    """Keep the archived copies of all of them as snapshots where there are several."""
    there = set(Snapshot.objects.filter(source=kept.pk).values_list("url", flat=True)) if archived else set()
    for address in archived:
        if address not in there:
            add(Snapshot(source=kept, url=address))


def _check_rules(records: Iterable[Record]) -> None:
    """Raise ValidationError with what is wrong with any of these records now."""
    found = [
        f"{words_for(record)}: {message}" for record in records for _, message in standing_breaches(record)
    ]
    if found:
        raise ValidationError(found)
