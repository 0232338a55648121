"""Places on a line by date, where crowded stretches are opened up so that no two marks lie on each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise


@dataclass(frozen=True)
class Spacing:
    """Where marks stand on a line from 0 on, and whether each stretch between two is wider than its days."""

    places: list[float]
    opened: list[bool]

    @property
    def is_to_scale(self) -> bool:
        """Whether every stretch is as wide as its days."""
        return not any(self.opened)


def spaced(days: Sequence[date], least: Sequence[float], length: float) -> Spacing:
    """Lay out days, in their order, on a line of some length: the first at 0, the last at its end.

    ``least`` is how wide each stretch between two marks has to be, in the units of the length. A stretch
    that its days would make narrower is opened to that; all others share one scale, which is that of the
    whole line where nothing is crowded. Where the least widths do not fit together, all of them shrink
    alike. A single day stands at the end.
    """
    if len(days) == 1:
        return Spacing([length], [])
    spans = [max((after - before).days, 0) for before, after in pairwise(days)]
    opened = _opened(spans, least, length)
    if not _to_scale(spans, opened):
        widths = [low * length / (sum(least) or 1.0) for low in least]
    else:
        scale = _scale(spans, least, opened, length)
        widths = [
            low if is_open else scale * span for span, low, is_open in zip(spans, least, opened, strict=True)
        ]
    # The end is kept to the letter, whatever the sum of the stretches was rounded to.
    return Spacing([*list(accumulate(widths, initial=0.0))[: len(widths)], length] if days else [], opened)


def _opened(spans: list[int], least: Sequence[float], length: float) -> list[bool]:
    """Which stretches have to be opened. Each that is takes from the others, which may crowd more of them."""
    opened = [span == 0 and low > 0 for span, low in zip(spans, least, strict=True)]
    while _to_scale(spans, opened):
        scale = _scale(spans, least, opened, length)
        crowded = [
            is_open or scale * span < low for span, low, is_open in zip(spans, least, opened, strict=True)
        ]
        if crowded == opened:
            break
        opened = crowded
    return opened


def _scale(spans: list[int], least: Sequence[float], opened: list[bool], length: float) -> float:
    """How wide a day is on the stretches that are to scale."""
    taken = sum(low for low, is_open in zip(least, opened, strict=True) if is_open)
    return (length - taken) / _to_scale(spans, opened)


def _to_scale(spans: list[int], opened: list[bool]) -> int:
    """The days of the stretches that are not opened."""
    return sum(span for span, is_open in zip(spans, opened, strict=True) if not is_open)
