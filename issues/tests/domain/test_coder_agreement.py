"""Krippendorff's α against the worked example of measures.md, and where it is undefined."""

import warnings

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.coder_agreement import Agreement, agreement

N = None
CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_worked_example(level: str, alpha: float) -> None:
    agreed = agreement(CODERS, level)
    assert agreed.alpha == pytest.approx(alpha, abs=0.0005)
    assert agreed.n == 11  # the twelfth unit was coded by one only


def test_perfect_agreement_is_one() -> None:
    assert agreement([[0, 25, 100], [0, 25, 100]]) == Agreement(1.0, 3)


def test_systematic_disagreement_is_below_zero() -> None:
    agreed = agreement([[0, 100], [100, 0]])
    assert agreed.alpha is not None
    assert agreed.alpha < 0


def test_a_near_miss_costs_less_than_a_far_one_on_an_interval_scale_only() -> None:
    near, far = [[0, 25, 50, 75], [0, 25, 50, 100]], [[0, 25, 50, 75], [0, 25, 50, 0]]
    assert (agreement(near).alpha or 0) > (agreement(far).alpha or 0)
    assert agreement(near, "nominal").n == agreement(far, "nominal").n == 4


@pytest.mark.parametrize(
    ("codings", "n"),
    [
        ([], 0),
        ([[], []], 0),
        ([[N, N], [N, N]], 0),
        ([[50], [50]], 1),
        ([[50, 25], [50, N]], 1),
        ([[50, 50, 50], [50, 50, 50]], 3),
        ([[50, N], [N, 25]], 0),
        ([[10, 20, 30]], 0),
    ],
)
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_it_is_undefined_and_says_over_how_many(
    codings: list[list[float | None]], n: int, level: str
) -> None:
    assert agreement(codings, level) == Agreement(None, n)


def test_a_value_that_only_one_coder_gave_does_not_make_two_values() -> None:
    assert agreement([[50, 50, 99], [50, 50, N]]) == Agreement(None, 2)


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="same units"):
        agreement([[1, 2], [1]])


coded = st.none() | st.integers(0, 100).map(float)


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(st.lists(coded, min_size=n, max_size=n), min_size=2, max_size=3)
    )
)
def test_it_never_fails_nor_exceeds_one_and_order_does_not_matter(codings: list[list[float | None]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        agreed = agreement(codings)
        turned = agreement([row[::-1] for row in codings[::-1]])
    assert agreed.n == turned.n
    if agreed.alpha is None:
        assert turned.alpha is None
    else:
        assert agreed.alpha <= 1 + 1e-9
        assert turned.alpha == pytest.approx(agreed.alpha)


CODES = st.sampled_from([None, 0.0, 25.0, 50.0, 75.0, 100.0])


@given(
    st.integers(1, 8).flatmap(
        lambda units: st.lists(st.lists(CODES, min_size=units, max_size=units), min_size=2, max_size=4)
    ),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_it_is_what_the_library_of_others_says(codings: list[list[float | None]], level: str) -> None:
    ours = agreement(codings, level)
    if ours.alpha is None:
        return
    data = np.array([[np.nan if code is None else code for code in coder] for coder in codings])
    theirs = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    assert ours.alpha == pytest.approx(theirs, abs=1e-9)
