"""Storing what was said, inside an open recording."""

from typing import TypeVar

from issues.actions.rules.check import check, check_finished
from issues.domain.scale import FEWEST_OPTIONS
from issues.history import Record
from issues.models import Option

R = TypeVar("R", bound=Record)


def add(record: R, *, alone: bool = True) -> R:
    """Store one new record, inside an open recording. Raises ValidationError, by field, for a broken rule.

    Where it is not ``alone``, others are stored beside it, and whoever calls checks them together at the end.
    """
    check(record)
    record.save()
    if alone and isinstance(record, Option) and record.issue.options.count() > FEWEST_OPTIONS:
        check_finished(record.issue)  # it may be one too many
    return record
