"""Figures over time as steps: a line, and a band where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from issues.charts.frame import WIDE, Frame

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
    drawn: list[str] = []
    bands, dots = [], []
    level: float | None = None
    for point, end in zip(points, ends, strict=True):
        x, to = FRAME.x(point.day, first, last), FRAME.x(end, first, last)
        if point.band is not None and to > x:
            low, high = point.band
            bands.append(
                Band(x, FRAME.y(high), round(to - x, 1), max(round(FRAME.y(low) - FRAME.y(high), 1), 2.0))
            )
        if point.value is None:
            level = None
            continue
        drawn.append(f"M{x} {FRAME.y(point.value)}" if level is None else f"V{FRAME.y(point.value)}")
        drawn.append(f"H{to}")
        level = point.value
        dots.append((x, FRAME.y(point.value), f"{point.label}: {point.value:.4g}"))
    value = points[-1].value
    final = None if value is None else (value, FRAME.y(value))
    return Series("".join(drawn), bands, dots, first, last, final)
