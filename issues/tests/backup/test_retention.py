"""Which backups of a folder are kept."""

from datetime import UTC, datetime, timedelta

from issues.backup.retention import Kept, name_of, stay

NOON = datetime(2026, 11, 30, 12, 30, tzinfo=UTC)  # a Monday


def ago(**span: float) -> datetime:
    return NOON - timedelta(**span)


def test_the_newest_of_each_hour_day_and_week_is_kept() -> None:
    hourly = [ago(hours=n, minutes=m) for n in range(24 * 30) for m in (0, 20)]
    found = stay(hourly, Kept(hourly=3, daily=3, weekly=3))
    assert found == {
        NOON,
        ago(hours=1),
        ago(hours=2),
        datetime(2026, 11, 29, 23, 30, tzinfo=UTC),  # also the last of its week
        datetime(2026, 11, 28, 23, 30, tzinfo=UTC),
        datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
    }


def test_what_was_not_made_takes_no_place() -> None:
    times = [NOON, ago(days=10), ago(days=40)]
    assert stay(times, Kept(daily=2)) == {NOON, ago(days=10)}


def test_the_newest_is_kept_whatever_is_asked() -> None:
    assert stay([NOON, ago(hours=1)], Kept()) == {NOON}
    assert stay([], Kept(daily=7)) == set()


def test_a_name_is_of_its_time_in_utc() -> None:
    assert name_of(NOON) == "redlines-20261130T123000Z.zip"
