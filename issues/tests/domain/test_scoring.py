"""Brier scores, skill and calibration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.scoring import Bin, Forecast, brier, calibration, score

forecasts = st.lists(
    st.builds(Forecast, st.integers(0, 100).map(lambda n: n / 100), st.booleans(), st.just(0.25)), max_size=30
)


@pytest.mark.parametrize(
    ("probability", "happened", "expected"),
    [
        (0.7, True, 0.09),
        (0.3, True, 0.49),
        (0.5, True, 0.25),
        (0.5, False, 0.25),
        (1, False, 1),
        (0, False, 0),
    ],
)
def test_the_score_of_one_forecast(probability: float, happened: bool, expected: float) -> None:
    assert brier(probability, happened) == pytest.approx(expected, abs=1e-6)


def test_the_score_is_a_mean_with_its_n_and_skill_is_against_the_baseline() -> None:
    scored = score([Forecast(0.7, True, 0.25), Forecast(0.3, False, 0.25)])

    assert scored is not None
    assert scored.brier == pytest.approx(0.09, abs=1e-6)
    assert scored.reference == pytest.approx((0.75**2 + 0.25**2) / 2, abs=1e-6)
    assert scored.skill == pytest.approx(1 - 0.09 / 0.3125, abs=1e-6)
    assert scored.n == 2


def test_the_baseline_has_no_skill() -> None:
    scored = score([Forecast(0.25, True, 0.25), Forecast(0.25, False, 0.25)])

    assert scored is not None
    assert scored.skill == pytest.approx(0, abs=1e-6)


def test_against_a_perfect_baseline_there_is_no_skill_to_measure() -> None:
    scored = score([Forecast(0.5, False, 0.0)])

    assert scored is not None
    assert scored.skill is None


def test_nothing_forecast_is_not_scored() -> None:
    assert score([]) is None
    assert calibration([]) == []


def test_calibration_sorts_into_bins_and_leaves_out_empty_ones() -> None:
    scored = calibration(
        [Forecast(0.3, True), Forecast(0.35, False), Forecast(1.0, True), Forecast(0.9, True)]
    )

    assert scored == [
        Bin(0.3, 0.4, 2, pytest.approx(0.325), 0.5),
        Bin(0.9, 1.0, 2, pytest.approx(0.95), 1.0),
    ]


def test_bins_come_from_the_least_probable_up_whatever_was_given_first() -> None:
    scored = calibration([Forecast(number, True) for number in (0.9, 0.15, 1.0, 0.0, 0.5, 0.1)])

    assert [(item.low, item.high, item.n) for item in scored] == [
        (0.0, 0.1, 1),
        (0.1, 0.2, 2),
        (0.5, 0.6, 1),
        (0.9, 1.0, 2),
    ]


@given(forecasts)
def test_the_score_lies_between_0_and_1_and_every_forecast_is_in_one_bin(given_: list[Forecast]) -> None:
    scored = score(given_)

    assert scored is None or (0 <= scored.brier <= 1 and scored.n == len(given_))
    assert sum(item.n for item in calibration(given_)) == len(given_)


@pytest.mark.parametrize("probability", [-0.01, 1.01, 70])
def test_a_probability_is_between_0_and_1(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Forecast(probability, True)


def test_there_is_at_least_one_bin() -> None:
    with pytest.raises(ValueError, match="at least one"):
        calibration([], bins=0)
