"""The small line beside an actor's position: its placement over the whole process, without axes."""

from collections.abc import Sequence

from issues.domain.change import Change
from issues.queries.reading.process import Reading

WIDTH, TOP, BOTTOM = 160.0, 3.0, 33.0


def spark(changes: Sequence[Change], reading: Reading) -> str:
    """SVG path data in a box of 160 × 36; empty where nothing was ever placed."""
    days = [summit.starts_on for summit in reading.summits.values()]
    span = (days[-1] - days[0]).days or 1
    drawn: list[str] = []
    level: float | None = None
    for change in changes:
        day = reading.summits[change.entry.occasion].starts_on
        x = round((day - days[0]).days / span * WIDTH, 1)
        placement = change.after.placement
        now = None if placement is None else round(BOTTOM - placement.value / 100 * (BOTTOM - TOP), 1)
        if level is not None:
            drawn.append(f"H{x}")
        if now is not None:
            drawn.append(f"M{x} {now}" if level is None else f"V{now}")
        level = now
    if level is not None:
        drawn.append(f"H{WIDTH:g}")
    return "".join(drawn)
