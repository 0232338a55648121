"""The change feed: what the fold says of every position of a process, the newest summit first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import Max, Min, QuerySet

from issues.domain.change import Change
from issues.models import Position, Process, Track
from issues.queries.pages.summit_brief import Told
from issues.queries.reading.process import Reading
from issues.queries.reading.words import with_words

CHANGES_A_PAGE = 50

Wants = Callable[[Change], bool]


def matching(reading: Reading, wants: Wants, stored: QuerySet[Position] | None = None) -> list[Change]:
    """The changes that are wanted, of the stored positions or of all: newest summit first.

    Within an occasion they come in the order of issues and actors. One query where ``stored`` is given.
    """
    kept = None if stored is None else set(stored.order_by().values_list("pk", flat=True))
    actors = {item.actor_id: place for place, item in enumerate(reading.participations)}
    issues = {pk: place for place, pk in enumerate(reading.issues)}
    summits = {pk: -place for place, pk in enumerate(reading.summits)}
    found = [
        change
        for change in reading.whole.changes
        if (kept is None or change.entry.id in kept) and change.entry.actor in actors and wants(change)
    ]
    return sorted(
        found,
        key=lambda change: (
            summits[change.entry.occasion],
            issues[change.entry.issue],
            actors[change.entry.actor],
        ),
    )


def told(reading: Reading, changes: Sequence[Change]) -> list[Told]:
    """These changes with the names and words that tell them. Four queries, six where any was corrected."""
    actors = {item.actor_id: item.actor for item in reading.participations}
    words = with_words((change.entry.id for change in changes), reading.known)
    summits = reading.summits
    return [
        Told(
            change=change,
            actor=actors[change.entry.actor],
            issue=reading.issues[change.entry.issue],
            summit=summits[change.entry.occasion],
            position=words[change.entry.id],
            at_table=summits[change.entry.occasion].parallel_to_id is None,
        )
        for change in changes
        if change.entry.id in words
    ]


def last_recorded(changes: Iterable[Change]) -> list[Change]:
    """The same changes in the order in which they were recorded, the last first.

    A subscriber looks at the top: what is logged late of an old summit must be found there too.
    """
    return sorted(changes, key=lambda change: -change.entry.id)


def recorded_at(positions: Iterable[int]) -> dict[int, tuple[datetime, datetime]]:
    """When each position was first recorded and last edited, by key. One query."""
    rows = Position.history.model.objects.filter(id__in=list(positions)).order_by()
    times = rows.values("id").annotate(first=Min("history_date"), last=Max("history_date"))
    return {pk: (first, last) for pk, first, last in times.values_list("id", "first", "last")}


def tracks(process: Process) -> list[str]:
    """The names of the tracks of a process, for a list to choose from. One query."""
    return list(Track.objects.filter(process=process).order_by("name").values_list("name", flat=True))
