"""The box that our charts over time are drawn in: days from left to right, 0 to 100 upwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


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
