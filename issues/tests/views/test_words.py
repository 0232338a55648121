"""How figures, dates and changes are written."""

from datetime import date

import pytest

from issues.domain.redline import RedLine
from issues.templatetags import redlines as words


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, ""), (0.0, "0"), (25.0, "25"), (62.5, "62.5"), (100 / 3, "33.33"), (100.0, "100")],
)
def test_points_have_no_idle_zeros(value: float | None, written: str) -> None:
    assert words.points(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (25.0, "+25"), (-12.5, "−12.5"), (0.0, "0"), (-0.0, "0")]
)
def test_differences_have_a_sign_that_is_a_minus(value: float | None, written: str) -> None:
    assert words.signed(value) == written


@pytest.mark.parametrize(
    ("value", "number"), [(0.0, 0), (14.2, 0), (14.3, 1), (50.0, 3), (99.9, 6), (100.0, 6)]
)
def test_the_scale_has_seven_bands(value: float, number: int) -> None:
    assert words.band(value) == number


@pytest.mark.parametrize(
    ("precision", "written"),
    [("day", "15 July 2023"), ("month", "July 2023"), ("year", "2023"), ("century", "15 July 2023")],
)
def test_a_date_is_as_exact_as_it_is_known(precision: str, written: str) -> None:
    assert words.known_date(date(2023, 7, 15), precision) == written


def test_no_date_is_undated() -> None:
    assert words.known_date(None) == "undated"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (None, ""),
        (RedLine(True, None, None), "limits not stated"),
        (RedLine(True, 25.0, None), "refuses anything below 25"),
        (RedLine(True, None, 25.0), "refuses anything above 25"),
        (RedLine(True, 25.0, 62.5), "refuses anything below 25 or above 62.5"),
        (RedLine(True, 0.0, 0.0), "refuses anything below 0 or above 0"),
    ],
)
def test_limits_are_told_in_words(line: RedLine | None, written: str) -> None:
    assert words.limits(line) == written


def test_aliases_are_lines_without_blanks() -> None:
    assert words.register.filters["aliases"](" a \n\n b") == ["a", "b"]


def test_charts_lie_two_a_row() -> None:
    assert [words.chart_top(number, 190) for number in (1, 2, 3)] == [0, 0, 190]
    assert [words.chart_rows(count, 190) for count in (1, 2, 3)] == [190, 190, 380]
