"""Coverage of a meeting: watched participants × scaled issues open on that day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.coverage import coverage
from issues.domain.position import IssueTerms
from issues.domain.scale import IssueKind
from issues.tests.domain.story import ARMENIA, AZERBAIJAN, BORDER, BRUSSELS, ISSUES, STATUS, day

WATCHED = (ARMENIA, AZERBAIJAN)
CELLS = {(ARMENIA, STATUS), (ARMENIA, BORDER), (AZERBAIJAN, STATUS), (AZERBAIJAN, BORDER)}

cells = st.frozensets(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=8)


def test_every_watched_participant_is_expected_on_every_issue() -> None:
    covered = coverage(WATCHED, ISSUES, day(1), [])

    assert covered.expected == CELLS
    assert covered.logged == set()
    assert covered.missing == CELLS


def test_logged_cells_are_no_longer_missing() -> None:
    covered = coverage(WATCHED, ISSUES, day(1), [(ARMENIA, STATUS), (AZERBAIJAN, BORDER)])

    assert covered.logged == {(ARMENIA, STATUS), (AZERBAIJAN, BORDER)}
    assert covered.missing == {(ARMENIA, BORDER), (AZERBAIJAN, STATUS)}


def test_a_cell_that_is_logged_twice_counts_once() -> None:
    assert len(coverage(WATCHED, ISSUES, day(1), [(ARMENIA, STATUS)] * 2).logged) == 1


def test_what_nobody_expected_does_not_count() -> None:
    covered = coverage(WATCHED, ISSUES, day(1), [(BRUSSELS, STATUS), (ARMENIA, 99)])

    assert covered.logged == set()
    assert covered.expected == CELLS


@pytest.mark.parametrize(
    ("kind", "expected"), [(IssueKind.PREFERENCE, 2), (IssueKind.STAGE, 2), (IssueKind.TEXT, 0)]
)
def test_issues_without_a_scale_are_not_expected(kind: IssueKind, expected: int) -> None:
    assert len(coverage(WATCHED, {STATUS: IssueTerms(kind)}, day(1), []).expected) == expected


@pytest.mark.parametrize(("asked", "is_open"), [(4, False), (5, True), (7, True), (10, True), (11, False)])
def test_issues_are_expected_from_the_day_they_open_to_the_day_they_close(asked: int, is_open: bool) -> None:
    terms = IssueTerms(opened_on=day(5), closed_on=day(10))

    assert terms.is_open(day(asked)) is is_open
    assert len(coverage(WATCHED, {STATUS: terms}, day(asked), []).expected) == (2 if is_open else 0)


@pytest.mark.parametrize("terms", [IssueTerms(), IssueTerms(opened_on=day(1)), IssueTerms(closed_on=day(31))])
def test_an_issue_without_a_day_of_opening_or_closing_is_open_on_that_side(terms: IssueTerms) -> None:
    assert terms.is_open(day(15))


@given(st.frozensets(st.integers(1, 4)), cells)
def test_logged_and_missing_part_the_expected(watched: frozenset[int], logged: frozenset) -> None:
    covered = coverage(watched, ISSUES, day(1), logged)

    assert covered.logged | covered.missing == covered.expected
    assert not covered.logged & covered.missing
    assert covered.logged <= logged
    assert len(covered.expected) == len(watched) * len(ISSUES)
