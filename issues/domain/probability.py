"""Probabilities of scenarios, in per cent: what a set must add up to, means, and words beside numbers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import floor

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
    """The group's view: the plain mean of ``n`` people's latest numbers, with the lowest and highest.

    ``rounded`` is the mean in whole per cent, as it is shown.
    """

    mean: float
    low: float
    high: float
    n: int
    rounded: int = 0


def spread(probabilities: Sequence[float]) -> Spread | None:
    """The mean and range of the assessors' numbers; None where nobody has given one."""
    if not probabilities:
        return None
    n = len(probabilities)
    mean = sum(probabilities) / n
    return Spread(mean, min(probabilities), max(probabilities), n, round(mean))


def rounded_whole(probabilities: Mapping[int, float]) -> dict[int, int]:
    """Probabilities that add up to 100, in whole per cent that add up as well: largest remainders go up.

    Those that do not add up are rounded each by itself.
    """
    if not is_whole(probabilities.values()):
        return {key: round(value) for key, value in probabilities.items()}
    whole = {key: floor(value) for key, value in probabilities.items()}
    missing = round(WHOLE) - sum(whole.values())
    last = sorted(probabilities, key=lambda key: (whole[key] - probabilities[key], key))
    for key in last[:missing]:
        whole[key] += 1
    return whole
