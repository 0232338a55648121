"""How far two coders agree: Krippendorff's α over the cells that both have coded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Level = Literal["nominal", "ordinal", "interval"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """α, 1 for perfect agreement and 0 for none beyond chance, over ``n`` cells that both coded.

    ``alpha`` is None where it is undefined: fewer than two such cells, or only one value in all of them.
    """

    alpha: float | None
    n: int


def agreement(codings: Sequence[Sequence[float | None]], level: Level = "interval") -> Agreement:
    """Krippendorff's α of coders (rows) over units (columns), None where one did not code.

    ``level`` is "nominal", "ordinal" for options or "interval" for values. Source: Krippendorff, *Content
    Analysis* (4th ed., 2019), ch. 12: α = 1 − Σ o δ² ⁄ Σ e δ², over the coincidences observed and expected.
    Raises ValueError for rows of unequal length.
    """
    if len({len(row) for row in codings}) > 1:
        raise ValueError("Every coder needs the same units.")
    data = np.array([[np.nan if value is None else value for value in row] for row in codings])
    if data.size == 0:
        return Agreement(None, 0)
    both = (~np.isnan(data)).sum(axis=0) >= 2
    n = int(both.sum())
    values = data[:, both]
    said = np.unique(values[~np.isnan(values)])
    if n < 2 or len(said) < 2:
        return Agreement(None, n)
    observed = _coincidences(values, said)
    often = observed.sum(axis=1)
    expected = (np.outer(often, often) - np.diag(often)) / (often.sum() - 1)
    apart = _difference(said, often, level) ** 2
    return Agreement(float(1 - (observed * apart).sum() / (expected * apart).sum()), n)


def _coincidences(values: Floats, said: Floats) -> Floats:
    """How often each two of the values that are ``said`` stand in one unit, over all pairs of its coders."""
    counts = (values[:, :, None] == said).sum(axis=0)  # units × values
    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(len(said)) * counts[:, :, None]
    found: Floats = (pairs / (counts.sum(axis=1) - 1)[:, None, None]).sum(axis=0)
    return found


def _difference(said: Floats, often: Floats, level: Level) -> Floats:
    """How far each two values are apart; ordinal ones by how much was said from one to the other."""
    if level == "nominal":
        return 1 - np.eye(len(said))
    place = np.cumsum(often) - often / 2 if level == "ordinal" else said
    return np.abs(place[:, None] - place[None, :])
