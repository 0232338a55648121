"""Archived copies: from the first snapshot of a source on, its archived copy is the newest of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.history import ADDED, CHANGED, REMOVED, Recording, before_closing
from issues.history.among import among
from issues.models import Snapshot, Source
from issues.queries.history.merged import last_versions
from issues.queries.history.record_history import with_before

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Copies:
    """How the archived copies of a source change: what differs of each, None to take it off, and new ones."""

    kept: Iterable[tuple[Snapshot, Mapping[str, Any] | None]] = ()
    new: Iterable[Snapshot] = ()


def keep_copies(source: Source, copies: Copies) -> None:
    """Have a source keep these copies, inside an open recording.

    Each carries the version that the person saw. Raises StaleVersion when someone changed one since,
    ValidationError, by field, where a rule is broken or a statement was read from a copy that is to go.
    """
    for snapshot, changes in copies.kept:
        if changes is None:
            remove(snapshot)
    for snapshot, changes in copies.kept:
        if changes:
            correct(snapshot, changes)
    for snapshot in copies.new:
        snapshot.source = source
        add(snapshot)


@before_closing
def show_the_newest(opened: Recording) -> None:
    """Have the sources of which a snapshot was written show the newest, and keep what they showed before.

    An address that was given by hand in the same sitting stays, and is kept as a snapshot of its own.
    """
    given = _given(opened)
    removed = {item.url: item.source_id for item in _of(opened, REMOVED)}
    touched = {item.source_id for item in (*_of(opened, ADDED), *_of(opened, CHANGED))} | given
    touched |= set(removed.values())
    for source in Source.objects.filter(pk__in=among(touched)) if touched else ():
        _show(source, set(removed), by_hand=source.pk in given)


def _of(opened: Recording, how: str) -> list[Any]:
    """The snapshots that were written in this way."""
    found: list[Any] = []
    for one in opened.written:
        if one.model is Snapshot and one.how == how:
            found += one.records or last_versions(Snapshot, one.keys).values()
    return found


def _given(opened: Recording) -> set[int]:
    """The sources with snapshots to which the sitting gave another archived copy than they had."""
    edited = opened.keys_of(Source, CHANGED)
    if not edited:
        return set()
    having = Snapshot.objects.filter(source__in=among(edited)).order_by().values("source")
    rows = Source.history.filter(change_set=opened.change_set, history_type=CHANGED, id__in=having)
    now, before = with_before(Source, set(rows.values_list("history_id", flat=True)), {})
    return {
        row.id for key, row in now.items() if key in before and row.archive_url != before[key].archive_url
    }


def _show(source: Source, removed: set[str], *, by_hand: bool) -> None:
    there: list[Any] = list(Snapshot.objects.filter(source=source))
    shown = source.archive_url
    if shown and shown not in removed and there and all(one.url != shown for one in there):
        there.append(add(Snapshot(source=source, url=shown)))
    if by_hand and shown:
        return
    # One of which the time is not known takes the place of none.
    newest = max(there, key=lambda one: (one.taken_at or NEVER, one.url == shown, one.pk), default=None)
    address = newest.url if newest else shown
    if address != shown:
        source.archive_url = address
        source.save()
