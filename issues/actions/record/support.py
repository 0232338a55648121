"""A record with what hangs on it: evidence, on record or added with its source, ties, archived copies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.actions.record.new import add_source
from issues.actions.record.short_ids import event_ref, outcome_ref, statement_ref
from issues.actions.record.snapshots import Copies, keep_copies
from issues.actions.record.ties import Tied, tie, untie
from issues.actions.rules.check import check_finished
from issues.history import Record, StaleVersion, locked, recording
from issues.models import Event, Evidence, Outcome, Position, Source, Statement
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


@dataclass(frozen=True)
class Beside:
    """What is corrected beside the fields of a record: its evidence, its ties, its archived copies."""

    resting: Resting | None = None
    tied: Tied | None = None
    copies: Copies | None = None


def record_target(target: Outcome | Event, beside: Beside, *, by: User, reason: str) -> None:
    """Store a new outcome or event with its evidence. Raises ValidationError, by field."""
    with recording(by=by, reason=reason):
        if isinstance(target, Outcome):
            target.ref = outcome_ref(target.summit)
        else:
            target.ref = event_ref(target.process, target.title)
        add(target)
        if beside.resting is not None:
            _rest(target, beside.resting)
        if beside.tied is not None:
            tie(target, beside.tied)


def correct_record(
    record: Record, changes: Mapping[str, Any], beside: Beside, *, by: User, reason: str
) -> None:
    """Correct a record and what hangs on it, in one change set.

    Ties go before its own fields are changed and come after, so that words that were signed by several may
    become those of one who reports them, and back. Raises StaleVersion when someone changed one of them
    since, ValidationError, by field, for a broken rule.
    """
    with recording(by=by, reason=reason):
        if beside.tied is not None:
            untie(record, beside.tied)
        current: Any = correct(record, changes, alone=False)
        if beside.tied is not None:
            tie(current, beside.tied)
        if beside.resting is not None:
            _rest(current, beside.resting)
        if beside.copies is not None:
            keep_copies(current, beside.copies)
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
