"""Days as files write them: by the form that was declared, with their precision, never invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.importing.mapping.dates import DATE_FORMS, Dated, guess_form, read_date
from issues.importing.mapping.values import ValueProblem

DAY = date(2002, 12, 3)


@pytest.mark.parametrize(
    ("text", "form", "day", "precision"),
    [
        ("2002-12-03", "", DAY, "day"),
        ("2002/12/3", "", DAY, "day"),
        ("2002.12.03", "", DAY, "day"),
        ("20021203", "", DAY, "day"),
        ("2002-12-03T14:00:00Z", "", DAY, "day"),
        ("2002-12-03 00:00:00", "", DAY, "day"),
        ("2002", "", date(2002, 1, 1), "year"),
        ("1983-02", "", date(1983, 2, 1), "month"),
        ("02/1983", "", date(1983, 2, 1), "month"),
        ("1983-02-00", "", date(1983, 2, 1), "month"),
        ("1983-00-00", "", date(1983, 1, 1), "year"),
        ("3 December 2002", "", DAY, "day"),
        ("3rd Dec. 2002", "", DAY, "day"),
        ("3-Dec-2002", "", DAY, "day"),
        ("December 3, 2002", "", DAY, "day"),
        ("Sept 2002", "", date(2002, 9, 1), "month"),
        ("3/12/2002", "day-first", DAY, "day"),
        ("3.12.2002", "day-first", DAY, "day"),
        ("12/3/2002", "month-first", DAY, "day"),
        ("31/12/2002", "", date(2002, 12, 31), "day"),
        ("12/31/2002", "", date(2002, 12, 31), "day"),
        ("05/05/2002", "", date(2002, 5, 5), "day"),
        ("37593", "excel-1900", DAY, "day"),
        ("37593.75", "excel-1900", DAY, "day"),
        ("1", "excel-1900", date(1900, 1, 1), "day"),
        ("59", "excel-1900", date(1900, 2, 28), "day"),
        ("61", "excel-1900", date(1900, 3, 1), "day"),
        ("36131", "excel-1904", DAY, "day"),
        ("0", "excel-1904", date(1904, 1, 1), "day"),
        ("12024", "epoch-days", DAY, "day"),
        ("-1", "epoch-days", date(1969, 12, 31), "day"),
        ("2002-12-03", "excel-1900", DAY, "day"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(text: str, form: str, day: date, precision: str) -> None:
    assert read_date(text, form) == Dated(day, precision)


@pytest.mark.parametrize("text", ["3/12/2002", "03.12.2002", "3-12-2002", "37593", "12024"])
def test_what_the_file_leaves_open_is_asked(text: str) -> None:
    with pytest.raises(ValueProblem) as asked:
        read_date(text)

    assert asked.value.ask == "dates"


@pytest.mark.parametrize(
    ("text", "form", "message"),
    [
        ("31/12/2002", "month-first", "no day of the calendar"),
        ("2001-02-29", "", "no day of the calendar"),
        ("2002-00-03", "", "a day without a month"),
        ("60", "excel-1900", "no day of the calendar"),
        ("0", "excel-1900", "no day of the calendar"),
        ("99999999999", "epoch-days", "no day of the calendar"),
        ("3/12/02", "day-first", "leaves the century open"),
        ("3 Dec 02", "", "leaves the century open"),
        ("spring 2002", "", "is no date"),
        ("soon", "", "is no date"),
        ("soon", "excel-1900", "is no number of days"),
        ("12", "", "is no date"),
        ("2002", "excel-1900", "may be a year or a number of days"),
        ("1983", "excel-1904", "may be a year or a number of days"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, form: str, message: str) -> None:
    with pytest.raises(ValueProblem, match=message):
        read_date(text, form)


def test_the_order_is_guessed_only_where_a_date_tells_it_and_none_the_contrary() -> None:
    assert guess_form(["3/4/2002", "25/4/2002"]) == "day-first"
    assert guess_form(["3/4/2002", "4/25/2002"]) == "month-first"
    assert guess_form(["3/4/2002", "5/4/2002"]) == ""
    assert guess_form(["25/4/2002", "4/25/2002"]) == ""


@given(st.text(max_size=24), st.sampled_from(["", *DATE_FORMS]))
def test_any_text_is_a_date_or_is_refused(text: str, form: str) -> None:
    try:
        found = read_date(text, form)
    except ValueProblem:
        return
    assert found.precision in ("day", "month", "year")


@given(st.dates(date(1001, 1, 1), date(2999, 12, 31)))
def test_every_day_comes_back_in_every_form(day: date) -> None:
    assert read_date(day.isoformat()).day == day
    assert read_date(f"{day.day}/{day.month}/{day.year}", "day-first").day == day
    assert read_date(f"{day.month}/{day.day}/{day.year}", "month-first").day == day
    assert read_date(str((day - date(1970, 1, 1)).days), "epoch-days").day == day
