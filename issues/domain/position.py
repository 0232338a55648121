"""What the fold reads: occasions in order, and what each actor said at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from issues.domain.scale import IssueKind


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
    """A summit or statement in the order of its process; ``parallel_to`` is the id of another, or None."""

    id: int
    starts_on: date
    sequence: int = 1
    parallel_to: int | None = None

    @property
    def table(self) -> int:
        """The id of the meeting that it belongs to: the one it runs parallel to, else its own."""
        return self.id if self.parallel_to is None else self.parallel_to


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
    """One recorded position, reduced to what the fold needs. ``placement`` is on 0..100, or None."""

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


def in_order(occasions: Iterable[Occasion]) -> list[Occasion]:
    """The occasions by day, then by sequence within the day."""
    return sorted(occasions, key=lambda occasion: (occasion.starts_on, occasion.sequence))


def as_of(occasions: Iterable[Occasion], summit: int) -> list[Occasion]:
    """The occasions that count as of a summit: up to it in order, and those parallel to it.

    Raises KeyError when the summit is not among the occasions.
    """
    ordered = in_order(occasions)
    place = next((i for i, occasion in enumerate(ordered) if occasion.id == summit), None)
    if place is None:
        raise KeyError(summit)
    return [occasion for i, occasion in enumerate(ordered) if i <= place or occasion.parallel_to == summit]
