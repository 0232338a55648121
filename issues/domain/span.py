"""Days that are known to the day, the month or the year: each stands for all the days that it may be."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


# How much of a day in ISO 8601 is written.
_REDUCED: dict[str, int] = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that a date may be."""

    first: date
    last: date

    def overlaps(self, other: "Span") -> bool:
        """Whether both may be one day."""
        return self.first <= other.last and other.first <= self.last


def span(day: date, precision: str = Precision.DAY) -> Span:
    """The days that a date of this precision stands for."""
    if precision == Precision.YEAR:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    if precision == Precision.MONTH:
        return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Span(day, day)


def reduced(day: date, precision: str = Precision.DAY) -> str:
    """A day in ISO 8601, in the reduced form for what is known of it: 2023-07 for July 2023."""
    return day.isoformat()[: _REDUCED[precision]]


def day_in_words(day: date, precision: str = Precision.DAY) -> str:
    """A day as pages write it, as exactly as it is known: 15 July 2023, July 2023, 2023."""
    words = {Precision.YEAR: f"{day.year}", Precision.MONTH: f"{day:%B} {day.year}"}
    return words.get(Precision(precision), f"{day.day} {day:%B} {day.year}")


def days_in_words(first: date, last: date | None = None, precision: str = Precision.DAY) -> str:
    """The days of an occasion, no month or year twice: 1–4 May 2023, 30 April – 2 May 2023."""
    begins, ends = day_in_words(first, precision), day_in_words(last or first, precision)
    if begins == ends or last is None or last < first:
        return begins
    if first.year == last.year and precision != Precision.YEAR:
        begins = begins.removesuffix(f" {first.year}")
        if first.month == last.month and precision == Precision.DAY:
            return f"{first.day}–{ends}"
    return f"{begins}–{ends}" if begins.isdecimal() else f"{begins} – {ends}"


def moment_in_words(when: datetime, *, seconds: bool = False) -> str:
    """A time in its zone, with the name of that: 15 July 2023, 09:30 UTC."""
    return f"{day_in_words(when)}, {time_in_words(when, seconds=seconds)}"


def time_in_words(when: datetime, *, seconds: bool = False) -> str:
    """The time of day in its zone, with the name of that: 09:30 UTC."""
    return f"{when:%H:%M:%S} {when:%Z}" if seconds else f"{when:%H:%M} {when:%Z}"


@dataclass(frozen=True, slots=True)
class Period:
    """The time between two dates, each None (open) or the days that it may be; both ends count."""

    since: Span | None
    until: Span | None

    def may_hold_on(self, day: date) -> bool:
        """Whether the period may have been running on a day: begun, and not surely over."""
        return (self.since is None or self.since.first <= day) and (
            self.until is None or day <= self.until.last
        )

    def surely_meets(self, other: "Period") -> bool:
        """Whether two periods share a day wherever within their spans they begin and end.

        One without either end is the same as any other without: nothing tells them apart.
        """
        return _begins_by(self, other) and _begins_by(other, self)


def _begins_by(one: Period, other: Period) -> bool:
    """Whether the one surely begins before the other surely ends."""
    return one.since is None or other.until is None or one.since.last <= other.until.first
