"""Cross-impact balance: which bundles of options hold together by the judgements that were made.

A judgement says how one option of an issue bears on an option of another, from −3 (strongly hindering) to
+3 (strongly promoting). The balance of an option, given a choice on every other issue, is the sum of what
the chosen options say of it. A scenario is *consistent* when on every issue the chosen option has the
highest balance of all options there. Source: Weimer-Jehle 2006.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from random import Random

import numpy as np
import numpy.typing as npt

# How many combinations are looked at at once: memory stays flat, whatever the number of them.
AT_ONCE = 16_384
MOST_KEPT = 1_000
ON_A_PAGE = 1_000_000
IN_A_COMMAND = 10_000_000
STARTS = 20_000
MOST_STEPS = 100
STRONGEST = 3
# A grid of more fields is divided, by the issues that bear: 2,000 take a second to draw and 300 KB.
MOST_CELLS = 2_000

# (from issue, from option, on issue, on option), each by its place.
Impacts = Mapping[tuple[int, int, int, int], int | Fraction]
Progress = Callable[[int, int], None]
Balances = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One consistent choice of an option on each issue, by place.

    ``margin`` is the smallest lead of a chosen option over the next best one of its issue: 0 is a tie.
    """

    options: tuple[int, ...]
    margin: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The consistent bundles, the firmest first, at most 1,000 of ``total`` kept.

    ``looked_at`` of ``combinations`` were looked at; ``exhaustive`` is whether that is all of them. Where
    it is not, ``total`` is what was come across, and there may be more.
    """

    bundles: list[Bundle]
    total: int
    looked_at: int
    combinations: int
    exhaustive: bool


class _Matrix:
    """The judgements as one array over all options, and where each issue's options begin.

    Means of several people are fractions: all are counted in the ``scale``-th part of a point, exactly.
    """

    def __init__(self, sizes: Sequence[int], impacts: Impacts) -> None:
        if any(size < 1 for size in sizes):
            raise ValueError("Every issue has at least one option.")
        self.sizes = tuple(sizes)
        self.starts = [sum(self.sizes[:place]) for place in range(len(self.sizes))]
        width = sum(self.sizes)
        self.scale = lcm(*(impact.denominator for impact in impacts.values()))
        self.impacts: Balances = np.zeros((width, width), dtype=np.int64)
        for (from_issue, from_option, on_issue, on_option), impact in impacts.items():
            if from_issue == on_issue:
                raise ValueError("A judgement is between options of different issues.")
            place = self.starts[from_issue] + from_option, self.starts[on_issue] + on_option
            self.impacts[place] = int(impact * self.scale)

    def balances(self, choices: npt.NDArray[np.intp]) -> Balances:
        """The balance of every option under each row of choices."""
        balances: Balances = np.zeros((len(choices), self.impacts.shape[1]), dtype=np.int64)
        for place, start in enumerate(self.starts):
            balances += self.impacts[start + choices[:, place]]
        return balances

    def margins(self, choices: npt.NDArray[np.intp]) -> Balances:
        """Per row, the smallest lead of a chosen option over the best other; below 0 is inconsistent.

        An issue of one option leads by the most that judgements can.
        """
        balances = self.balances(choices)
        rows = np.arange(len(choices))
        least: Balances = np.full(len(choices), np.iinfo(np.int64).max, dtype=np.int64)
        for place, (start, size) in enumerate(zip(self.starts, self.sizes, strict=True)):
            if size == 1:
                continue
            here = balances[:, start : start + size].copy()
            chosen = here[rows, choices[:, place]]
            here[rows, choices[:, place]] = np.iinfo(np.int64).min
            np.minimum(least, chosen - here.max(axis=1), out=least)
        least[least == np.iinfo(np.int64).max] = STRONGEST * len(self.sizes) * self.scale
        return least


def search(sizes: Sequence[int], impacts: Impacts, progress: Progress | None = None) -> SearchResult:
    """Look at every combination. ``sizes`` are the numbers of options, issue by issue.

    ``progress`` is told how many of how many were looked at. Memory does not grow with the number of
    combinations. Raises ValueError for an issue without options or a judgement within one issue.
    """
    matrix, total = _Matrix(sizes, impacts), prod(sizes)
    kept = _Kept()
    for start in range(0, total, AT_ONCE):
        numbers = np.arange(start, min(start + AT_ONCE, total))
        choices = (
            np.stack(np.unravel_index(numbers, matrix.sizes), axis=1) if sizes else numbers[:, None][:, :0]
        )
        kept.add(choices, matrix.margins(choices))
        if progress is not None:
            progress(int(numbers[-1]) + 1, total)
    return SearchResult(_in_points(kept.firmest(), matrix.scale), kept.total, total, total, exhaustive=True)


def sample(
    sizes: Sequence[int],
    impacts: Impacts,
    *,
    starts: int = STARTS,
    seed: int = 1,
    progress: Progress | None = None,
) -> SearchResult:
    """Look for consistent bundles from random starts, each followed until no issue changes its option.

    Not exhaustive: a bundle that no start leads to is not found. The same seed finds the same.
    """
    matrix, draw = _Matrix(sizes, impacts), Random(seed)  # noqa: S311 -- no secret
    seen: dict[tuple[int, ...], int] = {}
    done = 0
    while done < starts:
        size = min(AT_ONCE, starts - done)
        choices = np.array([[draw.randrange(n) for n in matrix.sizes] for _ in range(size)], dtype=np.intp)
        for settled in _followed(matrix, choices):
            margins = matrix.margins(settled)
            for row, margin in zip(settled[margins >= 0], margins[margins >= 0], strict=True):
                seen[tuple(int(option) for option in row)] = int(margin)
        done += size
        if progress is not None:
            progress(done, starts)
    bundles = sorted((Bundle(options, margin) for options, margin in seen.items()), key=_firmest_first)
    bundles_told = _in_points(bundles[:MOST_KEPT], matrix.scale)
    return SearchResult(bundles_told, len(bundles), starts, prod(sizes), exhaustive=False)


def _followed(matrix: _Matrix, choices: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
    """The choices after each step, until none changes: every issue takes the option of highest balance."""
    for _ in range(MOST_STEPS):
        yield choices
        balances = matrix.balances(choices)
        after = choices.copy()
        for place, (start, size) in enumerate(zip(matrix.starts, matrix.sizes, strict=True)):
            here = balances[:, start : start + size]
            rows = np.arange(len(choices))
            leads = here[rows, choices[:, place]] < here.max(axis=1)
            after[leads, place] = here[leads].argmax(axis=1)
        if np.array_equal(after, choices):
            return
        choices = after


class _Kept:
    """The firmest bundles so far, and how many there were in all."""

    def __init__(self) -> None:
        self.total = 0
        self._bundles: list[Bundle] = []

    def add(self, choices: npt.NDArray[np.intp], margins: Balances) -> None:
        consistent = margins >= 0
        self.total += int(consistent.sum())
        rows, leads = choices[consistent], margins[consistent]
        firmest = np.argsort(-leads, kind="stable")[:MOST_KEPT]
        self._bundles += [
            Bundle(tuple(int(option) for option in rows[place]), int(leads[place])) for place in firmest
        ]
        if len(self._bundles) > 2 * MOST_KEPT:
            self._bundles = self.firmest()

    def firmest(self) -> list[Bundle]:
        return sorted(self._bundles, key=_firmest_first)[:MOST_KEPT]


def _in_points(bundles: list[Bundle], scale: int) -> list[Bundle]:
    """The bundles with their margins in points of the judgements."""
    return [Bundle(item.options, item.margin / scale) for item in bundles] if scale > 1 else bundles


def portions(sizes: Sequence[int], columns: int, most: int = MOST_CELLS) -> list[list[int]]:
    """The places of the issues, divided so that no portion's options by ``columns`` are more than ``most``.

    An issue is never divided, so one alone may be more.
    """
    divided: list[list[int]] = []
    rows = 0
    for place, size in enumerate(sizes):
        if not divided or (rows + size) * columns > most:
            divided.append([])
            rows = 0
        divided[-1].append(place)
        rows += size
    return divided


def _firmest_first(bundle: Bundle) -> tuple[float, tuple[int, ...]]:
    return -bundle.margin, bundle.options
