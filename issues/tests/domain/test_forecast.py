"""Compromise, median, mean and status quo; how they did; polarisation."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from issues.domain.forecast import (
    Bid,
    Errors,
    Model,
    backtest,
    compromise,
    forecasts,
    mean,
    median,
    polarisation,
)
from issues.tests.domain.strategies import points

# European Commission, car-emission standards, years of delay: capability, position, salience.
CARS = [
    Bid(position, capability, salience)
    for capability, position, salience in (
        (0.08, 4, 0.8),
        (0.08, 7, 0.4),
        (0.03, 4, 0.2),
        (0.16, 4, 0.8),
        (0.16, 10, 0.6),
        (0.16, 10, 0.6),
        (0.16, 10, 0.9),
        (0.05, 7, 0.1),
        (0.05, 4, 1.0),
        (0.08, 7, 0.7),
    )
]

bids = st.lists(
    st.builds(Bid, points, st.integers(1, 20).map(float), st.integers(0, 100).map(float)), max_size=8
)


def test_the_weighted_mean_of_the_worked_example() -> None:
    assert compromise(CARS) == pytest.approx(7.389955686853767, abs=1e-6)


def test_the_weighted_median_of_the_worked_example() -> None:
    assert median(CARS) == 7


def test_the_plain_mean_of_the_worked_example() -> None:
    assert mean(CARS) == pytest.approx(6.7, abs=1e-6)


def test_the_median_is_where_half_is_reached_even_exactly() -> None:
    assert median([Bid(10), Bid(90)]) == 10
    assert median([Bid(10, 0.1), Bid(20, 0.2), Bid(30, 0.3)]) == 20


def test_who_does_not_care_does_not_count() -> None:
    assert median([Bid(0, 1, 0), Bid(60, 1, 1)]) == 60
    assert compromise([Bid(0, 1, 0), Bid(60, 1, 1)]) == 60


def test_without_weight_there_is_no_forecast() -> None:
    assert (compromise([]), median([]), mean([])) == (None, None, None)
    assert (compromise([Bid(5, 1, 0)]), median([Bid(5, 1, 0)])) == (None, None)


@pytest.mark.parametrize(("capability", "salience"), [(0.0, 50.0), (-1.0, 50.0), (1.0, -1.0)])
def test_capability_is_above_nought_and_salience_not_below(capability: float, salience: float) -> None:
    with pytest.raises(ValueError, match="must"):
        Bid(50.0, capability, salience)


def test_every_model_is_tested_against_what_came_where_it_said_something() -> None:
    first = forecasts([Bid(0), Bid(100, 3)], status_quo=25)
    second = forecasts([Bid(40)], status_quo=None)

    outcome = {item.model: item for item in backtest([(first, 75), (second, 50)])}

    assert outcome[Model.STATUS_QUO] == Errors(Model.STATUS_QUO, 50, 1)
    assert outcome[Model.MEAN] == Errors(Model.MEAN, pytest.approx(17.5), 2)
    assert outcome[Model.MEDIAN] == Errors(Model.MEDIAN, pytest.approx(17.5), 2)
    assert outcome[Model.COMPROMISE] == Errors(Model.COMPROMISE, pytest.approx(5), 2)
    assert backtest([])[0] == Errors(Model.STATUS_QUO, None, 0)


@given(bids)
def test_forecasts_lie_between_the_positions(given_: list[Bid]) -> None:
    places = [bid.position for bid in given_]

    for outcome in (compromise(given_), median(given_), mean(given_)):
        assert outcome is None or min(places) - 1e-9 <= outcome <= max(places) + 1e-9


@given(bids, st.randoms(use_true_random=False))
def test_the_order_of_the_actors_changes_nothing(given_: list[Bid], order: object) -> None:
    shuffled = list(given_)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert compromise(shuffled) == pytest.approx(compromise(given_))
    assert median(shuffled) == median(given_)


@given(bids)
def test_a_mirrored_scale_mirrors_the_compromise(given_: list[Bid]) -> None:
    outcome = compromise(given_)
    assume(outcome is not None)
    mirrored = compromise([Bid(100 - bid.position, bid.capability, bid.salience) for bid in given_])

    assert mirrored == pytest.approx(100 - outcome)


@given(bids)
def test_the_median_has_at_most_half_on_either_side(given_: list[Bid]) -> None:
    outcome = median(given_)
    assume(outcome is not None)
    total = sum(bid.weight for bid in given_)

    assert sum(bid.weight for bid in given_ if bid.position < outcome) < total / 2 + 1e-6
    assert sum(bid.weight for bid in given_ if bid.position > outcome) <= total / 2 + 1e-6


@pytest.mark.parametrize(
    ("masses", "expected"),
    [
        ({0.0: 0.5, 1.0: 0.5}, 0.25),
        ({0.0: 1 / 3, 0.5: 1 / 3, 1.0: 1 / 3}, 0.148148),
        ({0.4: 1.0}, 0.0),
    ],
)
def test_polarisation_of_the_worked_examples(masses: dict[float, float], expected: float) -> None:
    assert polarisation(list(masses.items())) == pytest.approx(expected, abs=1e-6)


def test_actors_at_one_place_are_one_group_and_masses_need_not_add_up() -> None:
    assert polarisation([(0.0, 1), (0.0, 1), (1.0, 2)]) == pytest.approx(0.25, abs=1e-6)
    assert polarisation([]) is None


@given(
    st.lists(st.tuples(points.map(lambda n: n / 100), st.integers(1, 9).map(float)), min_size=1, max_size=6)
)
def test_polarisation_is_least_for_one_group_and_never_more_than_two_halves(
    masses: list[tuple[float, float]],
) -> None:
    outcome = polarisation(masses)

    assert outcome is not None
    assert -1e-12 <= outcome <= 0.25 + 1e-9
    assert polarisation([(1 - place, mass) for place, mass in masses]) == pytest.approx(outcome)
