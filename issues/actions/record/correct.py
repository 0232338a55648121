"""Correcting the record: an edit of what is recorded is never a move of the actor."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ProtectedError

from issues.actions.rules.check import check, check_finished, check_removal
from issues.history import Record, locked
from issues.models import Evidence, Issue, Position

R = TypeVar("R", bound=Record)

REVIEW = ("reviewed_by", "reviewed_at")
# What a piece of evidence supports, and whether it does.
SUPPORT = {"position", "position_id", "stance"}


def correct(record: R, changes: Mapping[str, Any], *, alone: bool = True) -> R:
    """Change some fields of a stored record, inside an open recording, and return it as it is then.

    Where it is not ``alone``, what hangs on it is stored beside it, and whoever calls checks it at the end.
    ``record`` carries the version that the person saw. Nothing is stored where nothing differs.
    A correction of a position takes back its review. Raises StaleVersion when someone changed the
    record since, ValidationError, by field, when a rule is broken.
    """
    current = locked(type(record), record.pk, record.version)
    differing = {name: value for name, value in changes.items() if getattr(current, name) != value}
    if not differing:
        return current
    if alone and isinstance(current, Evidence) and differing.keys() & SUPPORT:
        check_removal(current)  # what it supported so far loses it
    for name, value in differing.items():
        setattr(current, name, value)
    if isinstance(current, Position) and not differing.keys() & set(REVIEW):
        current.reviewed_by, current.reviewed_at = None, None
    check(current)
    if alone and not _awaits_options(current):
        check_finished(current)
    current.save()
    return current


def remove(record: Record, *, alone: bool = True) -> None:
    """Delete a record, inside an open recording; its history stays.

    Where it is not ``alone``, whoever calls has checked it with what goes and comes beside it.
    ``record`` carries the version that the person saw. What follows for reviews
    is in ``actions.review``. Raises StaleVersion when someone changed the record since, ValidationError
    where something rests on it.
    """
    current = locked(type(record), record.pk, record.version)
    if alone:
        check_removal(current)
    _delete(current)


def _delete(record: Record) -> None:
    try:
        record.delete()
    except ProtectedError as error:
        holding = sorted({f"{item._meta.verbose_name} “{item}”" for item in error.protected_objects})
        raise ValidationError(
            {NON_FIELD_ERRORS: [f"“{record}” is needed by {', '.join(holding[:5])}."]}
        ) from error


def _awaits_options(record: Record) -> bool:
    """An issue that has just got its scale: each option is added to it afterwards."""
    return isinstance(record, Issue) and record.has_scale and not record.options.exists()
