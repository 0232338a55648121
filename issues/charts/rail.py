"""The rail: occasions on a line by date, crowded stretches opened up, with labels where there is room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.text import capfirst

from issues.domain.spacing import spaced
from issues.domain.span import day_in_words
from issues.models import Summit
from issues.models.summit import SummitKind

# In pixels at the least width of the rail; a wider window stretches all of it alike.
STOP, TICK = 12, 2  # half of what a stop (a circle one can hit) and a tick (a statement) need
LABEL = 120  # from the middle of a label to that of the next
MARGIN = 60  # half a label beyond either end
LETTERS = 16  # of a place in a label
LEAST = 200  # with its margins as wide as the smallest phone has room for
SLACK = 1.4  # how much longer the line is than what its marks need, so that dates have a say


@dataclass
class Stop:
    """An occasion to go to, ``x`` from the beginning of the rail; ``labelled`` where its name has room.

    ``gap`` is how far it is from the stop before it. On the way lie ticks and stretches (begin and width,
    from that stop on) that are ``opened``, wider than their days, or ``plain``.
    """

    summit: Summit
    x: int
    gap: int
    is_current: bool
    labelled: bool = False
    ticks: list[int] = field(default_factory=list)
    opened: list[tuple[int, int]] = field(default_factory=list)
    plain: list[tuple[int, int]] = field(default_factory=list)

    @property
    def begin(self) -> int:
        """The x of the stop before it."""
        return self.x - self.gap

    @property
    def when(self) -> str:
        """The first line of its label, as exactly as it is known."""
        return day_in_words(self.summit.starts_on, self.summit.starts_on_precision)

    @property
    def where(self) -> str:
        """The second line of its label: its place, or what kind of occasion it is."""
        name = self.summit.place.name if self.summit.place else capfirst(self.summit.get_kind_display())
        return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


@dataclass(frozen=True)
class Rail:
    """The stops from the first to the last, the least width of the whole, and all that is drawn."""

    width: int
    stops: list[Stop]
    summits: list[Summit]

    @property
    def is_to_scale(self) -> bool:
        """Whether no stretch is wider than its days."""
        return not any(stop.opened for stop in self.stops)


def rail(summits: Iterable[Summit], current: Summit) -> Rail:
    """The occasions of a process on a line, those parallel to another left out.

    Meetings, the ends and the current one are stops, the others ticks. The current one is always labelled,
    then the first and last, then leaders' meetings from the newest back where no other label is near.
    """
    shown = [item for item in summits if item.parallel_to_id is None or item.pk == current.pk]
    stands = [
        item.is_meeting or item.pk == current.pk or place in (0, len(shown) - 1)
        for place, item in enumerate(shown)
    ]
    halves = [STOP if is_stop else TICK for is_stop in stands]
    least = [before + after for before, after in pairwise(halves)]
    length = max(round(SLACK * sum(least)), LEAST)
    spacing = spaced([item.stands_on for item in shown], least, length)
    places = [round(place) for place in spacing.places]
    stops: list[Stop] = []
    passed = 0
    for place, item in enumerate(shown):
        if not stands[place]:
            continue
        begin = places[passed]
        stop = Stop(
            item, MARGIN + places[place], places[place] - begin if stops else 0, item.pk == current.pk
        )
        stop.ticks = [at - begin for at in places[passed + 1 : place]]
        way = pairwise(places[passed : place + 1])
        for (since, until), is_open in zip(way, spacing.opened[passed:place], strict=True):
            _join(stop.opened if is_open else stop.plain, since - begin, until - since)
        stops.append(stop)
        passed = place
    _label(stops)
    return Rail(length + 2 * MARGIN, stops, shown)


def _join(stretches: list[tuple[int, int]], begin: int, width: int) -> None:
    """Put a stretch behind others, as one with the last where they touch."""
    if stretches and sum(stretches[-1]) == begin:
        since, before = stretches.pop()
        begin, width = since, before + width
    stretches.append((begin, width))


def _label(stops: list[Stop]) -> None:
    taken: list[int] = []
    for stop in _by_weight(stops):
        if all(abs(stop.x - other) >= LABEL for other in taken):
            stop.labelled = True
            taken.append(stop.x)


def _by_weight(stops: list[Stop]) -> list[Stop]:
    first = [stop for stop in stops if stop.is_current]
    leaders = [stop for stop in reversed(stops) if stop.summit.kind == SummitKind.LEADERS]
    return list({id(stop): stop for stop in [*first, *stops[:1], *stops[-1:], *leaders]}.values())
