"""Corrected placements: where our record of a position, or of its option's value, was edited afterwards."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issues.history import ChangeSet
from issues.models import Option, Position


@dataclass(frozen=True)
class Correction:
    """One edit that changed where a position lies: from ``was`` to ``now``, None for nowhere."""

    time: datetime
    change_set: ChangeSet
    was: float | None
    now: float | None


def corrections(
    positions: Collection[Position], until: datetime | None = None
) -> dict[int, list[Correction]]:
    """The corrections of these positions' placements, oldest first, by position.

    The first version of a position is no correction of anything, nor is an edit that leaves it in place.
    At most two queries, and none where nothing was edited.
    """
    edited = {
        position.pk
        for position in positions
        if position.version > 1 or (position.option is not None and position.option.version > 1)
    }
    versions = _by_id(_rows(Position, edited, until)) if edited else {}
    chosen = {row.option_id for rows in versions.values() for row in rows if row.option_id}
    options = _by_id(_rows(Option, chosen, until)) if chosen else {}
    found = {pk: _of_position(rows, options) for pk, rows in versions.items()}
    return {pk: edits for pk, edits in found.items() if edits}


def _of_position(versions: list[Any], options: dict[int, list[Any]]) -> list[Correction]:
    """Walk the edits of a position and of its options in the order in which they were made."""
    of_options = [row for pk in {row.option_id for row in versions} for row in options.get(pk, [])[1:]]
    edits = sorted([*versions, *of_options], key=lambda row: (row.history_date, row.history_id))
    found: list[Correction] = []
    current: Any = None
    before: float | None = None
    for edit in edits:
        if edit.instance_type is Position:
            is_first, current = current is None, edit
        elif current is None:
            continue
        now = _placement(current, options, edit.history_date)
        if not is_first and now != before and edit.history_type != "-":
            found.append(Correction(edit.history_date, edit.change_set, before, now))
        is_first, before = False, now
    return found


def _placement(version: Any, options: dict[int, list[Any]], on: datetime) -> float | None:
    """Where a version of a position lay at a time; an option is taken as first recorded before that."""
    if version.value is not None:
        return float(version.value)
    rows = options.get(version.option_id, [])
    then = [row for row in rows if row.history_date <= on] or rows[:1]
    return float(then[-1].value) if then else None


def _rows(model: type[Position] | type[Option], pks: set[int], until: datetime | None) -> Iterable[Any]:
    rows = model.history.filter(id__in=pks).select_related("change_set")
    if until is not None:
        rows = rows.filter(history_date__lte=until)
    ordered: Iterable[Any] = rows.order_by("history_date", "history_id")
    return ordered


def _by_id(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return found
