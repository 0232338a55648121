"""The change feed: what the fold says of every position of a process, the newest summit first."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from issues.domain.change import Change
from issues.models import Evidence, Position, Process, Statement, Track
from issues.queries.history.rows import history, newest
from issues.queries.reading.process import Reading

CHANGES_A_PAGE = 50

Wants = Callable[[Change], bool]


def matching(reading: Reading, wants: Wants, stored: QuerySet[Position] | None = None) -> list[Change]:
    """The changes that are wanted, of the stored positions or of all: newest summit first.

    Within an occasion they come in the order of issues and actors. One query where ``stored`` is given.
    """
    kept = None if stored is None else set(stored.order_by().values_list("id", flat=True))
    actors = {item.actor_id: place for place, item in enumerate(reading.participations)}
    issues = {pk: place for place, pk in enumerate(reading.issues)}
    summits = {pk: -place for place, pk in enumerate(reading.summits)}
    return sorted(
        (
            change
            for change in reading.whole.changes
            if (kept is None or change.entry.id in kept) and change.entry.actor in actors and wants(change)
        ),
        key=lambda change: (
            summits[change.entry.occasion],
            issues[change.entry.issue],
            actors[change.entry.actor],
        ),
    )


def positions_of(reading: Reading) -> QuerySet[Any]:
    """The positions of a process to narrow: as stored, or the versions of each as known."""
    if reading.known is not None:
        return newest(Position, reading.known, issue_id__in=list(reading.issues))
    return Position.objects.filter(issue__process=reading.process)


def positions_saying(words: Q, known: datetime | None) -> QuerySet[Any]:
    """The keys of the positions that statements with these words are evidence of, now or as known."""
    if known is None:
        said = Statement.objects.filter(words).order_by().values("pk")
        return Evidence.objects.filter(statement__in=said, position__isnull=False).values("position")
    then = newest(Statement, known).filter(words).values("id")
    evidence = newest(Evidence, known, position_id__isnull=False).filter(statement_id__in=then)
    return evidence.values("position_id")


def last_recorded(changes: Iterable[Change]) -> list[Change]:
    """The same changes in the order in which they were recorded, the last first.

    A subscriber looks at the top: what is logged late of an old summit must be found there too.
    """
    return sorted(changes, key=lambda change: -change.entry.id)


def recorded_at(
    positions: Iterable[int], known: datetime | None = None
) -> dict[int, tuple[datetime, datetime]]:
    """When each position was first recorded and last edited, as known at a time, by key. One query."""
    rows = history(Position).filter(id__in=list(positions))
    if known is not None:
        rows = rows.filter(history_date__lte=known)
    times = rows.values("id").annotate(first=Min("history_date"), last=Max("history_date"))
    return {pk: (first, last) for pk, first, last in times.values_list("id", "first", "last")}


def begun_at(process: Process) -> datetime | None:
    """When a process was first recorded; None where it has no history. One query."""
    first: datetime | None = history(Process).filter(id=process.pk).aggregate(at=Min("history_date"))["at"]
    return first


def tracks(process: Process) -> list[str]:
    """The names of the tracks of a process, for a list to choose from. One query."""
    return list(Track.objects.filter(process=process).order_by("name").values_list("name", flat=True))
