"""The people of a process: who spoke, reported or sat at a table in it, and when each of them last spoke."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from issues.domain.span import span
from issues.history import Record
from issues.models import Actor, Attendance, Office, Outcome, Participation, Person, Process
from issues.models.fields import Precision
from issues.queries.history.rows import newest
from issues.queries.pages.sources import statements_in
from issues.queries.pages.sources_as_recorded import stated_as_recorded
from issues.queries.reading.as_recorded import there
from issues.queries.reading.process import Reading


@dataclass(frozen=True)
class Said:
    """A statement without its words: by whom, by whose report, and when, as exactly as that is known.

    The day is the one on which it was said, else that of its occasion, else that on which it was printed.
    """

    pk: int
    speaker: int | None
    reporter: int | None
    day: date | None
    precision: str
    is_printed: bool

    @property
    def place(self) -> tuple[date, int]:
        """Its place in the order; what has no day stands before everything else."""
        return (span(self.day, self.precision).last if self.day else date.min, self.pk)


@dataclass
class Line:
    """A person in the list: the offices held, how much was said and reported, and what was said last."""

    person: Person
    offices: list[Office] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    reported: list[Said] = field(default_factory=list)

    @property
    def last(self) -> Said | None:
        """The last statement; None where there is none."""
        return self.said[0] if self.said else None


def said_in(reading: Reading) -> list[Said]:
    """What people said or reported in a process, the newest first. Two queries."""
    on = reading.known
    stated: QuerySet[Any] = (
        statements_in(reading.process) if on is None else stated_as_recorded(reading.process, on)
    )
    rows = (
        stated.filter(Q(speaker__isnull=False) | Q(reported_by_person__isnull=False))
        .order_by()
        .values_list(
            *("id", "speaker_id", "reported_by_person_id", "said_on", "said_on_precision", "occasion_id"),
            *("source__published_on", "source__published_on_precision"),
        )
    )
    found = [_said(reading, *row) for row in rows]
    return sorted(found, key=lambda item: item.place, reverse=True)


def _said(
    reading: Reading,
    pk: int,
    speaker: int | None,
    reporter: int | None,
    said_on: date | None,
    precision: str,
    occasion: int | None,
    printed_on: date | None,
    printed: str | None,
) -> Said:
    summit = reading.summits.get(occasion or 0)
    if said_on is not None:
        return Said(pk, speaker, reporter, said_on, precision, is_printed=False)
    if summit is not None:
        return Said(pk, speaker, reporter, summit.starts_on, summit.starts_on_precision, is_printed=False)
    is_printed = printed_on is not None
    return Said(pk, speaker, reporter, printed_on, printed or Precision.DAY, is_printed)


def people_in(reading: Reading, spoken: Iterable[Said]) -> dict[int, Person]:
    """By key, everyone whom the pages of a process name. Five queries, more where somebody is gone.

    Who was merged since is the keeper, under both keys.
    """
    keys = {key for item in spoken for key in (item.speaker, item.reporter)}
    at = {"summit_id__in": list(reading.summits)}
    keys |= _column(Attendance, "person_id", reading.known, **at)
    keys |= _column(Outcome, "according_to_person_id", reading.known, **at)
    organs = Actor.objects.filter(part_of__in=list(reading.actors)).values_list("pk", flat=True)
    keys |= _column(Office, "person_id", reading.known, actor_id__in=[*reading.actors, *organs])
    return there(Person.objects.all(), {key for key in keys if key is not None})


def lines_of(reading: Reading, spoken: Iterable[Said], readable: QuerySet[Process] | None) -> dict[int, Line]:
    """By the key of today, everyone in the list with what they said. As many queries whoever is in it."""
    people = people_in(reading, spoken)
    lines = {person.pk: Line(person) for person in sorted(people.values(), key=_called)}
    for item in spoken:
        if item.speaker in people:
            lines[people[item.speaker].pk].said.append(item)
        if item.reporter in people:
            lines[people[item.reporter].pk].reported.append(item)
    for pk, offices in offices_of(people, reading.known, readable).items():
        lines[pk].offices = offices
    return lines


def offices_of(
    people: Mapping[int, Person], known: datetime | None, readable: QuerySet[Process] | None
) -> dict[int, list[Office]]:
    """By the person of today, the posts that people hold or held, in order, each with its actor.

    ``readable`` are the processes whose actors may be named, None for all. Two queries, or three.
    """
    found: list[Office] = [
        getattr(row, "instance", row) for row in rows_of(Office, known, person_id__in=list(people))
    ]
    actors = there(Actor.objects.all(), {office.actor_id for office in found})
    if readable is not None:
        part = Participation.objects.filter(process__in=readable).order_by().values("actor")
        told = Actor.objects.filter(Q(pk__in=part) | Q(part_of__in=part), pk__in=list(actors))
        named = set(told.values_list("pk", flat=True))
        actors = {key: actor for key, actor in actors.items() if actor.pk in named}
    offices: dict[int, list[Office]] = defaultdict(list)
    for office in sorted(found, key=lambda one: (one.since or date.min, one.until or date.max, one.title)):
        if office.actor_id in actors:
            office.actor = actors[office.actor_id]
            offices[people[office.person_id].pk].append(office)
    return offices


def rows_of(model: type[Record], known: datetime | None, **only: Any) -> QuerySet[Any]:
    """The records of a kind as they are, or their versions as known at a time."""
    return model._default_manager.filter(**only) if known is None else newest(model, known, **only)


def _column(model: type[Record], name: str, known: datetime | None, **only: Any) -> set[int | None]:
    return set(rows_of(model, known, **only).order_by().values_list(name, flat=True))


def _called(person: Person) -> str:
    return person.name.casefold()
