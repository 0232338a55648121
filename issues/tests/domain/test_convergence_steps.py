"""Convergence compares like with like: what a step rests on, where the line breaks, what stays throughout."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.measures import Measure, Step, breaks, convergence_series, distance, held_throughout
from issues.tests.domain.story import (
    AZERBAIJAN,
    BORDER,
    ISSUES,
    PARTIES,
    STATUS,
    says,
    summit,
    told,
    withdraws,
)
from issues.tests.domain.strategies import Negotiation, negotiations, points

steps = st.lists(
    st.dictionaries(st.integers(1, 4), points).map(lambda distances: Step(summit(1), distances)), max_size=6
)


def over(*distances: Mapping[int, float]) -> list[Step]:
    return [Step(summit(number), found) for number, found in enumerate(distances, start=1)]


def test_each_step_says_on_which_issues_it_rests() -> None:
    folded = told(
        says(1, 0),
        says(1, 100, actor=AZERBAIJAN),
        says(2, 40, issue=BORDER),
        says(2, 40, issue=BORDER, actor=AZERBAIJAN),
    )

    first, second = convergence_series(folded, ISSUES, PARTIES)

    assert (first.distances, second.distances) == ({STATUS: 100}, {STATUS: 100, BORDER: 0})
    assert (first.measure, second.measure) == (Measure(100, 1), Measure(50, 2))


def test_a_new_issue_breaks_the_line_and_the_issues_held_throughout_show_that_nobody_moved() -> None:
    """The careless line would fall from 100 to 50 although no party moved a point."""
    found = over({STATUS: 100.0}, {STATUS: 100.0, BORDER: 0.0})

    assert breaks(found) == [False, True]
    assert held_throughout(found) == {STATUS}
    assert [step.over({STATUS}) for step in found] == [Measure(100, 1), Measure(100, 1)]


def test_another_set_of_the_same_size_and_the_same_mean_breaks_the_line_too() -> None:
    assert breaks(over({STATUS: 50.0}, {BORDER: 50.0}, {BORDER: 40.0})) == [False, True, False]


def test_an_issue_that_is_missing_on_the_way_leaves_a_gap_and_no_other_mean() -> None:
    found = over({STATUS: 50.0, BORDER: 10.0}, {STATUS: 50.0}, {STATUS: 50.0, BORDER: 10.0})

    assert held_throughout(found) == {STATUS, BORDER}
    assert [step.over(held_throughout(found)) for step in found] == [Measure(30, 2), None, Measure(30, 2)]


def test_where_nothing_is_placed_at_both_ends_there_is_no_second_figure() -> None:
    found = over({STATUS: 50.0}, {BORDER: 10.0})

    assert held_throughout(found) == set()
    assert [step.over(held_throughout(found)) for step in found] == [None, None]
    assert held_throughout([]) == set()


def test_a_withdrawal_at_the_end_takes_the_issue_out_of_both_ends() -> None:
    folded = told(says(1, 40), says(1, 70, actor=AZERBAIJAN), withdraws(2))

    assert held_throughout(convergence_series(folded, ISSUES, PARTIES)) == set()


@given(steps)
def test_the_line_is_whole_exactly_where_the_issues_stay(found: list[Step]) -> None:
    broken = breaks(found)

    assert len(broken) == len(found)
    for place in range(1, len(found)):
        assert broken[place] == (set(found[place].distances) != set(found[place - 1].distances))
    assert not any(broken[:1])


@given(steps.filter(bool))
def test_the_second_figure_rests_on_the_same_issues_at_every_step(found: list[Step]) -> None:
    core = held_throughout(found)
    figures = [step.over(core) for step in found]

    assert {figure.n for figure in figures if figure} <= {len(core)}
    assert bool(core) == (figures[0] is not None) == (figures[-1] is not None)


@given(steps.filter(bool))
def test_where_the_issues_never_change_both_figures_are_one(found: list[Step]) -> None:
    same = [step for step in found if step.issues == found[0].issues]

    assert [step.over(held_throughout(same)) for step in same] == [step.measure for step in same]


@given(negotiations())
def test_every_step_is_made_of_the_distances_of_its_issues(negotiation: Negotiation) -> None:
    for step in convergence_series(negotiation.folded(), negotiation.issues, negotiation.parties):
        assert (step.measure is None) == (not step.issues)
        if step.measure:
            mean = distance([0.0, step.measure.value])
            assert mean is not None
            assert min(step.distances.values()) - 1e-9 <= mean.value <= max(step.distances.values()) + 1e-9
