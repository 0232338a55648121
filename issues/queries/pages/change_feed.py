"""The change feed: what the fold says of every position of a process, the newest summit first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from issues.domain.change import Change
from issues.history import among
from issues.models import Evidence, Person, Position, Process, Statement, Track
from issues.models.position import Stance
from issues.queries.history.rows import history, newest
from issues.queries.reading.as_recorded import there
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


def positions_saying(words: Q, reading: Reading) -> RawSQL:
    """The keys of the positions that statements with these words are evidence of, now or as known."""
    return _resting_on(words, reading, Q())


def positions_resting_on(statements: Q, reading: Reading) -> RawSQL:
    """The keys of the positions that such statements support, now or as known; what disputes is left out."""
    return _resting_on(statements, reading, Q(stance=Stance.SUPPORTS))


def _resting_on(statements: Q, reading: Reading, how: Q) -> RawSQL:
    """Of the evidence of this process alone, whose keys are read before: words are compared, and elsewhere
    there are many more. Two queries, as known three."""
    rows: QuerySet[Any]
    if reading.known is None:
        rows = Evidence.objects.filter(how, position__issue__process=reading.process).order_by()
        said: QuerySet[Any] = Statement.objects.filter(statements).order_by()
    else:
        held = newest(Position, reading.known, issue_id__in=list(reading.issues)).values_list("id", flat=True)
        rows = newest(Evidence, reading.known, position_id__in=among(held)).filter(how)
        said = newest(Statement, reading.known).filter(statements)
    evidence = list(rows.values_list("position_id", "statement_id"))
    these = said.filter(id__in=among({statement for _, statement in evidence}))
    found = set(these.values_list("id", flat=True))
    return among({position for position, statement in evidence if statement in found})


@dataclass(frozen=True)
class Speaker:
    """Someone on whose words a position rests, with the keys under which the statements name them."""

    person: Person
    keys: frozenset[int]


def speakers(reading: Reading) -> list[Speaker]:
    """On whose words the positions of a process rest, by name; as known at a time, on whose they rested.

    One query; as known at a time two, and more where somebody is gone since.
    """
    if reading.known is None:
        cited = Evidence.objects.filter(position__issue__process=reading.process, stance=Stance.SUPPORTS)
        spoke = Statement.objects.filter(pk__in=cited.order_by().values("statement"))
        people = Person.objects.filter(pk__in=spoke.order_by().values("speaker"))
        return [Speaker(person, frozenset({person.pk})) for person in people.order_by("name", "pk")]
    positions = newest(Position, reading.known, issue_id__in=list(reading.issues)).values("id")
    evidence = newest(Evidence, reading.known, stance=Stance.SUPPORTS, position_id__in=positions)
    said = evidence.values("statement_id")
    then = newest(Statement, reading.known, id__in=said, speaker_id__isnull=False)
    found = there(Person.objects.all(), set(then.values_list("speaker_id", flat=True)))
    people_by_key = {person.pk: person for person in found.values()}
    keys = {pk: frozenset(key for key, one in found.items() if one.pk == pk) for pk in people_by_key}
    return [Speaker(one, keys[one.pk]) for one in sorted(people_by_key.values(), key=lambda one: one.name)]


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
