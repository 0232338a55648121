"""The median of the others, from one shared table of placements."""

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.others import Others, Placed

PLACED = st.dictionaries(
    st.integers(0, 12), st.sampled_from([0.0, 25.0, 37.5, 50.0, 75.0, 100.0]), max_size=12
)


@given(PLACED, st.frozensets(st.integers(0, 14)))
def test_the_middle_is_the_median_of_those_that_are_left(
    placed: dict[int, float], gone: frozenset[int]
) -> None:
    left = [placement for party, placement in placed.items() if party not in gone]
    others = Others(Placed(placed), gone)

    assert others.middle == (median(left) if left else None)
    assert bool(others) is bool(left)


def test_the_distances_are_those_to_each_that_is_left_by_party() -> None:
    others = Others(Placed({3: 100.0, 1: 25.0, 2: 0.0}), frozenset({2, 9}))

    told = [(item.party, item.placement, item.before, item.after) for item in others.distances(50, 75)]
    assert told == [(1, 25.0, 25.0, 50.0), (3, 100.0, 50.0, 25.0)]
