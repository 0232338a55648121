"""A summit: what changed there, what was agreed, who sat at the table, what is logged."""

from collections import Counter
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch, Q, QuerySet

from issues.domain.change import Change, ChangeKind, Direction
from issues.domain.coverage import Coverage, coverage
from issues.domain.fold import Folded
from issues.domain.measures import Measure, distance
from issues.domain.scale import IssueKind
from issues.models import Actor, Attendance, Event, Issue, Outcome, Process, Summit
from issues.models.fields import Precision
from issues.queries.pages.matrix import ACTORS_A_PAGE
from issues.queries.pages.matrix_cell import LINE_CHANGES
from issues.queries.pages.named_changes import NamedChange, named_changes
from issues.queries.reading.around_as_recorded import (
    attendance_as_recorded,
    events_as_recorded,
    outcomes_as_recorded,
)
from issues.queries.reading.process import Reading
from issues.queries.reading.words import evidence

# The order in which a brief tells the changes: what a reader must not miss comes first.
HEADINGS = (
    ("red_line", "Red lines"),
    ("jointly", "Agreed jointly"),
    (Direction.HARDENED, "Hardened"),
    (Direction.SOFTENED, "Softened"),
    (Direction.MIXED, "Mixed"),
    (ChangeKind.MOVED, "Moved"),
    (ChangeKind.WITHDRAWN, "Withdrawn"),
    (ChangeKind.NEW, "New"),
    (ChangeKind.PLACED, "Placed for the first time"),
    ("seen_again", "The same placement, seen again"),
    (ChangeKind.REAFFIRMED, "Reaffirmed"),
    (ChangeKind.RESTATED, "Restated without a placement"),
    (ChangeKind.SILENT, "Silent"),
    ("uncertain", "Order uncertain"),
)
# What left everything as it was: told in a line, its words folded away.
MINOR = ("seen_again", ChangeKind.REAFFIRMED, ChangeKind.RESTATED, ChangeKind.SILENT)


@dataclass
class Heading:
    """The changes that are told under one heading."""

    title: str
    changes: list[NamedChange]
    is_minor: bool


@dataclass
class Agreed:
    """The outcomes on one issue, or on the summit as a whole; more than one status is contested."""

    issue: Issue | None
    outcomes: list[Outcome]

    @property
    def is_contested(self) -> bool:
        return len({outcome.status for outcome in self.outcomes}) > 1


@dataclass
class Apart:
    """How far apart the last placements of the parties are: whose they are, and of which occasion each is."""

    issue: Issue
    distance: Measure
    places: list[tuple[Actor, float, Summit]]


@dataclass
class Brief:
    """Everything that the summit page tells."""

    summit: Summit
    folded: Folded
    parallels: list[Summit]
    agreed: list[Agreed]
    headings: list[Heading]
    apart: list[Apart]
    page: Page
    coverage: Coverage
    attendance: list[Attendance]
    missing: list[tuple[Actor, list[Issue]]]

    @property
    def changes(self) -> list[NamedChange]:
        """What is told under all headings, in their order."""
        return [change for heading in self.headings for change in heading.changes]


def brief(reading: Reading, summit: Summit, number: int = 1, size: int = ACTORS_A_PAGE) -> Brief:
    """The brief of a summit, what changed of one page of actors. Eight queries beside the reading."""
    folded = reading.as_of(summit)
    at_summit = folded.changes_at(summit.pk)
    spoke = {change.entry.actor for change in at_summit}
    page = Paginator(
        [item.actor for item in reading.participations if item.actor_id in spoke], size
    ).get_page(number)
    spoke_here = {actor.pk for actor in page.object_list}
    changes = named_changes(reading, [c for c in at_summit if c.entry.actor in spoke_here], summit)
    covered = coverage(
        reading.watched,
        reading.terms,
        summit.starts_on,
        [(change.entry.actor, change.entry.issue) for change in at_summit],
    )
    return Brief(
        summit=summit,
        folded=folded,
        parallels=[item for item in reading.summits.values() if item.parallel_to_id == summit.pk],
        agreed=grouped_outcomes(_outcomes(reading, summit)),
        headings=_under_headings(changes),
        apart=_apart(reading, folded, {change.entry.issue for change in at_summit}),
        page=page,
        coverage=covered,
        attendance=_attendance(reading, summit),
        missing=_missing(reading, covered),
    )


def outcomes(summits: Collection[int]) -> QuerySet[Outcome]:
    """The outcomes of summits with their accounts and evidence, by issue in order."""
    return (
        Outcome.objects.filter(summit__in=summits)
        .select_related("issue", "according_to_actor", "according_to_person")
        .prefetch_related(Prefetch("evidence", queryset=evidence()))
        .order_by(F("issue__order").asc(nulls_first=True), "ref")
    )


def _outcomes(reading: Reading, summit: Summit) -> Iterable[Outcome]:
    if reading.known is None:
        return outcomes([summit.pk])
    return outcomes_as_recorded([summit.pk], reading.issues.values(), reading.known)


