"""Which endings can happen together, as far as what they settle tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.scenario import Overlap, overlap
from issues.tests.domain.strategies import points

bundles = st.dictionaries(st.integers(1, 4), points)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({1: 50.0, 2: 0.0}, {1: 50.0, 2: 0.0}, Overlap.SAME),
        ({1: 50.0}, {1: 50.0, 2: 0.0}, Overlap.WITHIN),
        ({1: 50.0, 2: 0.0}, {2: 0.0}, Overlap.WITHIN),
        ({1: 50.0}, {2: 0.0}, Overlap.NOT_APART),
        ({1: 50.0, 2: 0.0}, {1: 50.0, 3: 0.0}, Overlap.NOT_APART),
        ({1: 50.0, 2: 0.0}, {1: 50.0, 2: 0.5}, None),
        ({1: 50.0, 2: 0.0}, {1: 75.0, 3: 0.0}, None),
        ({}, {1: 75.0}, None),
        ({}, {}, None),
    ],
)
def test_two_endings_exclude_each_other_only_where_they_differ_on_an_issue(
    one: dict[int, float], other: dict[int, float], expected: Overlap | None
) -> None:
    assert overlap(one, other) == expected
    assert overlap(other, one) == expected


@given(bundles, bundles)
def test_one_outcome_more_never_lets_two_endings_happen_together_that_excluded_each_other(
    one: dict[int, float], other: dict[int, float]
) -> None:
    if one and other and overlap(one, other) is None:
        assert overlap(one | {9: 10.0}, other) is None
    elif one and other:
        assert overlap(one | {9: 10.0}, other | {9: 20.0}) is None
