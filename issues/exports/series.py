"""Figures over time as steps: a line, and a band where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 700.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 640.0, 14.0, 160.0


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
    """The picture in the units of its viewBox. ``final`` is the value at its end, and the y of it."""

    path: str
    bands: list[Band]
    dots: list[tuple[float, float, str]]
    first: date
    last: date
    final: tuple[float, float] | None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    middle: float = (TOP + BOTTOM) / 2
    bottom: float = BOTTOM


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
        x, to = _x(point.day, first, last), _x(end, first, last)
        if point.band is not None and to > x:
            low, high = point.band
            bands.append(Band(x, _y(high), round(to - x, 1), max(round(_y(low) - _y(high), 1), 2.0)))
        if point.value is None:
            level = None
            continue
        drawn.append(f"M{x} {_y(point.value)}" if level is None else f"V{_y(point.value)}")
        drawn.append(f"H{to}")
        level = point.value
        dots.append((x, _y(point.value), f"{point.label}: {point.value:.4g}"))
    value = points[-1].value
    final = None if value is None else (value, _y(value))
    return Series("".join(drawn), bands, dots, first, last, final)


def _x(day: date, first: date, last: date) -> float:
    span = (last - first).days
    return round(LEFT + ((day - first).days / span if span else 0) * (RIGHT - LEFT), 1)


def _y(value: float) -> float:
    return round(BOTTOM - value / 100 * (BOTTOM - TOP), 1)
