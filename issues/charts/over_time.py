"""Distances between the parties as figures over time: of one issue with its zone, and over all issues."""

from issues.charts.series import Point, Series, series
from issues.domain.measures import IssueFigures
from issues.models import Summit
from issues.queries.pages.analysis import ConvergenceSpan


def convergence_steps(span: ConvergenceSpan, summit: Summit) -> Series | None:
    """The line of all that was measured, and that of the issues held throughout, where the two can differ."""
    points, throughout = [], []
    for step in span.steps:
        issues = f"{step.measure.n} issue{'' if step.measure.n == 1 else 's'}" if step.measure else ""
        value = step.measure.value if step.measure else None
        points.append(Point(step.at.stands_on, f"{step.at.name}, {issues}", value, breaks=step.breaks))
        held = step.throughout.value if step.throughout else None
        label = f"{step.at.name}, the same {len(span.throughout)} throughout"
        throughout.append(Point(step.at.stands_on, label, held))
    return series(points, summit.stands_on, throughout if span.has_changed else ()) if points else None


def open_zone(then: IssueFigures) -> tuple[float, float] | None:
    """The zone of possible agreement where it is known and not empty."""
    return (then.zone.low, then.zone.high) if then.zone.is_known and not then.zone.is_empty else None


def distance_steps(over_time: list[tuple[Summit, IssueFigures]], summit: Summit) -> Series | None:
    """The distance of an issue as a line, and its zone as a band."""
    points = [
        Point(at.stands_on, at.name, then.distance.value if then.distance else None, open_zone(then))
        for at, then in over_time
    ]
    return series(points, summit.stands_on) if points else None
