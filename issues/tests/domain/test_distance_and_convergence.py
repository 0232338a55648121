"""Distance between parties on an issue, and convergence of a process over its summits."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.fold import fold
from issues.domain.measures import Measure, convergence, convergence_series, distance, party_placements
from issues.domain.position import IssueTerms, as_of
from issues.domain.scale import IssueKind
from issues.tests.domain.story import (
    AZERBAIJAN,
    BORDER,
    BRUSSELS,
    ISSUES,
    PARTIES,
    RUSSIA,
    STATUS,
    day,
    is_silent,
    says,
    summit,
    told,
    withdraws,
)
from issues.tests.domain.strategies import Negotiation, negotiations, points

placements = st.lists(points, min_size=2, max_size=6)


def _series(*entries, occasions=None, issues=ISSUES) -> list[Measure | None]:
    folded = told(*entries, occasions=occasions, issues=issues)
    return [step.measure for step in convergence_series(folded, issues, PARTIES)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([40, 70], Measure(30, 2)),
        ([70, 40], Measure(30, 2)),
        ([0, 50, 100], Measure(200 / 3, 3)),
        ([25, 25, 25], Measure(0, 3)),
        ([0, 0, 100, 100], Measure(400 / 6, 4)),
    ],
)
def test_distance_is_the_mean_over_pairs(values: list[float], expected: Measure) -> None:
    assert distance(values) == expected


@pytest.mark.parametrize("values", [[], [40]])
def test_under_two_placements_there_is_no_distance(values: list[float]) -> None:
    assert distance(values) is None


@given(placements, st.randoms(use_true_random=False))
def test_distance_is_symmetric(values: list[float], random: Random) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)

    assert distance(shuffled) == distance(values)


@given(placements)
def test_distance_lies_on_the_scale_and_is_zero_only_for_equals(values: list[float]) -> None:
    measured = distance(values)

    assert 0 <= measured.value <= 100
    assert (measured.value == 0) == (len(set(values)) == 1)
    assert measured.n == len(values)


@given(placements)
def test_distance_is_that_of_the_mirrored_scale(values: list[float]) -> None:
    assert distance([100 - value for value in values]) == distance(values)


def test_silent_and_unplaced_parties_never_count_as_zero() -> None:
    folded = told(says(1, 40), says(1, actor=AZERBAIJAN), is_silent(1, actor=RUSSIA))

    assert party_placements(folded.standing, STATUS, PARTIES) == [40]
    assert convergence(folded, ISSUES, PARTIES) is None


def test_only_parties_are_measured() -> None:
    folded = told(says(1, 40), says(1, 70, actor=AZERBAIJAN), says(1, 0, actor=BRUSSELS))

    assert convergence(folded, ISSUES, PARTIES) == Measure(30, 1)


def test_convergence_is_the_mean_over_issues_with_two_placed_parties() -> None:
    entries = [says(1, 40), says(1, 70, actor=AZERBAIJAN), says(1, 10, issue=BORDER)]
    assert convergence(told(*entries), ISSUES, PARTIES) == Measure(30, 1)

    entries.append(says(1, 20, issue=BORDER, actor=RUSSIA))
    assert convergence(told(*entries), ISSUES, PARTIES) == Measure(20, 2)


@pytest.mark.parametrize("kind", [IssueKind.STAGE, IssueKind.TEXT])
def test_convergence_counts_preference_issues_alone(kind: IssueKind) -> None:
    issues = {STATUS: IssueTerms(), BORDER: IssueTerms(kind)}
    entries = [says(1, 40), says(1, 70, actor=AZERBAIJAN)]
    stage = [says(1, 0, issue=BORDER), says(1, 100, issue=BORDER, actor=AZERBAIJAN)]

    assert convergence(told(*entries, *stage, issues=issues), issues, PARTIES) == Measure(30, 1)


def test_the_series_follows_what_stands_summit_by_summit() -> None:
    series = _series(
        says(1, 40), says(2, 100, actor=AZERBAIJAN), says(3), says(4, 60), withdraws(5, actor=AZERBAIJAN)
    )

    assert series == [None, Measure(60, 1), Measure(60, 1), Measure(40, 1), None]


def test_the_series_names_the_occasions_in_order() -> None:
    occasions = [summit(1, on=9), summit(2, on=3), summit(3, on=5)]

    series = convergence_series(told(occasions=occasions), ISSUES, PARTIES)

    assert [step.occasion for step in series] == [occasions[1], occasions[2], occasions[0]]
    assert [step.measure for step in series] == [None, None, None]


def test_the_series_counts_a_later_parallel_with_its_summit() -> None:
    occasions = [summit(1), summit(2), summit(3, parallel_to=1)]

    series = _series(says(1, 40), says(2, 50), says(3, 70, actor=AZERBAIJAN), occasions=occasions)

    assert series == [Measure(30, 1), Measure(30, 1), Measure(20, 1)]


def test_as_of_an_earlier_parallel_is_as_of_its_meeting() -> None:
    occasions = [summit(1, on=2, sequence=1, parallel_to=2), summit(2, on=2, sequence=2)]

    series = _series(says(1, 40), says(1, 70, actor=AZERBAIJAN), says(2, 60), occasions=occasions)

    assert series == [Measure(10, 1), Measure(10, 1)]


def test_the_series_leaves_out_an_issue_after_the_day_it_closes() -> None:
    issues = {STATUS: IssueTerms(closed_on=day(2))}

    series = _series(says(1, 40), says(2, 70, actor=AZERBAIJAN), says(3, issue=STATUS), issues=issues)

    assert series == [None, Measure(30, 1), None]


@given(negotiations())
def test_each_value_of_the_series_is_the_convergence_as_of_its_occasion(negotiation: Negotiation) -> None:
    issues, parties = negotiation.issues, negotiation.parties

    for step in convergence_series(negotiation.folded(), issues, parties):
        until = as_of(negotiation.occasions, step.occasion.id)
        then = fold(until, negotiation.entries, issues, parties, step.occasion.starts_on)
        assert step.measure == convergence(then, issues, parties)


@given(negotiations())
def test_the_last_value_of_the_series_is_the_convergence_of_the_whole(negotiation: Negotiation) -> None:
    issues, parties = negotiation.issues, negotiation.parties

    last = convergence_series(negotiation.folded(), issues, parties)[-1]

    assert last.occasion == negotiation.in_order()[-1]
    assert last.measure == convergence(negotiation.folded(on=last.occasion.starts_on), issues, parties)
