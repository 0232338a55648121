"""What is said of the red lines and an ending is what is known of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.scenario import Tally, breach_words

numbers = st.integers(0, 6)
tallies = st.builds(Tally, numbers, numbers, numbers, numbers)


@pytest.mark.parametrize(
    ("crossed", "undetermined", "not_settled", "kept", "words"),
    [
        (0, 0, 0, 0, "no red line stands"),
        (0, 5, 0, 2, "no line with limits is crossed; 5 lines have no limits"),
        (0, 1, 0, 1, "no line with limits is crossed; 1 line has no limits"),
        (0, 5, 0, 0, "no line with limits stands; 5 lines have no limits"),
        (0, 1, 0, 0, "no line with limits stands; 1 line has no limits"),
        (0, 0, 0, 3, "no line is crossed; all 3 have limits"),
        (0, 0, 0, 1, "the one line that stands is not crossed"),
        (1, 0, 0, 0, "the one line that stands is crossed"),
        (1, 0, 0, 2, "1 of 3 lines is crossed; all 3 have limits"),
        (2, 0, 0, 0, "2 of 2 lines are crossed; all 2 have limits"),
        (1, 1, 0, 0, "the one line with limits is crossed; 1 line has no limits"),
        (2, 3, 0, 1, "2 of 3 lines with limits are crossed; 3 lines have no limits"),
        (0, 0, 1, 0, "no line stands on an issue that it settles; 1 line is on an issue that it leaves open"),
        (0, 0, 4, 0, "no line stands on an issue that it settles; 4 lines are on issues that it leaves open"),
        (
            *(0, 5, 2, 1),
            "on the issues that it settles, no line with limits is crossed; 5 lines have no limits; "
            "2 lines are on issues that it leaves open",
        ),
        (
            *(1, 0, 1, 1),
            "on the issues that it settles, 1 of 2 lines is crossed; all 2 have limits; "
            "1 line is on an issue that it leaves open",
        ),
    ],
)
def test_the_clause_of_a_tally(
    crossed: int, undetermined: int, not_settled: int, kept: int, words: str
) -> None:
    assert breach_words(Tally(crossed, undetermined, not_settled, kept)) == words


@given(tallies)
def test_the_clause_claims_of_lines_without_limits_only_that_they_have_none(tally: Tally) -> None:
    words = breach_words(tally)

    if tally.undetermined:
        assert re.search(rf"\b{tally.undetermined} lines? ha(s|ve) no limits", words)
        assert "all" not in words
        # What is said to be crossed, or not, is said of lines with limits alone.
        assert all("with limits" in part for part in words.split("; ") if "crossed" in part)
    else:
        assert "no limits" not in words


@given(tallies)
def test_the_clause_claims_nothing_of_issues_that_the_ending_leaves_open(tally: Tally) -> None:
    words = breach_words(tally)

    assert ("leave" in words) == bool(tally.not_settled)
    if tally.not_settled and tally.total > tally.not_settled:
        assert words.startswith("on the issues that it settles, ")


@given(tallies)
def test_one_is_never_many(tally: Tally) -> None:
    words = breach_words(tally)

    assert not re.search(r"\b1 lines|\b1 of 1\b|\b(?!1\b)\d+ line\b", words)
    assert not re.search(r"lines (is|has)\b(?! crossed)", words)
