"""What the fold reads: occasions in order, and what each actor said at them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from issues.domain.scale import IssueKind
from issues.domain.span import Precision, Span, span


class State(StrEnum):
    """Whether the actor stated a position, withdrew it, or was watched and said nothing."""

    STATED = "stated"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"


class RedLineMention(StrEnum):
    """What a position says of a red line."""

    NOT_ADDRESSED = "not_addressed"
    DECLARED = "declared"
    DERIVED = "derived"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A summit or statement in the order of its process; ``parallel_to`` is the id of another, or None.

    ``order_on`` is the day within what is known of its date that the coder gives it in the order, or None.
    """

    id: int
    starts_on: date
    sequence: int = 1
    parallel_to: int | None = None
    precision: str = Precision.DAY
    order_on: date | None = None

    @property
    def table(self) -> int:
        """The id of the meeting that it belongs to: the one it runs parallel to, else its own."""
        return self.id if self.parallel_to is None else self.parallel_to

    @property
    def span(self) -> Span:
        """The days that it may be of; one day where the coder gave it its place in the order."""
        return span(self.order_on) if self.order_on else span(self.starts_on, self.precision)

    @property
    def place(self) -> tuple[date, bool, int]:
        """Where it stands: at the last day that it may be of, after what is known to be of that day."""
        return self.span.last, self.span.first < self.span.last, self.sequence

    def surely_before(self, other: "Occasion") -> bool:
        """Whether it is known to come before the other: of an earlier day, or before it on one known day."""
        if self.span == other.span and self.span.first == self.span.last:
            return self.sequence < other.sequence
        return self.span.last < other.span.first


@dataclass(frozen=True, slots=True)
class IssueTerms:
    """What the fold needs to know of an issue."""

    kind: IssueKind = IssueKind.PREFERENCE
    opened_on: date | None = None
    closed_on: date | None = None

    def is_open(self, day: date) -> bool:
        """Whether the issue is on the table that day; the day on which it closes still counts."""
        return (self.opened_on is None or self.opened_on <= day) and (
            self.closed_on is None or day <= self.closed_on
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded position, reduced to what the fold needs. ``placement`` is on 0..100, or None.

    ``joint`` are the joint statements that support it and that its actor signed. ``has_sentence`` is whether
    it says in words what is held, and does not only repeat a place.
    """

    id: int
    issue: int
    actor: int
    occasion: int
    state: State = State.STATED
    placement: float | None = None
    red_line: RedLineMention = RedLineMention.NOT_ADDRESSED
    accepts_from: float | None = None
    accepts_to: float | None = None
    salience: float | None = None
    claimed_reaffirmed: bool = False
    joint: frozenset[int] = frozenset()
    has_sentence: bool = True


def in_order(occasions: Iterable[Occasion]) -> list[Occasion]:
    """The occasions by the days at which they stand, then by sequence.

    What runs parallel to a meeting stands with it, whenever it was said: nothing comes between.
    """
    given = list(occasions)
    meetings = {occasion.id: occasion for occasion in given}

    def place(occasion: Occasion) -> tuple[object, ...]:
        meeting = meetings.get(occasion.table, occasion)
        return *meeting.place, meeting.id, *occasion.place

    return sorted(given, key=place)


def as_of(occasions: Iterable[Occasion], summit: int) -> list[Occasion]:
    """The occasions that count as of a summit: up to it in order, and those parallel to it.

    As of a statement that is parallel to a meeting is as of the meeting. Raises KeyError when the summit is
    not among the occasions.
    """
    ordered = in_order(occasions)
    table = next((occasion.table for occasion in ordered if occasion.id == summit), None)
    if table is None:
        raise KeyError(summit)
    last = max(i for i, occasion in enumerate(ordered) if occasion.table == table)
    return ordered[: last + 1]


def surely_before(meetings: Mapping[int, Occasion], one: Occasion, other: Occasion) -> bool:
    """Whether the one is known to come before the other; ``meetings`` are the occasions by id.

    Those at one table are told apart by their own days, others by the days of their meetings.
    """
    if one.table != other.table:
        one, other = meetings.get(one.table, one), meetings.get(other.table, other)
    return one.surely_before(other)
