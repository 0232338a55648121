"""How well an ending fits an actor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.change import Part, Standing
from issues.domain.scenario import Fit, fit, fits_on_both
from issues.tests.domain.strategies import points

issues = st.integers(1, 6)
targets = st.dictionaries(issues, st.none() | points)


def stands(placement: float | None = None, salience: float | None = None) -> Standing:
    return Standing(
        placement=None if placement is None else Part(placement, 1, 1),
        salience=None if salience is None else Part(salience, 1, 1),
    )


standings = st.dictionaries(issues, st.builds(stands, st.none() | points, st.none() | points))


def test_it_is_a_hundred_less_the_distance_weighed_by_salience() -> None:
    fitting = fit({1: 25.0, 2: 50.0}, {1: stands(75.0, 80.0), 2: stands(60.0, 20.0)})

    assert fitting.value == pytest.approx(100 - (80 * 50 + 20 * 10) / 100, abs=1e-6)
    assert fitting.n == 2


def test_salience_that_was_not_coded_counts_fifty_and_is_marked() -> None:
    fitting = fit({1: 0.0, 2: 0.0}, {1: stands(100.0), 2: stands(0.0, 50.0)})

    assert fitting.value == pytest.approx(50, abs=1e-6)
    assert [gap.is_coded for gap in fitting.gaps] == [False, True]


def test_what_is_not_placed_on_both_sides_is_left_out_and_n_says_so() -> None:
    fitting = fit({1: 0.0, 2: None, 3: 40.0}, {1: stands(), 2: stands(10.0), 3: stands(50.0)})

    assert (fitting.value, fitting.n) == (90.0, 1)


def test_nothing_placed_on_both_sides_is_not_scored() -> None:
    assert fit({1: 50.0}, {2: stands(50.0)}) == Fit(None, ())


def test_issues_that_do_not_matter_to_the_actor_are_not_scored() -> None:
    assert fit({1: 50.0}, {1: stands(0.0, 0.0)}).value is None


def test_an_ending_that_is_the_actors_own_position_fits_wholly() -> None:
    assert fit({1: 30.0}, {1: stands(30.0)}).value == 100


@given(targets, standings)
def test_it_lies_between_0_and_100(to: dict[int, float | None], of: dict[int, Standing]) -> None:
    value = fit(to, of).value

    assert value is None or -1e-9 <= value <= 100 + 1e-9


@given(targets, standings)
def test_a_mirrored_scale_mirrors_nothing_of_it(to: dict[int, float | None], of: dict[int, Standing]) -> None:
    mirrored_to = {issue: None if target is None else 100 - target for issue, target in to.items()}
    mirrored_of = {
        issue: stands(
            None if standing.placement is None else 100 - standing.placement.value,
            None if standing.salience is None else standing.salience.value,
        )
        for issue, standing in of.items()
    }

    assert fit(mirrored_to, mirrored_of).value == pytest.approx(fit(to, of).value, abs=1e-9)


@given(targets, standings, st.permutations(range(1, 7)))
def test_issues_under_other_numbers_change_nothing(
    to: dict[int, float | None], of: dict[int, Standing], names: list[int]
) -> None:
    renamed_to = {names[issue - 1]: target for issue, target in to.items()}
    renamed_of = {names[issue - 1]: standing for issue, standing in of.items()}

    assert fit(renamed_to, renamed_of).value == pytest.approx(fit(to, of).value, abs=1e-9)


def test_an_ending_that_fits_better_on_fewer_issues_is_not_nearer_on_those_that_both_settle() -> None:
    """The careless sentence: 100 on one issue is nearer than 60 on three; on the issue of both it is not."""
    stands_at = {1: stands(50.0), 2: stands(100.0), 3: stands(30.0)}
    few, many = {1: 60.0}, {1: 50.0, 2: 0.0, 3: 30.0}
    assert fit(few, stands_at).value > fit(many, stands_at).value

    one, other = fits_on_both(few, many, stands_at)

    assert (one.value, other.value) == (90.0, 100.0)
    assert (one.n, other.n) == (1, 1)


def test_endings_that_settle_nothing_in_common_are_not_compared() -> None:
    one, other = fits_on_both({1: 50.0, 3: None}, {2: 50.0, 3: 10.0}, {n: stands(50.0) for n in (1, 2, 3)})

    assert (one, other) == (Fit(None, ()), Fit(None, ()))


@given(targets, targets, standings)
def test_two_fits_are_compared_on_one_set_of_issues(one: dict, other: dict, standing: dict) -> None:
    here, there = fits_on_both(one, other, standing)

    assert [gap.issue for gap in here.gaps] == [gap.issue for gap in there.gaps]
    assert {gap.issue for gap in here.gaps} == {
        issue
        for issue in one.keys() & other.keys() & standing.keys()
        if None not in (one[issue], other[issue]) and standing[issue].placement
    }
    assert (here.value is None) == (there.value is None)


@given(targets, targets, standings)
def test_comparing_is_symmetric(one: dict, other: dict, standing: dict) -> None:
    here, there = fits_on_both(one, other, standing)
    back, forth = fits_on_both(other, one, standing)

    assert (here.value, there.value) == (pytest.approx(forth.value), pytest.approx(back.value))
