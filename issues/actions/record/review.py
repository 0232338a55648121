"""Reading a recorded position a second time: by someone else than its last editor."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.utils import timezone

from issues.actions.record.correct import REVIEW, correct
from issues.history import (
    ADDED,
    CHANGED,
    REMOVED,
    Record,
    Recording,
    Way,
    Written,
    among,
    before_closing,
    recording,
)
from issues.models import Evidence, Option, Position, PositionLink, Statement
from issues.models.position import Confidence
from issues.queries.history.names import differing
from issues.queries.history.record_history import with_before
from issues.user import User

# What a version says beside the review itself: the rest of the record.
_SAID = [
    field.attname
    for field in Position._meta.concrete_fields
    if field.name not in (*REVIEW, "version") and not field.primary_key
]


def last_editors(positions: Iterable[Position]) -> dict[int, int | None]:
    """By the key of a position, who changed what it says or rests on last; None for a command. Four queries.

    A review is no edit: it leaves what the position says as it was.
    """
    keys = {position.pk for position in positions}
    edits: dict[int, list[tuple[datetime, int, int | None]]] = {key: [] for key in keys}
    said: dict[int, tuple[object, ...]] = {}
    for row in (
        Position.history.filter(id__in=keys)
        .select_related("change_set")
        .order_by("history_date", "history_id")
    ):
        now = tuple(getattr(row, name) for name in _SAID)
        if said.get(row.id) != now:
            edits[row.id].append((row.history_date, 0, row.change_set.user_id))
        said[row.id] = now
    links = Evidence.history.filter(position_id__in=keys).select_related("change_set")
    tied = PositionLink.history.filter(position_id__in=keys).select_related("change_set")
    for number, rows in enumerate((links, tied), 1):
        for row in rows:
            edits[row.position_id].append((row.history_date, number, row.change_set.user_id))
    resting = defaultdict(set)
    for row in links:
        resting[row.statement_id].add(row.position_id)
    for row in Statement.history.filter(id__in=resting, history_type="~").select_related("change_set"):
        for key in resting[row.id]:
            edits[key].append((row.history_date, 3, row.change_set.user_id))
    return {key: max(some, key=lambda edit: edit[:2])[2] for key, some in edits.items() if some}


def mark_reviewed(
    positions: Sequence[Position], *, by: User, reason: str = "Reviewed.", kind: Way = Way.PAGE
) -> list[Position]:
    """Mark positions as reviewed, in one change set; those that are already stay as they are.

    Returns the positions that are reviewed now. Raises ValidationError, with their names, where this
    person edited some of them last: then none is marked.
    """
    waiting = [position for position in positions if position.reviewed_by_id is None]
    editors = last_editors(waiting)
    own = [str(position) for position in waiting if editors.get(position.pk) == by.pk]
    if own:
        raise ValidationError(
            {"reviewed_by": ["Someone else than the last editor must review: " + "; ".join(own)]}
        )
    now = timezone.now()
    with recording(by=by, reason=reason, kind=kind):
        return [_correct(position, {"reviewed_by": by, "reviewed_at": now}) for position in waiting]


def set_confidence(
    positions: Iterable[Position], confidence: Confidence, *, by: User, reason: str, kind: Way = Way.PAGE
) -> list[Position]:
    """Give positions this confidence, in one change set; each is a correction and takes back its review.

    Returns those whose confidence changed. Raises ValidationError without a reason or where a rule is
    broken, StaleVersion when someone changed one of them since.
    """
    with recording(by=by, reason=reason, kind=kind):
        return [
            _correct(position, {"confidence": confidence})
            for position in positions
            if position.confidence != confidence
        ]


def _correct(position: Position, changes: dict[str, Any]) -> Position:
    """Correct one of many; what is wrong is said with its name."""
    try:
        return correct(position, changes)
    except ValidationError as error:
        raise ValidationError([f"{position}: {message}" for message in error.messages]) from error


@before_closing
def take_back_reviews(opened: Recording) -> None:
    """Take back the review of every position whose evidence, linked issues or option's value were changed.

    So a correction clears a review by whichever way it comes. A position that was written itself speaks for
    itself: its correction has cleared the review, and its review or the undoing of one meant to set it.
    """
    touched = _touched(opened)
    if touched:
        touched -= opened.keys_of(Position)
    for position in _reviewed(among(touched)) if touched else ():
        position.reviewed_by, position.reviewed_at = None, None
        position.save()


def _reviewed(keys: Any) -> QuerySet[Position]:
    return Position.objects.filter(pk__in=keys, reviewed_by__isnull=False)


def _touched(opened: Recording) -> set[int]:
    """The positions beside which something was written that they say or rest on."""
    found: set[int] = set()
    for one in opened.written:
        found |= _beside(one, opened) if one.model in (Evidence, PositionLink) else set()
    # It may have been moved from another position.
    found |= {old.position_id for old, _ in _edits(opened, Evidence)} - {None}
    changed = [new.id for old, new in _edits(opened, Statement) if not _only_merged(opened, old, new)]
    if changed:
        resting = Evidence.objects.filter(statement__in=among(changed), position__isnull=False)
        found |= set(resting.values_list("position_id", flat=True))
    moved = [new.id for old, new in _edits(opened, Option) if old.value != new.value]
    if moved:
        found |= set(Position.objects.filter(option__in=moved).values_list("pk", flat=True))
    return found


def _beside(written: Written, opened: Recording) -> set[int]:
    """The positions on which evidence or a link was written; of very many those alone that are reviewed."""
    if written.records:
        said: Any = written.records
        return {item.position_id for item in said} - {None}
    rows = written.model.history.filter(change_set=opened.change_set, position_id__isnull=False)
    return set(_reviewed(rows.values("position_id")).values_list("pk", flat=True))


def _edits(opened: Recording, model: type[Record]) -> list[tuple[Any, Any]]:
    """The edits of one kind of record in a recording: the version before each, and the new one."""
    if not any(one.how == CHANGED and one.model is model for one in opened.written):
        return []
    rows = model.history.filter(change_set=opened.change_set, history_type=CHANGED)
    new, old = with_before(model, set(rows.values_list("history_id", flat=True)), {})
    return [(old[key], row) for key, row in new.items() if key in old]


def _only_merged(opened: Recording, old: Any, new: Any) -> bool:
    """Whether a statement says what it said, but of a record into which another was merged, or is no more."""
    return all(
        isinstance(field, ForeignKey)
        and (
            getattr(old, field.attname) in opened.keys_of(field.related_model, REMOVED)
            or getattr(new, field.attname) in opened.keys_of(field.related_model, ADDED)
        )
        for field in differing(old, new)
    )
