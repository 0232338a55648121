"""What an issue would come to, from where everyone stands: simple models, and how they did.

Positions are on 0..100. The weight of an actor is capability × salience.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

UNCODED_CAPABILITY = 1.0
# Half of a total is reached in spite of the last bits of a float.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Bid:
    """An actor in a forecast: where it stands, what it can bring to bear (> 0), how much it cares (≥ 0)."""

    position: float
    capability: float = UNCODED_CAPABILITY
    salience: float = 50.0

    def __post_init__(self) -> None:
        if self.capability <= 0:
            raise ValueError("The capability must be above 0.")
        if self.salience < 0:
            raise ValueError("The salience must not be below 0.")

    @property
    def weight(self) -> float:
        """Capability × salience; capabilities need not add up to 1."""
        return self.capability * self.salience


class Model(StrEnum):
    """A way to forecast the outcome on an issue."""

    STATUS_QUO = "status quo"
    MEAN = "mean"
    MEDIAN = "median"
    COMPROMISE = "compromise"


def compromise(bids: Collection[Bid]) -> float | None:
    """Σ c·s·x / Σ c·s; None where there is no weight. Source: Thomson et al. 2006; Achen."""
    total = sum(bid.weight for bid in bids)
    return sum(bid.weight * bid.position for bid in bids) / total if total else None


def median(bids: Collection[Bid]) -> float | None:
    """The smallest position at which the cumulative c·s reaches half of the total; None without weight.

    Source: Bueno de Mesquita 1994.
    """
    ordered = sorted((bid for bid in bids if bid.weight), key=lambda bid: bid.position)
    total = sum(bid.weight for bid in ordered)
    if not total:
        return None
    reached = accumulate(bid.weight for bid in ordered)
    half = total / 2 * (1 - ROUNDING)
    return next((bid.position for bid, so_far in zip(ordered, reached, strict=True) if so_far >= half), None)


def mean(bids: Collection[Bid]) -> float | None:
    """The plain mean of the positions, each actor counted alike; None without any."""
    return sum(bid.position for bid in bids) / len(bids) if bids else None


def forecasts(bids: Collection[Bid], status_quo: float | None) -> dict[Model, float | None]:
    """Every model's forecast. ``status_quo`` is the reference point's value, where there is one."""
    return {
        Model.STATUS_QUO: status_quo,
        Model.MEAN: mean(bids),
        Model.MEDIAN: median(bids),
        Model.COMPROMISE: compromise(bids),
    }


@dataclass(frozen=True, slots=True)
class Errors:
    """A model's mean absolute error in points of the scale, over ``n`` outcomes that it could forecast."""

    model: Model
    error: float | None
    n: int


def backtest(cases: Sequence[tuple[Mapping[Model, float | None], float]]) -> list[Errors]:
    """Each model's mean absolute error over forecasts beside what came; cases it says nothing of left out."""
    errors = []
    for model in Model:
        misses = [
            abs(forecast - actual) for said, actual in cases if (forecast := said.get(model)) is not None
        ]
        errors.append(Errors(model, sum(misses) / len(misses) if misses else None, len(misses)))
    return errors


def polarisation(masses: Sequence[tuple[float, float]]) -> float | None:
    """P = Σ_i Σ_j π_i² π_j |y_i − y_j|, positions y on 0..1 and masses π that add up to 1.

    ``masses`` are pairs of a position and its mass; equal positions are one group, and the masses are
    divided by their sum. None without mass. Source: Esteban and Ray 1994, α = K = 1.
    """
    groups: dict[float, float] = {}
    for place, mass in masses:
        groups[place] = groups.get(place, 0.0) + mass
    total = sum(groups.values())
    if total <= 0:
        return None
    shares = {place: mass / total for place, mass in groups.items()}
    return sum(
        share**2 * other_share * abs(place - other)
        for place, share in shares.items()
        for other, other_share in shares.items()
    )
