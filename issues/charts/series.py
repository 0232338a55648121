"""Figures over time as steps: a line, and a band where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from issues.charts.frame import WIDE, Frame, days_on, step_path

FRAME = WIDE
BREAK = 6.0  # the gap before a figure that does not compare with the one before it
LINE_HEIGHT = 14.0  # between the figures at the ends of two lines


@dataclass(frozen=True)
class Point:
    """A day and what held from it on: a value, and the band that was open, each 0..100 or nothing.

    ``breaks`` where the value rests on something else than the one before: no line joins them.
    """

    day: date
    label: str
    value: float | None
    band: tuple[float, float] | None = None
    breaks: bool = False


@dataclass(frozen=True)
class Band:
    """A span of time over which a part of the scale was open."""

    x: float
    y: float
    width: float
    height: float


Dot = tuple[float, float, str]


@dataclass(frozen=True)
class Second:
    """Another line in the same picture, told from the first by its dashes and squares."""

    path: str
    squares: list[Dot]
    final: tuple[float, float] | None


@dataclass(frozen=True)
class Series:
    """The picture in the units of its frame. ``final`` is the value at its end, and the y of it."""

    path: str
    bands: list[Band]
    dots: list[Dot]
    first: date
    last: date
    final: tuple[float, float] | None
    second: Second | None = None
    gaps: str = ""
    frame: Frame = FRAME


def series(points: Sequence[Point], until: date, second: Sequence[Point] = ()) -> Series | None:
    """Lay out points in order of their days, the last held until a day; None where there is no figure.

    ``second`` are the points of another line, each on the day of that of the first. Where points are
    crowded, the days between are drawn wider.
    """
    if not any(point.value is not None or point.band for point in points):
        return None
    first, last = points[0].day, max(until, points[-1].day)
    marks = [
        (place, FRAME.y(point.value))
        for line in (points, second)
        for place, point in enumerate(line)
        if point.value is not None
    ]
    laid = days_on(FRAME, [*(point.day for point in points), last], [marks])
    bands = []
    for point, (x, to) in zip(points, pairwise(laid.places), strict=True):
        if point.band is not None and to > x:
            low, high = FRAME.y(point.band[0]), FRAME.y(point.band[1])
            bands.append(Band(x, high, round(to - x, 1), max(round(low - high, 1), 2.0)))
    path, dots, final = _line(points, laid.places)
    beside = _second(second, laid.places, final)
    return Series(path, bands, dots, first, last, final, beside, laid.gaps)


def _line(
    points: Sequence[Point], places: Sequence[float]
) -> tuple[str, list[Dot], tuple[float, float] | None]:
    line: list[tuple[float, float | None]] = []
    dots = []
    for point, x in zip(points, places, strict=False):
        y = None if point.value is None else FRAME.y(point.value)
        if point.breaks and line:
            line.append((max(line[-1][0], x - BREAK), None))
        line.append((x, y))
        if point.value is not None:
            dots.append((x, FRAME.y(point.value), f"{point.label}: {point.value:.4g}"))
    value = points[-1].value
    return step_path(line, FRAME.right), dots, None if value is None else (value, FRAME.y(value))


def _second(
    points: Sequence[Point], places: Sequence[float], beside: tuple[float, float] | None
) -> Second | None:
    if not any(point.value is not None for point in points):
        return None
    path, dots, final = _line(points, places)
    if final and beside and abs(final[1] - beside[1]) < LINE_HEIGHT:
        # Above the other figure, or below it at the top of the box, so that both can be read.
        room = beside[1] - LINE_HEIGHT >= FRAME.top
        final = (final[0], beside[1] + (-LINE_HEIGHT if room else LINE_HEIGHT))
    return Second(path, dots, final)
