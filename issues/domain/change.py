"""What stands, and what changes it: kinds of change and their direction."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from issues.domain.others import Distance, Others
from issues.domain.position import Entry, State
from issues.domain.redline import RedLine, RedLineChange

# A shift in distance of up to this many points is neither hardening nor softening.
NOTICEABLE = 5.0

# What a change is counted as whose order is not known.
UNCERTAIN = "uncertain"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One part of what stands: its value, and the position and occasion that it comes from."""

    value: T
    position: int
    occasion: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an actor stands on an issue. Each part holds until it is restated, dropped or withdrawn.

    ``text`` is the last stated position; its value is the position's id. ``withdrawn`` is the position
    that withdrew everything, while nothing has been stated since.
    """

    text: Part[int] | None = None
    placement: Part[float] | None = None
    red_line: Part[RedLine] | None = None
    salience: Part[float] | None = None
    withdrawn: Part[int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the actor has nothing standing on the issue."""
        return self.text is None

    @property
    def value(self) -> float | None:
        """The standing placement on 0..100."""
        return self.placement.value if self.placement else None

    @property
    def line(self) -> RedLine | None:
        """The standing red line."""
        return self.red_line.value if self.red_line else None


class ChangeKind(StrEnum):
    """What a position does to the standing one."""

    NEW = "new"
    MOVED = "moved"
    PLACED = "placed"
    REAFFIRMED = "reaffirmed"
    RESTATED = "restated"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"


class Direction(StrEnum):
    """Away from the other parties, towards them, or both at once."""

    HARDENED = "hardened"
    SOFTENED = "softened"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Change:
    """One position against what stood before it.

    ``delta`` is new − standing placement in points, for a move. ``others`` are the other parties as they were
    placed before the table, without those that signed the same joint text (``co_signatories``); None where
    nothing is measured. ``distances`` are those of a party to their median, before and after; a direction
    is given by them. ``order_known`` is False where it is not known what came before: then there is neither
    distance nor direction.
    """

    entry: Entry
    before: Standing
    after: Standing
    kind: ChangeKind
    delta: float | None
    red_line: RedLineChange
    direction: Direction | None
    distances: tuple[float, float] | None
    others: Others | None = None
    co_signatories: frozenset[int] = frozenset()
    agreed_jointly: bool = False
    order_known: bool = True

    @property
    def listed_as(self) -> str:
        """What it is counted as: its kind, or *uncertain* where it is not known what came before."""
        return self.kind.value if self.order_known else UNCERTAIN

    @property
    def against(self) -> tuple[Distance, ...]:
        """The distance to each of the others; none unless it is placed before and after."""
        before, after = self.before.value, self.entry.placement
        if self.others is None or before is None or after is None:
            return ()
        return self.others.distances(before, after)

    @property
    def nearer(self) -> tuple[Distance, ...]:
        """The parties that it came nearer to."""
        return tuple(item for item in self.against if item.after < item.before)

    @property
    def further(self) -> tuple[Distance, ...]:
        """The parties from which it went further."""
        return tuple(item for item in self.against if item.after > item.before)

    @property
    def middle(self) -> float | None:
        """The median of the placements that it is measured against."""
        return self.others.middle if self.others else None


def kind_of(standing: Standing, entry: Entry) -> ChangeKind:
    """The kind of change of a position against the standing one. Numbers decide, not option labels."""
    if entry.state == State.WITHDRAWN:
        return ChangeKind.WITHDRAWN
    if entry.state == State.SILENT:
        return ChangeKind.SILENT
    if standing.is_empty:
        return ChangeKind.NEW
    if entry.placement is None:
        return ChangeKind.REAFFIRMED if entry.claimed_reaffirmed else ChangeKind.RESTATED
    if standing.placement is None:
        return ChangeKind.PLACED
    if entry.placement == standing.placement.value:
        return ChangeKind.REAFFIRMED
    return ChangeKind.MOVED


def to_the_middle(standing: Standing, entry: Entry, others: Others) -> tuple[float, float] | None:
    """The distance to the median of these placements, before and after; None if unknown."""
    middle = others.middle
    if middle is None or standing.placement is None or entry.placement is None:
        return None
    return abs(standing.placement.value - middle), abs(entry.placement - middle)


def direction_of(
    shift: tuple[float, float] | None,
    red_line: RedLineChange,
    standing: RedLine | None,
    stated: RedLine | None,
) -> Direction | None:
    """Hardened, softened, both or neither, of a party on a preference issue.

    Only declared red lines count; a derived one is the coder's. What loosens a line must have been declared.
    """
    declared = stated is not None and stated.declared
    gave_up = standing is not None and standing.declared
    by = 0.0 if shift is None else shift[1] - shift[0]
    harder = by > NOTICEABLE or (declared and red_line in (RedLineChange.DRAWN, RedLineChange.TIGHTENED))
    softer = by < -NOTICEABLE or (
        gave_up and (red_line == RedLineChange.DROPPED or (declared and red_line == RedLineChange.LOOSENED))
    )
    if harder and softer:
        return Direction.MIXED
    if harder:
        return Direction.HARDENED
    return Direction.SOFTENED if softer else None


# When several positions of an actor fall on one summit, the weightiest names the change.
_BY_WEIGHT = (
    ChangeKind.SILENT,
    ChangeKind.RESTATED,
    ChangeKind.REAFFIRMED,
    ChangeKind.PLACED,
    ChangeKind.NEW,
    ChangeKind.MOVED,
    ChangeKind.WITHDRAWN,
)


def weightiest(changes: Sequence[Change]) -> Change:
    """The change that names what happened in a cell; of two alike the later. Raises ValueError on none."""
    if not changes:
        raise ValueError("no change to choose from")
    return max(reversed(changes), key=lambda change: _BY_WEIGHT.index(change.kind))
