"""Which backups of a folder are kept: the newest of each of the last hours, days and weeks that have one."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

# In UTC, so that no hour comes twice.
FORM = "redlines-%Y%m%dT%H%M%SZ.zip"


class Kept(NamedTuple):
    """How many of the last hours, days and weeks keep a backup; what is nought keeps none by itself."""

    hourly: int = 0
    daily: int = 0
    weekly: int = 0


_SPANS: tuple[Callable[[datetime], object], ...] = (
    lambda time: (time.date(), time.hour),
    lambda time: time.date(),
    lambda time: time.isocalendar()[:2],
)


def name_of(time: datetime) -> str:
    """What a backup in a folder is called."""
    return time.astimezone(UTC).strftime(FORM)


def to_remove(folder: Path, kept: Kept) -> list[Path]:
    """The backups of a folder that nothing keeps, oldest first. A file of another name is none."""
    times = {time: path for path in folder.iterdir() if (time := _time_of(path)) is not None}
    return [times[time] for time in sorted(set(times) - stay(times, kept))]


def stay(times: Iterable[datetime], kept: Kept) -> set[datetime]:
    """Those that are kept: the newest always, and the newest of each of so many hours, days and weeks."""
    newest_first = sorted(times, reverse=True)
    found = set(newest_first[:1])
    for span, count in zip(_SPANS, kept, strict=True):
        newest_of: dict[object, datetime] = {}
        for time in newest_first:
            newest_of.setdefault(span(time), time)
        found |= set(list(newest_of.values())[:count])
    return found


def _time_of(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name, FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
