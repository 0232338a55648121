"""The steps of the actions, each as an act of its own: what a page does with one of them."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from issues.actions.record import correct as correcting
from issues.actions.record import log, new
from issues.actions.rules.check import check_finished
from issues.actions.scenarios import build
from issues.actions.take_back import restore
from issues.history import Way, recording
from issues.history.recording import _open
from issues.models import Actor, Evidence, Issue, Position, PositionLink, Statement, Summit
from issues.user import User


def _sitting(by: User | None, reason: str, kind: Way) -> AbstractContextManager[Any]:
    """A recording, or the one that is open."""
    return nullcontext() if _open.get() else recording(by=by, reason=reason, kind=kind)


@contextmanager
def apart() -> Iterator[None]:
    """What is done inside begins with no recording open, as a request on a server does."""
    token = _open.set(None)
    try:
        yield
    finally:
        _open.reset(token)


def add(record: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> Any:
    with _sitting(by, reason, kind):
        return log.add(record)


def correct(record: Any, changes: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> Any:
    with _sitting(by, reason, kind):
        return correcting.correct(record, changes)


def remove(record: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> None:
    with _sitting(by, reason, kind):
        correcting.remove(record)


def log_position(
    *,
    issue: Issue,
    actor: Actor,
    summit: Summit,
    statements: Iterable[Statement] = (),
    linked_issues: Iterable[Issue] = (),
    by: User | None,
    reason: str,
    kind: Way = Way.PAGE,
    **fields: Any,
) -> Position:
    """A position with the statements that it rests on and the issues that it is tied to."""
    position = Position(issue=issue, actor=actor, summit=summit, **fields)
    with _sitting(by, reason, kind):
        log.add(position)
        for statement in statements:
            log.add(Evidence(statement=statement, position=position))
        for linked in linked_issues:
            log.add(PositionLink(position=position, issue=linked))
        check_finished(position)
    return position


def restore_deleted(row: Any, *, by: User | None, reason: str, kind: Way = Way.ADMIN) -> Any:
    with _sitting(by, reason, kind):
        return restore.restore_deleted(row)


def add_other(found: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE, name: str = "Other") -> Any:
    with _sitting(by, reason, kind):
        return build.add_other(found, name=name)


def add_summit(summit: Any, *, by: User | None, reason: str) -> Any:
    with _sitting(by, reason, Way.PAGE):
        return new.add_summit(summit)


def add_source(source: Any, *, by: User | None, reason: str) -> Any:
    with _sitting(by, reason, Way.PAGE):
        return new.add_source(source)
