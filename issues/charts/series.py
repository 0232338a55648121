"""Figures over time as steps: a line, and a band where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from issues.charts.frame import WIDE, Frame, step_path

FRAME = WIDE


@dataclass(frozen=True)
class Point:
    """A day and what held from it on: a value, and the band that was open, each 0..100 or nothing."""

    day: date
    label: str
    value: float | None
    band: tuple[float, float] | None = None


@dataclass(frozen=True)
class Band:
    """A span of time over which a part of the scale was open."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Series:
    """The picture in the units of its frame. ``final`` is the value at its end, and the y of it."""

    path: str
    bands: list[Band]
    dots: list[tuple[float, float, str]]
    first: date
    last: date
    final: tuple[float, float] | None
    frame: Frame = FRAME


def series(points: Sequence[Point], until: date) -> Series | None:
    """Lay out points in order of their days, the last held until a day; None where there is no figure."""
    if not any(point.value is not None or point.band for point in points):
        return None
    first, last = points[0].day, max(until, points[-1].day)
    ends = [*(point.day for point in points[1:]), last]
    line: list[tuple[float, float | None]] = []
    bands, dots = [], []
    for point, end in zip(points, ends, strict=True):
        x, to = FRAME.x(point.day, first, last), FRAME.x(end, first, last)
        if point.band is not None and to > x:
            low, high = FRAME.y(point.band[0]), FRAME.y(point.band[1])
            bands.append(Band(x, high, round(to - x, 1), max(round(low - high, 1), 2.0)))
        y = None if point.value is None else FRAME.y(point.value)
        line.append((x, y))
        if y is not None:
            dots.append((x, y, f"{point.label}: {point.value:.4g}"))
    value = points[-1].value
    final = None if value is None else (value, FRAME.y(value))
    return Series(step_path(line, FRAME.right), bands, dots, first, last, final)
