"""The ladder: one line for an issue, with its options, its actors and the zone of possible agreement."""

from dataclasses import dataclass, field
from textwrap import shorten, wrap

from issues.domain.redline import Zone
from issues.domain.scale import letters
from issues.queries.timeline import Line, Timeline

WIDTH = 980.0
INSET = 104.0  # room for half a label beyond either end of the line
LINE_HEIGHT = 18.0
CHARACTER = 7.4  # the width of a letter of the labels, generously
SMALL_CHARACTER = 6.4
MOST_LINES = 4
MOST_NAMES = 8  # at one value; the table beneath names everyone
ZONE_ROOM = 34.0


@dataclass
class Chip:
    """Actors at one value: names stacked above the chip, the lowest at ``name_y``."""

    value: float
    x: float
    names: list[str]
    name_y: float = 0.0

    @property
    def half(self) -> float:
        """Half the width of the longest name."""
        return max(len(name) for name in self.names) * CHARACTER / 2

    @property
    def tops(self) -> list[tuple[str, float]]:
        """Each name with its baseline, the first at the top."""
        count = len(self.names)
        return [
            (name, self.name_y - (count - 1 - place) * LINE_HEIGHT) for place, name in enumerate(self.names)
        ]

    @property
    def top(self) -> float:
        """The upper edge of the stack."""
        return self.name_y - len(self.names) * LINE_HEIGHT


@dataclass
class Mark:
    """An option under the line: its letter and its label, broken into lines."""

    value: float
    x: float
    letter: str
    lines: list[tuple[str, float]]


@dataclass
class Ladder:
    """The picture, in the units of its viewBox."""

    width: float
    height: float
    left: float
    right: float
    axis: float
    chips: list[Chip]
    marks: list[Mark]
    zone: tuple[float, float] | None
    zone_label_y: float
    limits: list[tuple[float, str]] = field(default_factory=list)


def at(value: float) -> float:
    """The x of a value on 0..100."""
    return INSET + value / 100 * (WIDTH - 2 * INSET)


def ladder(found: Timeline) -> Ladder:
    """Lay out an issue as of its summit."""
    chips = _chips(found.lines)
    lowest = min((chip.top for chip in chips), default=-2 * LINE_HEIGHT)
    axis = 16 - lowest
    for chip in chips:
        chip.name_y += axis
    shown = found.zone if found.zone.is_known and not found.zone.is_empty else None
    below = axis + 16 + (ZONE_ROOM if shown else 18.0)
    marks = _marks(found, below)
    deepest = max((y for mark in marks for _, y in mark.lines), default=below)
    return Ladder(
        width=WIDTH,
        height=deepest + 14,
        left=at(0),
        right=at(100),
        axis=axis,
        chips=chips,
        marks=marks,
        zone=_span(shown),
        zone_label_y=axis + 28,
    )


def _span(zone: Zone | None) -> tuple[float, float] | None:
    if zone is None:
        return None
    return at(zone.low), max(at(zone.high) - at(zone.low), 3)


def _chips(lines: list[Line]) -> list[Chip]:
    """One chip a value; a stack that would run into its neighbour is lifted above it."""
    by_value: dict[float, list[str]] = {}
    for line in lines:
        if line.now is not None:
            by_value.setdefault(line.now, []).append(str(line.actor))
    placed: list[Chip] = []
    for value, names in sorted(by_value.items()):
        chip = Chip(value, at(value), _few(names), name_y=-20.0)
        near = [other for other in placed if other.x + other.half > chip.x - chip.half - 8]
        if near:
            chip.name_y = min(other.top for other in near) - 2
        placed.append(chip)
    return placed


def _few(names: list[str]) -> list[str]:
    """The first names, and how many are left out."""
    if len(names) <= MOST_NAMES:
        return names
    return [*names[: MOST_NAMES - 1], f"and {len(names) - MOST_NAMES + 1} more"]


def _marks(found: Timeline, top: float) -> list[Mark]:
    """The options, each label as wide as its nearest neighbours allow."""
    options = list(found.issue.options.all())
    lettered = letters(option.value for option in options)
    places = [at(option.value) for option in options]
    marks = []
    for place, option in enumerate(options):
        gaps = [abs(places[place] - other) for i, other in enumerate(places) if i != place]
        room = min([*gaps, 2 * INSET]) - 14
        width = int(room / SMALL_CHARACTER)
        text = shorten(option.label, max(width * MOST_LINES - 4, 1), placeholder="…") if width >= 9 else ""
        marks.append(
            Mark(
                option.value,
                places[place],
                lettered[option.value],
                [(line, top + 18 + row * 16) for row, line in enumerate(wrap(text, max(width, 9)))],
            )
        )
    return marks
