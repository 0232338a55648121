"""Days as files write them, with the precision with which they are known. A day is never invented."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from issues.domain.span import Precision
from issues.importing.mapping.values import ValueProblem

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
EXCEL_1900, EXCEL_1904, EPOCH_DAYS = "excel-1900", "excel-1904", "epoch-days"
DATE_FORMS = {
    DAY_FIRST: "31/12/2002: the day first",
    MONTH_FIRST: "12/31/2002: the month first",
    EXCEL_1900: "a number of days of a spreadsheet, since 1900",
    EXCEL_1904: "a number of days of a spreadsheet, since 1904",
    EPOCH_DAYS: "a number of days since 1 January 1970",
}
_SERIALS = {
    EXCEL_1900: date(1899, 12, 30),
    EXCEL_1904: date(1904, 1, 1),
    EPOCH_DAYS: date(1970, 1, 1),
}
# The 29 February 1900 that never was is number 60 of the first epoch; before it numbers lie one lower.
_NEVER = 60
# Numbers of days that are likelier to be years; a day is never invented.
YEARS = range(1800, 2201)

# fmt: off
_MONTHS = ("january", "february", "march", "april", "may", "june",
           "july", "august", "september", "october", "november", "december")
# fmt: on
_NAMES = {name: number for number, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
YEAR = r"(?P<year>[12]\d{3})"
FROM_YEAR = re.compile(
    rf"{YEAR}(?:[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?)?(?:[t ]\d{{1,2}}:\d{{2}}.*)?", re.ASCII
)
COMPACT = re.compile(rf"{YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})", re.ASCII)
TO_YEAR = re.compile(
    rf"(?P<one>\d{{1,2}})[-/.]\s?(?P<two>\d{{1,2}})[-/.]\s?{YEAR}(?: \d{{1,2}}:.*)?", re.ASCII
)
MONTH_YEAR = re.compile(rf"(?P<month>\d{{1,2}})[-/.]{YEAR}", re.ASCII)
WORDS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[ -])?(?P<name>[a-z]+)\.?,?[ -]{YEAR}", re.ASCII
)
WORDS_US = re.compile(rf"(?P<name>[a-z]+)\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}", re.ASCII)
SERIAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
SHORT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dated:
    """The first day of what is known of a date, and whether the day, the month or the year is known."""

    day: date
    precision: str = Precision.DAY


def read_date(text: str, form: str = "") -> Dated:
    """The date that a text writes in a form, of which ISO 8601 and names of months need none.

    Raises ValueProblem, which asks for the form where the file leaves it open.
    """
    plain = " ".join(text.split()).casefold()
    if form in _SERIALS:
        return _serial(plain, form)
    if match := FROM_YEAR.fullmatch(plain) or COMPACT.fullmatch(plain):
        return _known(int(match["year"]), _number(match["month"]), _number(match["day"]))
    if match := TO_YEAR.fullmatch(plain):
        return _ordered(int(match["one"]), int(match["two"]), int(match["year"]), form)
    if match := MONTH_YEAR.fullmatch(plain):
        return _known(int(match["year"]), int(match["month"]), 0)
    match = WORDS.fullmatch(plain) or WORDS_US.fullmatch(plain)
    if match and match["name"] in _NAMES:
        return _known(int(match["year"]), _NAMES[match["name"]], _number(match["day"]))
    if SERIAL.fullmatch(plain) and len(plain.partition(".")[0]) in (4, 5, 6):
        raise ValueProblem("may be a number of days: say since when they are counted", ask="dates")
    if SHORT_YEAR.fullmatch(plain):
        raise ValueProblem("leaves the century open; write the year with four digits")
    raise ValueProblem("is no date: write 2002-12-31, 2002-12 or 2002")


def guess_form(texts: Iterable[str]) -> str:
    """Whether days come first or months, where a text tells it and none the contrary; else empty."""
    found = set()
    for text in texts:
        match = TO_YEAR.fullmatch(" ".join(text.split()).casefold())
        if match and int(match["one"]) > 12 >= int(match["two"]):
            found.add(DAY_FIRST)
        if match and int(match["two"]) > 12 >= int(match["one"]):
            found.add(MONTH_FIRST)
    return found.pop() if len(found) == 1 else ""


def _number(text: str | None) -> int:
    return int(text) if text else 0


def _known(year: int, month: int, day: int) -> Dated:
    """A date of which month and day may be 0: not known."""
    try:
        if not month:
            if day:
                raise ValueProblem("has a day without a month")
            return Dated(date(year, 1, 1), Precision.YEAR)
        if not day:
            return Dated(date(year, month, 1), Precision.MONTH)
        return Dated(date(year, month, day))
    except ValueError as error:
        raise ValueProblem("is no day of the calendar") from error


def _ordered(one: int, two: int, year: int, form: str) -> Dated:
    """A date with its year last: which of the others is the day tells the form, or a number above 12."""
    if not form and one != two and one <= 12 and two <= 12:
        raise ValueProblem("may be two days: say whether the day or the month comes first", ask="dates")
    day_first = form == DAY_FIRST or (not form and two <= 12)
    return _known(year, *((two, one) if day_first else (one, two)))


def _serial(plain: str, form: str) -> Dated:
    if not SERIAL.fullmatch(plain):
        if FROM_YEAR.fullmatch(plain) and "-" in plain:  # a cell that is formatted as a day
            return read_date(plain)
        raise ValueProblem("is no number of days")
    number = int(plain.partition(".")[0])
    if form in (EXCEL_1900, EXCEL_1904) and number in YEARS:
        raise ValueProblem("may be a year or a number of days; write the day")
    if form == EXCEL_1900:
        if number == _NEVER or number < 1:
            raise ValueProblem("is no day of the calendar")
        number += number < _NEVER
    try:
        return Dated(_SERIALS[form] + timedelta(days=number))
    except OverflowError as error:
        raise ValueProblem("is no day of the calendar") from error
