"""How far two coders agree: Krippendorff's α over the cells that both have coded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import krippendorff
import numpy as np

Level = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """α, 1 for perfect agreement and 0 for none beyond chance, over ``n`` cells that both coded.

    ``alpha`` is None where it is undefined: fewer than two such cells, or only one value in all of them.
    """

    alpha: float | None
    n: int


def agreement(codings: Sequence[Sequence[float | None]], level: Level = "interval") -> Agreement:
    """Krippendorff's α of coders (rows) over units (columns), None where one did not code.

    ``level`` is "nominal", "ordinal" for options or "interval" for values. Source: Krippendorff 2019.
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
    if n < 2 or len(np.unique(values[~np.isnan(values)])) < 2:
        return Agreement(None, n)
    return Agreement(float(krippendorff.alpha(reliability_data=data, level_of_measurement=level)), n)
