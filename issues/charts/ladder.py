"""The ladder: one line for an issue, with its options, its actors and the zone of possible agreement."""

from dataclasses import dataclass
from textwrap import shorten, wrap

from issues.domain.redline import Zone
from issues.domain.scale import letters
from issues.queries.pages.issue_timeline import ActorLine, Timeline

LINE_HEIGHT = 18.0
HALF_CHIP = 16.0
CHARACTER = 7.4  # the width of a letter of the labels, generously
SMALL_CHARACTER = 6.4
MOST_LINES = 4
MOST_NAMES = 8  # at one value; the table beneath names everyone
ZONE_ROOM = 34.0
ZONE_WORDS = 250.0  # the width of the words beneath the zone, generously


@dataclass(frozen=True)
class Canvas:
    """What a ladder is drawn on, in the units of its viewBox: its width, and where the scale begins."""

    width: float
    inset: float

    def x(self, value: float) -> float:
        """The x of a value on 0..100."""
        return self.inset + value / 100 * (self.width - 2 * self.inset)


WIDE = Canvas(width=980.0, inset=104.0)  # room for half a label beyond either end of the line
NARROW = Canvas(width=330.0, inset=22.0)  # a phone: options are letters, which the list beneath explains


@dataclass
class Chip:
    """Actors at one value: names stacked above the chip, the lowest at ``name_y``.

    The names begin, are centred or end at ``name_x``, as ``anchor`` says, and lie from ``begin`` to ``end``.
    """

    value: float
    x: float
    names: list[str]
    anchor: str
    name_x: float
    begin: float
    end: float
    name_y: float = -20.0

    @property
    def tops(self) -> list[tuple[str, float]]:
        """Each name with its baseline, the first at the top."""
        count = len(self.names)
        return [
            (name, self.name_y - (count - 1 - place) * LINE_HEIGHT) for place, name in enumerate(self.names)
        ]

    @property
    def top(self) -> float:
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
    zone_label: tuple[float, float] | None


def ladder(timeline: Timeline, canvas: Canvas = WIDE) -> Ladder:
    """Lay out an issue as of its summit."""
    chips = _chips(timeline.lines, canvas)
    lowest = min((chip.top for chip in chips), default=-2 * LINE_HEIGHT)
    axis = 16 - lowest
    for chip in chips:
        chip.name_y += axis
    shown = timeline.zone if timeline.zone.is_known and not timeline.zone.is_empty else None
    below = axis + 16 + (ZONE_ROOM if shown else 18.0)
    marks = _marks(timeline, below, canvas)
    zone = _span(shown, canvas)
    deepest = max((y for mark in marks for _, y in mark.lines), default=below)
    return Ladder(
        width=canvas.width,
        height=deepest + 14,
        left=canvas.x(0),
        right=canvas.x(100),
        axis=axis,
        chips=chips,
        marks=marks,
        zone=zone,
        zone_label=(max(min(zone[0], canvas.width - ZONE_WORDS), 0), axis + 28) if zone else None,
    )


def _span(zone: Zone | None, canvas: Canvas) -> tuple[float, float] | None:
    if zone is None:
        return None
    return canvas.x(zone.low), max(canvas.x(zone.high) - canvas.x(zone.low), 3)


def _chips(lines: list[ActorLine], canvas: Canvas) -> list[Chip]:
    """One chip a value; a stack that would run into its neighbour is lifted above it."""
    by_value: dict[float, list[str]] = {}
    for line in lines:
        if line.now is not None:
            by_value.setdefault(line.now, []).append(str(line.actor))
    placed: list[Chip] = []
    for value, names in sorted(by_value.items()):
        chip = _chip(value, _few(names), canvas)
        near = [other for other in placed if other.end > chip.begin - 8]
        if near:
            chip.name_y = min(other.top for other in near) - 2
        placed.append(chip)
    return placed


def _chip(value: float, names: list[str], canvas: Canvas) -> Chip:
    """Names centred over their chip, or flush with its outer edge where they would leave the canvas."""
    x, width = canvas.x(value), max(len(name) for name in names) * CHARACTER
    if x - width / 2 < 0:
        return Chip(value, x, names, "start", x - HALF_CHIP, x - HALF_CHIP, x - HALF_CHIP + width)
    if x + width / 2 > canvas.width:
        return Chip(value, x, names, "end", x + HALF_CHIP, x + HALF_CHIP - width, x + HALF_CHIP)
    return Chip(value, x, names, "middle", x, x - width / 2, x + width / 2)


def _few(names: list[str]) -> list[str]:
    """The first names, and how many are left out."""
    if len(names) <= MOST_NAMES:
        return names
    return [*names[: MOST_NAMES - 1], f"and {len(names) - MOST_NAMES + 1} more"]


def _marks(timeline: Timeline, top: float, canvas: Canvas) -> list[Mark]:
    """The options, each label as wide as its nearest neighbours allow."""
    options = list(timeline.issue.options.all())
    lettered = letters(option.value for option in options)
    places = [canvas.x(option.value) for option in options]
    marks = []
    for place, option in enumerate(options):
        gaps = [abs(places[place] - other) for i, other in enumerate(places) if i != place]
        room = min([*gaps, 2 * canvas.inset]) - 14
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
