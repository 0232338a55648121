"""The steps of the actions, each as an act of its own: what a page does with one of them."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from issues.actions.record import correct as correcting
from issues.actions.record import log, new
from issues.actions.scenarios import build
from issues.actions.take_back import restore
from issues.history import Way, recording
from issues.history.recording import _open
from issues.user import User


def _sitting(by: User | None, reason: str, kind: Way) -> AbstractContextManager[Any]:
    """A recording, or the one that is open."""
    return nullcontext() if _open.get() else recording(by=by, reason=reason, kind=kind)


def add(record: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> Any:
    with _sitting(by, reason, kind):
        return log.add(record)


def correct(record: Any, changes: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> Any:
    with _sitting(by, reason, kind):
        return correcting.correct(record, changes)


def remove(record: Any, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> None:
    with _sitting(by, reason, kind):
        correcting.remove(record)


def log_position(*, by: User | None, reason: str, kind: Way = Way.PAGE, **said: Any) -> Any:
    with _sitting(by, reason, kind):
        return log.log_position(**said)


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
