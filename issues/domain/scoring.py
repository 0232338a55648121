"""How good the probabilities were, once history has answered: Brier score, skill, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

BINS = 10


@dataclass(frozen=True, slots=True)
class Forecast:
    """A probability on 0..1, whether it happened, and what the baseline would have given, on 0..1."""

    probability: float
    happened: bool
    baseline: float = 0.5

    def __post_init__(self) -> None:
        if not (0 <= self.probability <= 1 and 0 <= self.baseline <= 1):
            raise ValueError("A probability lies between 0 and 1.")

    @property
    def outcome(self) -> float:
        return 1.0 if self.happened else 0.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a number counts: to the end of the day on which the question closes, and before the ending.

    ``ended_on`` is the day on which what was asked came about or fell away; None while it is open.
    """

    closes_on: date
    ended_on: date | None = None

    @property
    def is_ending(self) -> bool:
        """Whether it is the ending that stops the count, as against the closing of the question."""
        return self.ended_on is not None and self.ended_on <= self.closes_on

    def admits(self, made_on: date) -> bool:
        """Whether a number of this day counts. One of the day of the ending itself could know of it."""
        return made_on <= self.closes_on and (self.ended_on is None or made_on < self.ended_on)


def ended_on(own: date | None, happened: date | None, exclusive: bool) -> date | None:
    """When the fate of an ending was known: on its own day, or earlier when another of its set happened.

    Of an exclusive set nothing else can happen any more on the day on which one ending did.
    """
    days = [day for day in (own, happened if exclusive else None) if day is not None]
    return min(days) if days else None


@dataclass(frozen=True, slots=True)
class Score:
    """The Brier score over ``n`` forecasts, 0 best and 1 worst, and the skill against the baseline.

    ``skill`` is 1 for perfect, 0 for no better than the baseline, below 0 for worse; None where the
    baseline is itself perfect.
    """

    brier: float
    reference: float
    skill: float | None
    n: int


def brier(probability: float, happened: bool) -> float:
    """(p − o)² of one binary forecast, p on 0..1. Source: Brier 1950."""
    return (probability - (1.0 if happened else 0.0)) ** 2


def score(forecasts: Sequence[Forecast]) -> Score | None:
    """The mean Brier score, and 1 − BS / BS_ref against the baselines; None without forecasts."""
    if not forecasts:
        return None
    n = len(forecasts)
    mine = sum(brier(item.probability, item.happened) for item in forecasts) / n
    reference = sum(brier(item.baseline, item.happened) for item in forecasts) / n
    return Score(mine, reference, 1 - mine / reference if reference else None, n)


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts from ``low`` up to ``high`` (the last bin with its end): mean probability and frequency."""

    low: float
    high: float
    n: int
    mean: float
    frequency: float


def calibration(forecasts: Sequence[Forecast], bins: int = BINS) -> list[Bin]:
    """How often that happened which was given each probability: one row a bin that is not empty.

    A forecaster is calibrated where the frequency equals the mean. Probabilities on 0..1.
    """
    if bins < 1:
        raise ValueError("There is at least one bin.")
    sorted_in: dict[int, list[Forecast]] = {}
    for item in forecasts:
        sorted_in.setdefault(min(int(item.probability * bins + 1e-9), bins - 1), []).append(item)
    return [
        Bin(
            place / bins,
            (place + 1) / bins,
            len(in_bin),
            sum(item.probability for item in in_bin) / len(in_bin),
            sum(item.outcome for item in in_bin) / len(in_bin),
        )
        for place, in_bin in sorted(sorted_in.items())
    ]
