"""The scale of an issue: 0 to 100, with lettered options."""

from collections.abc import Iterable
from enum import StrEnum

LOWEST = 0.0
HIGHEST = 100.0
FEWEST_OPTIONS = 2
MOST_OPTIONS = 13


class IssueKind(StrEnum):
    """What the scale of an issue measures."""

    PREFERENCE = "preference"
    STAGE = "stage"
    TEXT = "text"


def signed(value: float) -> str:
    """A difference with its sign, a true minus: +25, 0, −12.5."""
    return f"{value:+.4g}".replace("-", "−") if value else "0"


def letters(values: Iterable[float]) -> dict[float, str]:
    """The letter of each option by order of value: the lowest is *a*; at most 13, up to *m*."""
    return {value: chr(ord("a") + place) for place, value in enumerate(sorted(set(values)))}
