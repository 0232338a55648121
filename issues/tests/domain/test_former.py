"""Former names among the spellings of a record, each with the last day on which it was the name."""

from datetime import date

import pytest

from issues.domain.former import Former, former, name_on, renamed, spelling
from issues.domain.span import Precision

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Turkey until 2022-06-02", Former("Turkey", date(2022, 6, 2), Precision.DAY)),
        ("Turkey until 2022-06", Former("Turkey", date(2022, 6, 1), Precision.MONTH)),
        (" Turkey  until 2022 ", Former("Turkey", date(2022, 1, 1), Precision.YEAR)),
        ("Турция until 2022", Former("Турция", date(2022, 1, 1), Precision.YEAR)),
        *((text, None) for text in ("Turkey", "until 2022", "Turkey until 2022-13", "Turkey until 22")),
        ("Turkey until soon", None),
        ("Turkey until 2022-02-30", None),
    ],
)
def test_a_line_may_say_until_when_it_was_the_name(line: str, found: Former | None) -> None:
    assert former(line) == found
    assert spelling(line) == (found.name if found else line.strip())


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2010, 1, 1), "Ottoman Empire"),
        (date(2010, 12, 31), "Ottoman Empire"),
        (date(2011, 1, 1), "Turkey"),
        (date(2022, 6, 30), "Turkey"),
        (date(2022, 7, 1), ""),
    ],
)
def test_the_name_of_a_day_is_the_one_that_ended_first_after_it(day: date, name: str) -> None:
    assert name_on(["TR", "Turkey until 2022-06", "Ottoman Empire until 2010"], day) == name


def test_what_is_renamed_keeps_its_old_name_with_the_day() -> None:
    assert renamed(["TR"], "Turkey", "Türkiye", TODAY, ["TR"]) == ["TR", "Turkey until 2026-11-30"]
    assert renamed(["Turkey", "TR"], "Turkey", "Türkiye", TODAY, []) == ["TR", "Turkey until 2026-11-30"]


def test_an_old_name_that_is_taken_back_is_a_former_one_no_more() -> None:
    before = ["TR", "Turkey until 2026-11-30"]

    assert renamed(before, "Türkiye", "Turkey", TODAY, before) == ["TR"]
    assert renamed(["Turkey"], "Türkiye", "Turkey", TODAY, before) == ["Turkey"]
