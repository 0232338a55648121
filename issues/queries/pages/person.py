"""One of the people of a process: the offices held, the tables sat at, and everything said, in order."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from issues.history import among
from issues.models import Actor, Attendance, Evidence, Issue, Outcome, Person, Process, Statement, Summit
from issues.models.position import Stance
from issues.queries.history.owners import held_by
from issues.queries.old_addresses import called_then
from issues.queries.pages.people import Said, offices_of, people_in, rows_of, said_in
from issues.queries.pages.sources import told
from issues.queries.pages.sources_as_recorded import told_as_recorded
from issues.queries.reading.as_recorded import there
from issues.queries.reading.process import Reading


@dataclass
class Profile:
    """Someone in a process, now or as known: what was said and what was reported, the newest first.

    ``issues`` are those on which each statement bears, by the key of the statement; ``supports`` whether a
    position rests on anything that was said.
    """

    person: Person
    said: list[Said]
    reported: list[Said]
    issues: dict[int, frozenset[int]]
    offices: list[Any] = field(default_factory=list)
    seats: list[tuple[Summit, Actor]] = field(default_factory=list)
    supports: bool = False

    def by_issue(self, reading: Reading, spoken: Sequence[Said]) -> list[tuple[Issue, int]]:
        """The issues on which some of it bears, in the order of the process, with how much does."""
        counts = Counter(issue for item in spoken for issue in self.issues.get(item.pk, ()))
        return [(issue, counts[pk]) for pk, issue in reading.issues.items() if counts[pk]]

    def on_none(self, spoken: Sequence[Said]) -> int:
        """How much of it bears on no issue."""
        return sum(not self.issues.get(item.pk) for item in spoken)


def profile_of(reading: Reading, slug: str, readable: QuerySet[Process] | None) -> Profile | None:
    """Someone by the slug of now or of the time that is asked about; None for nobody of this process.

    ``readable`` are the processes whose actors may be named, None for all. Ten queries beside the reading,
    more where somebody is gone.
    """
    spoken = said_in(reading)
    people = people_in(reading, spoken)
    key = called_then(Person, slug, people, reading.known)
    if key is None:
        return _without_words(reading.process, slug)
    person = people[key]
    keys = {one: record for one, record in people.items() if record.pk == person.pk}
    said = [item for item in spoken if item.speaker in keys]
    reported = [item for item in spoken if item.reporter in keys]
    issues, supporting = _bearing_of(reading, {item.pk for item in (*said, *reported)})
    return Profile(
        person=person,
        said=said,
        reported=reported,
        issues=issues,
        supports=any(item.pk in supporting for item in said),
        offices=offices_of(keys, reading.known, readable).get(person.pk, []),
        seats=_seats(reading, keys),
    )


def _without_words(process: Process, slug: str) -> Profile | None:
    """Someone whom the process named once, and of whom nothing is left in it but a history."""
    person = Person.objects.filter(slug=slug).first()
    if person is None or process.pk not in held_by(Person, person.pk):
        return None
    return Profile(person, [], [], {})


def words_of(reading: Reading, spoken: Sequence[Said]) -> list[tuple[Said, Any]]:
    """The statements behind these, in their order, each with what rests on it. As many queries for all."""
    keys = [item.pk for item in spoken]
    process = reading.process
    statements: Collection[Statement] = (
        told(Statement.objects.filter(pk__in=keys), process)
        if reading.known is None
        else told_as_recorded(keys, process, reading.known)
    )
    by_key = {statement.pk: statement for statement in statements}
    return [(item, by_key[item.pk]) for item in spoken if item.pk in by_key]


def _bearing_of(reading: Reading, statements: set[int]) -> tuple[dict[int, frozenset[int]], set[int]]:
    """By statement, the issues of the positions and outcomes for which it is evidence; and which support a
    position."""
    of_position = {entry.id: entry.issue for entry in reading.entries}
    outcomes = rows_of(Outcome, reading.known, summit_id__in=list(reading.summits))
    of_outcome = dict(outcomes.order_by().values_list("id", "issue_id"))
    issues: dict[int, set[int]] = defaultdict(set)
    supporting = set()
    evidence = rows_of(Evidence, reading.known, statement_id__in=among(statements))
    for statement, position, outcome, stance in evidence.values_list(
        "statement_id", "position_id", "outcome_id", "stance"
    ):
        issue = of_position.get(position or 0) or of_outcome.get(outcome or 0)
        if issue is not None and issue in reading.issues:
            issues[statement].add(issue)
        if position in of_position and stance == Stance.SUPPORTS:
            supporting.add(statement)
    return {statement: frozenset(found) for statement, found in issues.items()}, supporting


def _seats(reading: Reading, keys: Collection[int]) -> list[tuple[Summit, Actor]]:
    """The tables that someone sat at, the newest first, and for whom."""
    at = {"summit_id__in": list(reading.summits), "person_id__in": list(keys)}
    rows = rows_of(Attendance, reading.known, **at).values_list("summit_id", "actor_id")
    sat = dict.fromkeys(rows)
    actors = there(Actor.objects.all(), {actor for _, actor in sat})
    place = {pk: number for number, pk in enumerate(reading.summits)}
    newest = sorted(sat, key=lambda seat: place[seat[0]], reverse=True)
    return [(reading.summits[summit], actors[actor]) for summit, actor in newest if actor in actors]
