"""The summit rail: occasions on a line, spaced by date, with labels where there is room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from issues.models import Summit
from issues.models.summit import SummitKind

# A label takes about this share of the rail's width, in percent.
LABEL = 9.0
MARGIN = 4.0


@dataclass
class Tick:
    """An occasion at ``x`` percent of the rail; ``labelled`` where there is room for its name."""

    summit: Summit
    x: float
    is_current: bool
    labelled: bool = False


def rail(summits: Iterable[Summit], current: Summit) -> list[Tick]:
    """The occasions of a process on a line from the first to the last, those parallel to another left out.

    The current one is always labelled, then the first and last, then leaders' meetings from the
    newest back where no other label is near.
    """
    shown = [item for item in summits if item.parallel_to_id is None or item.pk == current.pk]
    if not shown:
        return []
    start, end = shown[0].stands_on, shown[-1].stands_on
    ticks = [Tick(item, _x(item.stands_on, start, end), item.pk == current.pk) for item in shown]
    taken: list[float] = []
    for tick in _by_weight(ticks):
        if all(abs(tick.x - other) >= LABEL for other in taken):
            tick.labelled = True
            taken.append(tick.x)
    return ticks


def _by_weight(ticks: list[Tick]) -> list[Tick]:
    first = [tick for tick in ticks if tick.is_current]
    ends = [ticks[0], ticks[-1]]
    leaders = [tick for tick in reversed(ticks) if tick.summit.kind == SummitKind.LEADERS]
    return list({id(tick): tick for tick in [*first, *ends, *leaders]}.values())


def _x(day: date, start: date, end: date) -> float:
    span = (end - start).days
    share = (day - start).days / span if span else 1.0
    return round(MARGIN + share * (100 - 2 * MARGIN), 2)
