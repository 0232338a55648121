"""The small line beside an actor's position: its placement over the whole process, without axes."""

from collections.abc import Sequence

from issues.charts.frame import SPARK, step_path
from issues.domain.change import Change
from issues.queries.reading.process import Reading


def spark(changes: Sequence[Change], reading: Reading) -> str:
    """SVG path data in a box of 160 × 36; empty where nothing was ever placed."""
    days = [summit.stands_on for summit in reading.summits.values()]
    points = []
    for change in changes:
        day, placement = reading.summits[change.entry.occasion].stands_on, change.after.placement
        points.append((SPARK.x(day, days[0], days[-1]), SPARK.y(placement.value) if placement else None))
    return step_path(points, SPARK.right)
