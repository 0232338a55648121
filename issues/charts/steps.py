"""The step charts: one an actor, its placements over time, the other actors in grey."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from math import hypot

from issues.charts.frame import APART, SMALL, Frame, days_on, step_path
from issues.domain.change import Change, Standing
from issues.domain.position import State
from issues.models import Actor, Summit
from issues.queries.pages.issue_timeline import ActorLine, Timeline

FRAME = SMALL
# The newest statement stands this far from the end, so that what it carries on to can be seen.
MARGIN = 14.0


@dataclass
class Dot:
    """A statement: placed on the scale, or below it where its words support no placement."""

    x: float
    y: float
    position: int
    is_placed: bool
    label: str
    reach: float = 10.0  # how far from it a click is meant for it


@dataclass
class Band:
    """A span of time over which outcomes are refused: a side of a red line."""

    x: float
    y: float
    width: float
    height: float
    edge: float


@dataclass
class Chart:
    """One actor's picture, in the units of the frame."""

    actor: Actor
    solid: str
    carried: str
    dots: list[Dot]
    bands: list[Band]
    unlimited: list[float]
    last: tuple[float, float] | None
    number: int


@dataclass
class Steps:
    """Charts of an issue on one time axis.

    ``grey`` are the lines of all its actors, stated and carried, drawn once and lying beneath every chart.
    """

    charts: list[Chart]
    grey: list[tuple[str, str]]
    ticks: list[float]
    first: Summit
    last: Summit
    gaps: str
    frame: Frame = FRAME


def steps(timeline: Timeline, shown: Collection[int] | None = None) -> Steps | None:
    """Lay out an issue over time as of its summit; None where no actor was ever placed on its scale.

    A chart for each actor, or for those whose ids are ``shown``.
    """
    lines = [line for line in timeline.lines if any(c.entry.placement is not None for c in line.changes)]
    if not lines:
        return None
    axis = _Axis(timeline, lines)
    paths = {line.actor.pk: _path(line, axis) for line in lines}
    charts = [
        Chart(
            actor=line.actor,
            solid=paths[line.actor.pk][0],
            carried=paths[line.actor.pk][1],
            dots=_dots(line, timeline, axis),
            bands=_bands(line, axis),
            unlimited=_unlimited(line, axis),
            last=(line.now, FRAME.y(line.now)) if line.now is not None else None,
            number=number,
        )
        for number, line in enumerate(lines, 1)
        if shown is None or line.actor.pk in shown
    ]
    meetings = [axis.x(summit.pk) for summit in timeline.summits if summit.parallel_to_id is None]
    grey = sorted(set(paths.values()))
    return Steps(charts, grey, sorted(set(meetings)), timeline.summits[0], timeline.summits[-1], axis.gaps)


class _Axis:
    """Time on the x axis, from the first occasion to the last, opened where an actor's dots are crowded."""

    def __init__(self, timeline: Timeline, lines: list[ActorLine]) -> None:
        place = {summit.pk: at for at, summit in enumerate(timeline.summits)}
        days = [summit.stands_on for summit in timeline.summits]
        marks = [[(place[change.entry.occasion], _y(change)) for change in _stated(line)] for line in lines]
        laid = days_on(FRAME, days, marks, MARGIN)
        self._places = dict(zip(place, laid.places, strict=True))
        self.gaps = laid.gaps

    def x(self, summit: int) -> float:
        return self._places[summit]


def _path(line: ActorLine, axis: _Axis) -> tuple[str, str]:
    """The stated steps and, dashed, what is carried from the last of them to the edge."""
    points = [(axis.x(change.entry.occasion), change.after.placement) for change in line.changes]
    solid = step_path((x, FRAME.y(placement.value) if placement else None) for x, placement in points)
    last, stands = points[-1]
    return solid, f"M{last} {FRAME.y(stands.value)}H{FRAME.right}" if stands and line.now is not None else ""


def _dots(line: ActorLine, timeline: Timeline, axis: _Axis) -> list[Dot]:
    dots = [
        Dot(
            axis.x(change.entry.occasion),
            _y(change),
            change.entry.id,
            change.entry.placement is not None,
            f"{timeline.reading.summits[change.entry.occasion].name}: {_at(change.entry.placement)}",
        )
        for change in _stated(line)
    ]
    for one, other in combinations(dots, 2):
        half = max(hypot(one.x - other.x, one.y - other.y), APART) / 2
        one.reach, other.reach = min(one.reach, half), min(other.reach, half)
    return dots


def _stated(line: ActorLine) -> list[Change]:
    return [change for change in line.changes if change.entry.state == State.STATED]


def _y(change: Change) -> float:
    """The y of a statement's dot: on the scale, or below it where its words support no placement."""
    placement = change.entry.placement
    return FRAME.bottom + 6 if placement is None else FRAME.y(placement)


def _at(placement: float | None) -> str:
    return "not placed" if placement is None else f"{placement:g}"


def _spans(line: ActorLine, axis: _Axis) -> list[tuple[Standing, float, float]]:
    """What stood from one change to the next, with the x of both ends."""
    ends = [axis.x(change.entry.occasion) for change in line.changes[1:]]
    ends.append(FRAME.right if not line.standing.is_empty else axis.x(line.changes[-1].entry.occasion))
    return [
        (change.after, axis.x(change.entry.occasion), end)
        for change, end in zip(line.changes, ends, strict=True)
    ]


def _bands(line: ActorLine, axis: _Axis) -> list[Band]:
    bands = []
    for standing, start, end in _spans(line, axis):
        if standing.red_line is None or standing.red_line.value.undetermined:
            continue
        low, high = standing.red_line.value.range
        if high < 100:
            bands.append(Band(start, FRAME.y(100), end - start, FRAME.y(high) - FRAME.y(100), FRAME.y(high)))
        if low > 0:
            bands.append(Band(start, FRAME.y(low), end - start, FRAME.y(0) - FRAME.y(low), FRAME.y(low)))
    return bands


def _unlimited(line: ActorLine, axis: _Axis) -> list[float]:
    """Where a red line was drawn without limits: there is a line, but not on the scale."""
    return [
        start
        for standing, start, _ in _spans(line, axis)
        if standing.red_line is not None and standing.red_line.value.undetermined
    ][:1]