def _attendance(reading: Reading, summit: Summit) -> list[Attendance]:
    if reading.known is not None:
        return attendance_as_recorded(summit, reading.known)
    seats = Attendance.objects.filter(summit=summit).select_related("actor", "person")
    return list(seats.order_by("actor__name", "person__name"))


def heading(change: Change) -> str:
    """The key of the one heading under which a change is told."""
    if not change.order_known:
        return "uncertain"
    if change.red_line in LINE_CHANGES:
        return "red_line"
    if change.agreed_jointly and change.kind not in MINOR:
        return "jointly"
    if change.kind == ChangeKind.REAFFIRMED and not change.entry.claimed_reaffirmed and not change.direction:
        return "seen_again"
    return change.direction or change.kind


def events_before(reading: Reading, summit: Summit) -> QuerySet[Event] | list[Event]:
    """The events since leaders or ministers last met before this, oldest first. One query and its evidence.

    What is known to the month or year alone is told where it may have happened in that time.
    """
    meeting = reading.summits[summit.occasion.table]
    earlier = takewhile(lambda item: item.occasion.table != meeting.pk, reading.summits.values())
    before = [item.stands_on for item in earlier if item.resets_events]
    if reading.known is not None:
        known = events_as_recorded(reading.process, reading.known)
        return [
            event
            for event in known
            if event.date <= meeting.span.last and (not before or _may_follow(event, before[-1]))
        ]
    events = (
        Event.objects.filter(process=reading.process, date__lte=meeting.span.last)
        .prefetch_related(Prefetch("evidence", queryset=evidence()))
        .order_by("date", "ref")
    )
    if not before:
        return events
    day = before[-1]
    return events.filter(
        Q(date__gt=day)
        | Q(date_precision=Precision.MONTH, date__year=day.year, date__month=day.month)
        | Q(date_precision=Precision.YEAR, date__year=day.year)
    )


def _may_follow(event: Event, day: date) -> bool:
    """Whether an event came after a day, or may have, as exactly as its own is known."""
    is_same_year = event.date.year == day.year
    return (
        event.date > day
        or (event.date_precision == Precision.MONTH and is_same_year and event.date.month == day.month)
        or (event.date_precision == Precision.YEAR and is_same_year)
    )


def listed(process: Process) -> QuerySet[Summit]:
    """The occasions of a process for a list, newest first."""
    return (
        Summit.objects.filter(process=process)
        .select_related("process", "place", "track", "host", "parallel_to__process")
        .order_by("-starts_on", "-sequence")
    )


def logged(reading: Reading) -> Counter[int]:
    """How many positions are recorded at each occasion, by summit id."""
    return Counter(entry.occasion for entry in reading.entries)


def neighbours(reading: Reading, summit: Summit) -> tuple[Summit | None, Summit | None]:
    """The occasions before and after of which anything is published, for going step by step."""
    ordered = [item for item in reading.summits.values() if item == summit or reading.is_published(item)]
    place = next(i for i, item in enumerate(ordered) if item.pk == summit.pk)
    before = ordered[place - 1] if place else None
    after = ordered[place + 1] if place + 1 < len(ordered) else None
    return before, after


def _under_headings(changes: list[NamedChange]) -> list[Heading]:
    groups: dict[str, list[NamedChange]] = {}
    for item in changes:
        groups.setdefault(heading(item.change), []).append(item)
    return [Heading(title, groups[key], key in MINOR) for key, title in HEADINGS if key in groups]


def _apart(reading: Reading, folded: Folded, spoken_of: Set[int]) -> list[Apart]:
    """How far apart the parties are placed on each preference issue that was spoken of, farthest first."""
    parties = [actor for key, actor in reading.actors.items() if key in reading.parties]
    found = []
    for pk, issue in reading.issues.items():
        if pk not in spoken_of or issue.kind != IssueKind.PREFERENCE:
            continue
        placed = [(actor, part) for actor in parties if (part := folded.of(actor.pk, pk).placement)]
        measured = distance([part.value for _, part in placed])
        if measured is not None:
            places = [(actor, part.value, reading.summits[part.occasion]) for actor, part in placed]
            found.append(Apart(issue, measured, places))
    return sorted(found, key=lambda item: -item.distance.value)


def grouped_outcomes(outcomes: Iterable[Outcome]) -> list[Agreed]:
    """Outcomes under their issues, in their order."""
    groups: dict[int | None, Agreed] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.issue_id, Agreed(outcome.issue, [])).outcomes.append(outcome)
    return list(groups.values())


def _missing(reading: Reading, covered: Coverage) -> list[tuple[Actor, list[Issue]]]:
    return [
        (
            item.actor,
            [issue for issue in reading.issues.values() if (item.actor_id, issue.pk) in covered.missing],
        )
        for item in reading.participations
        if any(cell[0] == item.actor_id for cell in covered.missing)
    ]
