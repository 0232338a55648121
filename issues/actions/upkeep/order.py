"""Putting the issues of a process in order."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError

from issues.actions.record.correct import correct
from issues.history import Way, recording
from issues.models import Issue
from issues.user import User


def arrange(
    issues: Sequence[Issue], order: Mapping[int, int], *, by: User | None, reason: str, kind: Way = Way.PAGE
) -> list[Issue]:
    """Give issues their place in the order, in one change set. Returns those whose place changed.

    ``order`` has the place by key; each issue carries the version that the person saw. Raises StaleVersion
    when someone changed one of them since, ValidationError, with its name, when a rule stands against it.
    """
    with recording(by=by, reason=reason, kind=kind):
        return [
            _place(issue, order[issue.pk])
            for issue in issues
            if order.get(issue.pk, issue.order) != issue.order
        ]


def _place(issue: Issue, place: int) -> Issue:
    try:
        return correct(issue, {"order": place})
    except ValidationError as error:
        raise ValidationError([f"{issue}: {message}" for message in error.messages]) from error
