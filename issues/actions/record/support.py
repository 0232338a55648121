"""What something rests on: statements linked to it, taken off it, or added with the source they are in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.actions.record.new import add_source
from issues.actions.record.short_ids import event_ref, outcome_ref, statement_ref
from issues.actions.rules.check import check_finished
from issues.history import Record, StaleVersion, locked, recording
from issues.models import Event, EventIssue, Evidence, Issue, Outcome, Position, Source, Statement
from issues.models.position import Stance
from issues.user import User

Target = Position | Outcome | Event


@dataclass(frozen=True)
class Support:
    """A statement, stored or new in a source that is stored or new, and whether it supports."""

    statement: Statement
    stance: Stance


@dataclass(frozen=True)
class Resting:
    """How the evidence changes: the stance of what is there, None to take it off, and what comes to it."""

    kept: Iterable[tuple[Evidence, Stance | None]] = ()
    new: Iterable[Support] = ()


def record_target(
    target: Outcome | Event, resting: Resting, *, issues: Iterable[Issue] = (), by: User, reason: str
) -> None:
    """Store a new outcome or event with its evidence. Raises ValidationError, by field."""
    with recording(by=by, reason=reason):
        if isinstance(target, Outcome):
            target.ref = outcome_ref(target.summit)
        else:
            target.ref = event_ref(target.process, target.title)
        add(target)
        _rest(target, resting)
        if isinstance(target, Event):
            _bear_on(target, {issue.pk: issue for issue in issues})


def correct_record(
    record: Record,
    changes: Mapping[str, Any],
    resting: Resting | None = None,
    *,
    issues: Iterable[Issue] | None = None,
    by: User,
    reason: str,
) -> None:
    """Correct a record, what it rests on and, of an event, the issues that it bears on, in one change set.

    Raises StaleVersion when someone changed one of them since, ValidationError, by field, for a broken rule.
    """
    with recording(by=by, reason=reason):
        if resting is None:
            correct(record, changes)
            return
        current: Any = correct(record, changes, alone=False)
        _rest(current, resting)
        if issues is not None:
            _bear_on(current, {issue.pk: issue for issue in issues})
        check_finished(current)


def _rest(target: Any, resting: Resting) -> None:
    """Add before taking off, so that what is exchanged never lacks its ground."""
    name, made = str(target._meta.model_name), dict[tuple[str, str], Source]()
    for item in resting.new:
        add(Evidence(statement=_stored(item.statement, made), stance=item.stance, **{name: target}))
    for evidence, stance in resting.kept:
        if getattr(locked(Evidence, evidence.pk, evidence.version), f"{name}_id") != target.pk:
            raise StaleVersion(evidence)
        if stance is None:
            remove(evidence, alone=False)
        else:
            correct(evidence, {"stance": stance}, alone=False)


def _stored(statement: Statement, made: dict[tuple[str, str], Source]) -> Statement:
    """A statement, stored now if it is new; ``made`` are the sources that were new a row before."""
    if not statement._state.adding:
        return statement
    if statement.source._state.adding:
        key = (statement.source.url or "", statement.source.title)
        statement.source = made.get(key) or add_source(statement.source)
        made[key] = statement.source
    statement.ref = statement_ref(statement.source)
    return add(statement)


def _bear_on(event: Event, wanted: Mapping[int, Issue]) -> None:
    there = {link.issue_id: link for link in event.event_issues.all()}
    for key, link in there.items():
        if key not in wanted:
            remove(link)
    for key, issue in wanted.items():
        if key not in there:
            add(EventIssue(event=event, issue=issue))
