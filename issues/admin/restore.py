"""Bringing back an earlier version of a record."""

from typing import Any

from django.contrib.auth.models import User

from issues.actions.correct import REVIEW, correct
from issues.admin.wording import recorded_fields
from issues.history import Record, Way


def restore_version(row: Any, opened_version: int, *, by: User, reason: str) -> Record:
    """Correct the stored record to what this history row says of it.

    Raises StaleVersion when it is no longer at the version that the person compared with.
    """
    then: Record = row.instance
    then.version = opened_version
    fields = [field for field in recorded_fields(type(then)) if field.name not in REVIEW]
    values = {field.attname: getattr(then, field.attname) for field in fields}
    return correct(then, values, by=by, reason=reason, kind=Way.ADMIN)
