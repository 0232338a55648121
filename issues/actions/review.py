"""Reading a recorded position a second time: by someone else than its last editor."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.actions.correct import REVIEW, correct
from issues.history import Way, recording
from issues.models import Position
from issues.models.position import Confidence

# What a version says beside the review itself: the rest of the record.
_SAID = [
    field.attname
    for field in Position._meta.concrete_fields
    if field.name not in (*REVIEW, "version") and not field.primary_key
]


def last_editors(positions: Iterable[Position]) -> dict[int, int | None]:
    """By the key of a position, who changed what it says last; None for a command. One query.

    A review is no edit: it leaves what the position says as it was.
    """
    editors: dict[int, int | None] = {}
    said: dict[int, tuple[object, ...]] = {}
    rows = Position.history.filter(id__in=[position.pk for position in positions])
    for row in rows.order_by("history_date", "history_id"):
        now = tuple(getattr(row, name) for name in _SAID)
        if said.get(row.id) != now:
            editors[row.id] = row.history_user_id
        said[row.id] = now
    return editors


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
        return [
            _correct(position, {"reviewed_by": by, "reviewed_at": now}, by, reason) for position in waiting
        ]


def set_confidence(
    positions: Iterable[Position], confidence: Confidence, *, by: User, reason: str, kind: Way = Way.PAGE
) -> list[Position]:
    """Give positions this confidence, in one change set; each is a correction and takes back its review.

    Returns those whose confidence changed. Raises ValidationError without a reason or where a rule is
    broken, StaleVersion when someone changed one of them since.
    """
    with recording(by=by, reason=reason, kind=kind):
        return [
            _correct(position, {"confidence": confidence}, by, reason)
            for position in positions
            if position.confidence != confidence
        ]


def _correct(position: Position, changes: dict[str, Any], by: User, reason: str) -> Position:
    """Correct one of many; what is wrong is said with its name."""
    try:
        return correct(position, changes, by=by, reason=reason)
    except ValidationError as error:
        raise ValidationError([f"{position}: {message}" for message in error.messages]) from error
