"""Zones: the name beside a time, and where a day begins and ends whatever clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from issues.domain.span import moment_in_words
from issues.domain.time_zone import NamedZone, begins, ends, zones, zones_by_area


@pytest.mark.parametrize(
    ("zone", "time", "told"),
    [
        ("UTC", "2026-07-01T14:05", "1 July 2026, 14:05 UTC"),
        ("Asia/Yerevan", "2026-07-01T14:05", "1 July 2026, 18:05 Asia/Yerevan"),
        ("America/Los_Angeles", "2026-07-01T05:05", "30 June 2026, 22:05 PDT"),
        ("America/Los_Angeles", "2026-12-01T05:05", "30 November 2026, 21:05 PST"),
        ("America/Sao_Paulo", "2026-07-01T14:05", "1 July 2026, 11:05 America/Sao_Paulo"),
        ("Pacific/Kiritimati", "2026-12-31T14:05", "1 January 2027, 04:05 Pacific/Kiritimati"),
    ],
)
def test_a_time_is_told_with_a_name_and_never_a_number(zone: str, time: str, told: str) -> None:
    when = datetime.fromisoformat(time).replace(tzinfo=UTC)

    assert moment_in_words(when.astimezone(NamedZone(zone))) == told


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    told = [
        moment_in_words((first + timedelta(hours=later)).astimezone(NamedZone("Europe/Paris")))
        for later in (0, 1)
    ]

    assert told == ["25 October 2026, 02:30 CEST", "25 October 2026, 02:30 CET"]


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        ("UTC", "2026-11-30", "2026-11-30T00:00:00", "2026-11-30T23:59:59.999999"),
        ("Asia/Yerevan", "2026-11-30", "2026-11-29T20:00:00", "2026-11-30T19:59:59.999999"),
        ("America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00", "2026-03-09T06:59:59.999999"),
        ("America/Los_Angeles", "2026-11-01", "2026-11-01T07:00:00", "2026-11-02T07:59:59.999999"),
        # Clocks went back at midnight, so that the last hour of the day came twice.
        ("Asia/Beirut", "2022-10-29", "2022-10-28T21:00:00", "2022-10-29T21:59:59.999999"),
        # They went forward at midnight, so that the day began at one.
        ("Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00", "2022-03-27T20:59:59.999999"),
    ],
)
def test_a_day_has_all_its_hours(zone: str, day: str, first: str, last: str) -> None:
    of = date.fromisoformat(day)

    assert begins(of, NamedZone(zone)).astimezone(UTC) == datetime.fromisoformat(f"{first}+00:00")
    assert ends(of, NamedZone(zone)).astimezone(UTC) == datetime.fromisoformat(f"{last}+00:00")


def test_zones_are_offered_by_area_and_each_is_one() -> None:
    offered = zones_by_area()

    assert "Asia/Yerevan" in offered["Asia"]
    assert {name for names in offered.values() for name in names} <= zones()
    assert "localtime" not in zones()
    assert "Mars/Base" not in zones()
