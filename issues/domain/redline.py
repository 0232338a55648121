"""Red lines: declared limits, how they change, and the zone that they leave open."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from issues.domain.position import Entry, RedLineMention, State
from issues.domain.scale import HIGHEST, LOWEST


@dataclass(frozen=True, slots=True)
class RedLine:
    """A standing limit: outcomes outside ``accepts_from..accepts_to`` are refused; None is an open side."""

    declared: bool
    accepts_from: float | None
    accepts_to: float | None

    @property
    def undetermined(self) -> bool:
        """Whether it is known that there is a line, but not where: it refuses nothing known."""
        return self.accepts_from is None and self.accepts_to is None

    @property
    def range(self) -> tuple[float, float]:
        """What it accepts on 0..100, an open side reaching to the end of the scale."""
        return (
            LOWEST if self.accepts_from is None else self.accepts_from,
            HIGHEST if self.accepts_to is None else self.accepts_to,
        )


class RedLineChange(StrEnum):
    """A red line against the standing one."""

    DRAWN = "drawn"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    REDRAWN = "redrawn"
    DROPPED = "dropped"
    UNCHANGED = "unchanged"
    NOT_ADDRESSED = "not_addressed"


def mentioned(entry: Entry) -> RedLine | None:
    """The red line that a position declares or derives, or None."""
    if entry.red_line == RedLineMention.DECLARED:
        return RedLine(True, entry.accepts_from, entry.accepts_to)
    if entry.red_line == RedLineMention.DERIVED:
        return RedLine(False, entry.accepts_from, entry.accepts_to)
    return None


def compare(standing: RedLine | None, entry: Entry) -> RedLineChange:
    """How a position changes the standing red line.

    Narrower is tightened, wider is loosened, neither containing the other is redrawn. A line without
    limits accepts the whole scale, so giving it limits tightens it. A withdrawal drops the line with the
    rest. Dropping what does not stand is *not addressed*. A declared line of the limits of a derived one is
    drawn.
    """
    if entry.red_line == RedLineMention.DROPPED or entry.state == State.WITHDRAWN:
        return RedLineChange.NOT_ADDRESSED if standing is None else RedLineChange.DROPPED
    if entry.red_line == RedLineMention.NOT_ADDRESSED or (line := mentioned(entry)) is None:
        return RedLineChange.NOT_ADDRESSED
    if standing is None:
        return RedLineChange.DRAWN
    (old_from, old_to), (new_from, new_to) = standing.range, line.range
    if (old_from, old_to) == (new_from, new_to):
        # What a coder had read from the words, the actor now says itself.
        return RedLineChange.DRAWN if line.declared and not standing.declared else RedLineChange.UNCHANGED
    if old_from <= new_from and new_to <= old_to:
        return RedLineChange.TIGHTENED
    if new_from <= old_from and old_to <= new_to:
        return RedLineChange.LOOSENED
    return RedLineChange.REDRAWN


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of possible agreement: what all parties with known limits accept.

    ``known`` of ``parties`` have limits, ``derived`` of these read by the coder from their words.
    ``undetermined`` is True while a party's line has none.
    ``low > high`` means that no outcome is left.
    """

    low: float
    high: float
    known: int
    parties: int
    undetermined: bool
    derived: int = 0

    @property
    def is_known(self) -> bool:
        """Whether any limit is known at all and none is undetermined."""
        return self.known > 0 and not self.undetermined

    @property
    def is_empty(self) -> bool:
        """Whether the known limits already leave no outcome that all accept."""
        return self.low > self.high


def zone(lines: Iterable[RedLine | None]) -> Zone:
    """The intersection of the parties' known limits; one item a party, None for a party without a line."""
    low, high, known, parties, undetermined, derived = LOWEST, HIGHEST, 0, 0, False, 0
    for line in lines:
        parties += 1
        if line is None:
            continue
        if line.undetermined:
            undetermined = True
            continue
        known += 1
        derived += not line.declared
        low, high = max(low, line.range[0]), min(high, line.range[1])
    return Zone(low, high, known, parties, undetermined, derived)
