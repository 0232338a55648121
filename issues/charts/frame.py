"""The box that our charts over time are drawn in: days from left to right, 0 to 100 upwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from issues.domain.spacing import spaced

APART = 9.0  # as far as two dots are from each other at least, a hair more than one is wide


@dataclass(frozen=True)
class Frame:
    """The box in the units of its viewBox: its size, and where the days and the scale begin and end."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def dates(self) -> float:
        """The y of the words for the first and the last day."""
        return self.height - 5

    def x(self, day: date, first: date, last: date, margin: float = 0.0) -> float:
        """The x of a day between two others, or after the last, which is ``margin`` left of the end."""
        span = (last - first).days
        share = min((day - first).days / span, 1.0) if span else 0.0
        return round(self.left + share * (self.right - margin - self.left), 1)

    def y(self, value: float) -> float:
        """The y of a value on 0..100, 100 at the top."""
        return round(self.bottom - value / 100 * (self.bottom - self.top), 1)


SMALL = Frame(width=330.0, height=156.0, left=34.0, right=318.0, top=14.0, bottom=130.0)
WIDE = Frame(width=560.0, height=190.0, left=34.0, right=515.0, top=14.0, bottom=160.0)
SPARK = Frame(width=160.0, height=36.0, left=0.0, right=160.0, top=3.0, bottom=33.0)


@dataclass(frozen=True)
class Days:
    """Where days stand in a frame, as they were given; ``gaps`` is path data over what is opened."""

    places: list[float]
    gaps: str


def days_on(
    frame: Frame, days: Sequence[date], marks: Iterable[Sequence[tuple[int, float]]] = (), margin: float = 0.0
) -> Days:
    """Lay out days by date, the last ``margin`` left of the end, so that no mark lies on another.

    ``marks`` are lines of them, each the place of a day in ``days`` and a y. A single day stands at the left.
    """
    order = sorted(range(len(days)), key=lambda place: days[place])
    rank = {place: at for at, place in enumerate(order)}
    least = _least(len(days), ([(rank[place], y) for place, y in line] for line in marks))
    spacing = spaced([days[place] for place in order], least, frame.right - margin - frame.left)
    several = days[order[0]] < days[order[-1]] or any(least)
    placed = [round(frame.left + (x if several else 0.0), 1) for x in spacing.places]
    opened = [pair for pair, is_open in zip(pairwise(placed), spacing.opened, strict=True) if is_open]
    gaps = "".join(f"M{since} {frame.bottom}H{until}" for since, until in opened)
    return Days([placed[rank[place]] for place in range(len(days))], gaps)


def _least(count: int, marks: Iterable[list[tuple[int, float]]]) -> list[float]:
    """How wide each stretch between two days has to be, so that marks of like height lie apart."""
    least = [0.0] * (count - 1)
    for line in marks:
        marks_in_order = sorted(line)
        for at, (one, above) in enumerate(marks_in_order):
            later = marks_in_order[at + 1 :]
            near = (other for other, below in later if one < other and abs(above - below) < APART)
            if other := next(near, 0):
                room = APART / (other - one)
                least[one:other] = [max(room, before) for before in least[one:other]]
    return least


def step_path(points: Iterable[tuple[float, float | None]], end: float | None = None) -> str:
    """SVG path data of a step line: each y is held until the next point, the last one to ``end``.

    Where y is None nothing is drawn until there is one again.
    """
    drawn: list[str] = []
    level: float | None = None
    for x, y in points:
        if level is not None:
            drawn.append(f"H{x}")
        if y is not None:
            drawn.append(f"M{x} {y}" if level is None else f"V{y}")
        level = y
    if level is not None and end is not None:
        drawn.append(f"H{end:g}")
    return "".join(drawn)
