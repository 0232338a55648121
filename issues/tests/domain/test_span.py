"""Days known to the month or the year, and the periods that they end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.span import Period, Precision, Span, days_in_words, span

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
precisions = st.sampled_from(list(Precision))
ends = st.none() | st.builds(span, days, precisions)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", date(2024, 2, 9), date(2024, 2, 9)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_day_stands_for_every_day_that_it_may_be(precision: str, first: date, last: date) -> None:
    assert span(date(2024, 2, 9), precision) == Span(first, last)


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        (date(2024, 5, 10), None, "day", "10 May 2024"),
        (date(2024, 5, 10), date(2024, 5, 10), "day", "10 May 2024"),
        (date(2024, 5, 10), date(2024, 5, 9), "day", "10 May 2024"),
        (date(2024, 5, 10), date(2024, 5, 11), "day", "10–11 May 2024"),
        (date(2024, 4, 30), date(2024, 5, 2), "day", "30 April – 2 May 2024"),
        (date(2023, 12, 30), date(2024, 1, 2), "day", "30 December 2023 – 2 January 2024"),
        (date(2024, 5, 1), date(2024, 5, 31), "month", "May 2024"),
        (date(2024, 4, 1), date(2024, 5, 1), "month", "April – May 2024"),
        (date(2023, 1, 1), date(2024, 1, 1), "year", "2023–2024"),
    ],
)
def test_days_in_words_say_no_month_or_year_twice(
    first: date, last: date | None, precision: str, words: str
) -> None:
    assert days_in_words(first, last, precision) == words


def test_spans_overlap_where_they_share_a_day() -> None:
    july = span(date(2023, 7, 1), "month")

    assert july.overlaps(span(date(2023, 7, 31)))
    assert not july.overlaps(span(date(2023, 8, 1)))
    assert july.overlaps(span(date(2023, 1, 1), "year"))


def test_a_period_holds_until_its_last_possible_day_and_not_after() -> None:
    until_2022 = Period(span(date(2020, 3, 1), "month"), span(date(2022, 1, 1), "year"))

    held = {day: until_2022.may_hold_on(day) for day in (date(2020, 2, 29), date(2020, 3, 1))}
    assert held == {date(2020, 2, 29): False, date(2020, 3, 1): True}
    assert until_2022.may_hold_on(date(2022, 12, 31))
    assert not until_2022.may_hold_on(date(2023, 1, 1))


@given(ends, ends, ends, ends)
def test_periods_that_surely_meet_do_so_in_either_order(a: Span, b: Span, c: Span, d: Span) -> None:
    one, other = Period(a, b), Period(c, d)

    assert one.surely_meets(other) == other.surely_meets(one)


@given(days, precisions, days)
def test_a_wider_date_never_makes_two_periods_meet(day: date, precision: Precision, other: date) -> None:
    """A term that begins on a day, and one that ended on another: knowing less asserts no overlap."""
    begun, ended = Period(span(day), None), Period(None, span(other))
    vaguer = Period(span(day, precision), None)

    assert begun.surely_meets(ended) or not vaguer.surely_meets(ended)
