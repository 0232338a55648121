"""Probabilities of scenarios, in per cent: what a set must add up to, means, and words beside numbers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

WHOLE = 100.0
TOLERANCE = 0.5

# Upper bounds in per cent and the words for what lies below them. Source: ICD 203 (2015), which leaves
# the bounds to both sides; here a bound belongs to the words above it.
WORDS = (
    (5.0, "almost no chance"),
    (20.0, "very unlikely"),
    (45.0, "unlikely"),
    (55.0, "roughly even chance"),
    (80.0, "likely"),
    (95.0, "very likely"),
    (WHOLE, "almost certain"),
)


def in_words(probability: float) -> str:
    """The words of ICD 203 for a probability in per cent, 0..100."""
    return next((words for bound, words in WORDS if probability < bound), WORDS[-1][1])


def is_whole(probabilities: Collection[float]) -> bool:
    """Whether the probabilities of an exclusive set add up to 100 per cent, give or take half a one."""
    return abs(sum(probabilities) - WHOLE) <= TOLERANCE


@dataclass(frozen=True, slots=True)
class Total:
    """What probabilities in per cent that are to add up to 100 come to."""

    value: float

    @property
    def is_whole(self) -> bool:
        """Whether it is 100, give or take half a one."""
        return is_whole([self.value])

    @property
    def left(self) -> float:
        """How much is still to be given; below 0 is too much."""
        return round(WHOLE - self.value, 6)


@dataclass(frozen=True, slots=True)
class Spread:
    """The group's view: the plain mean of ``n`` people's latest numbers, with the lowest and highest."""

    mean: float
    low: float
    high: float
    n: int


def spread(probabilities: Sequence[float]) -> Spread | None:
    """The mean and range of the assessors' numbers; None where nobody has given one."""
    if not probabilities:
        return None
    n = len(probabilities)
    return Spread(sum(probabilities) / n, min(probabilities), max(probabilities), n)
