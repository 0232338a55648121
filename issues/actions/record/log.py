"""Recording what was said: a position with its evidence, in one change set."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from issues.actions.rules.check import NO_EVIDENCE, check, check_finished, needs_evidence
from issues.domain.scale import FEWEST_OPTIONS
from issues.history import Record
from issues.models import Actor, Evidence, Issue, Option, Position, PositionLink, Statement, Summit

R = TypeVar("R", bound=Record)


def log_position(
    *,
    issue: Issue,
    actor: Actor,
    summit: Summit,
    statements: Iterable[Statement] = (),
    linked_issues: Iterable[Issue] = (),
    **fields: Any,
) -> Position:
    """Store an actor's position on an issue at a summit, resting on these statements; in an open recording.

    ``fields`` are those of Position: state, option, value, summary, red_line and the rest. Raises
    ValidationError, by field, if a rule is broken or a stated position has no statement; then nothing
    is stored.
    """
    position = Position(issue=issue, actor=actor, summit=summit, **fields)
    resting_on = list(statements)
    check(position)
    if needs_evidence(position) and not resting_on:
        raise ValidationError({"evidence": NO_EVIDENCE})
    position.save()
    for statement in resting_on:
        add(Evidence(statement=statement, position=position))
    for linked in linked_issues:
        add(PositionLink(position=position, issue=linked))
    return position


def add(record: R, *, alone: bool = True) -> R:
    """Store one new record, inside an open recording. Raises ValidationError, by field, for a broken rule.

    Where it is not ``alone``, others are stored beside it, and whoever calls checks them together at the end.
    """
    check(record)
    record.save()
    if alone and isinstance(record, Option) and record.issue.options.count() > FEWEST_OPTIONS:
        check_finished(record.issue)  # it may be one too many
    return record
