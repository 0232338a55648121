"""What a change is measured against: where the other parties stood before the table.

One table of placements serves all that was said at a table, so that measuring one change costs next to
nothing, however many parties there are; the distances to each are worked out where they are shown.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a change is from where another party stood before the table, in points, before and after it."""

    party: int
    placement: float
    before: float
    after: float


@dataclass(frozen=True)
class Placed:
    """Where the parties stood on one issue before one table, on 0..100, by party."""

    by_party: Mapping[int, float]

    @cached_property
    def in_order(self) -> list[tuple[int, float]]:
        """The parties with their placements, by party."""
        return sorted(self.by_party.items())

    @cached_property
    def _values(self) -> list[float]:
        return sorted(self.by_party.values())

    def middle_without(self, gone: frozenset[int]) -> float | None:
        """The median of the placements, without those of these parties; None where none is left."""
        left = len(self.by_party) - len(self.by_party.keys() & gone)
        if not left:
            return None
        missing = self._ranks(gone)
        low, high = self._nth((left - 1) // 2, missing), self._nth(left // 2, missing)
        return (low + high) / 2

    def _ranks(self, gone: frozenset[int]) -> list[int]:
        """Where the placements of these parties are in the order, in order."""
        placed = [self.by_party[party] for party in gone if party in self.by_party]
        if len(placed) < 2:  # the one who spoke, as nearly always
            return [bisect_left(self._values, value) for value in placed]
        values = Counter(placed)
        return sorted(
            bisect_left(self._values, value) + number
            for value, times in values.items()
            for number in range(times)
        )

    def _nth(self, number: int, missing: list[int]) -> float:
        """The placement at a rank among those that are left, from 0."""
        for rank in missing:
            if rank > number:
                break
            number += 1
        return self._values[number]


@dataclass(frozen=True, slots=True)
class Others:
    """The other parties of one change: without the actor itself and those that signed the same text."""

    placed: Placed
    without: frozenset[int]

    def __len__(self) -> int:
        """How many of them were placed."""
        return len(self.placed.by_party) - len(self.placed.by_party.keys() & self.without)

    def __iter__(self) -> Iterator[tuple[int, float]]:
        """Each with its placement, by party."""
        return (item for item in self.placed.in_order if item[0] not in self.without)

    @property
    def middle(self) -> float | None:
        """The median of their placements, on 0..100; None where there are none."""
        return self.placed.middle_without(self.without)

    def distances(self, before: float, after: float) -> tuple[Distance, ...]:
        """How far two placements are from each of theirs, by party."""
        return tuple(
            Distance(party, placement, abs(before - placement), abs(after - placement))
            for party, placement in self
        )
